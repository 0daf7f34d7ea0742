/** `fairwatt doctor --fix` and `--undo`: shows what would be changed and for whom, asks, does it with sudo, keeps a record. */

import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline/promises";
import * as z from "zod/mini";
import { defaultRoots, discoverMeters } from "../energy/meters/index.node.ts";
import type { Roots } from "../energy/meters/meter.ts";
import { type Change, planFix, type Step, undoSteps } from "../energy/meters/permission-fix.ts";
import { RAPL_GROUP } from "../energy/meters/powercap-reasons.ts";
import { powercapFolder, readZones } from "../energy/meters/powercap-zones.node.ts";
import { printable } from "./printable.ts";
import { bold, print } from "./table.ts";

const NOT_DONE = 1;

export interface FixSurroundings {
  roots: Roots;
  /** Folder that /etc lies in. */
  root: string;
  user: string;
  isRoot: boolean;
  /** Where the record of what was changed is kept. */
  record: string;
  /** Asks for consent; undefined where nobody can be asked. */
  ask?: (question: string) => Promise<boolean>;
}

export async function doctorFix(around: FixSurroundings = surroundings()): Promise<number> {
  const { accepted, rejected } = discoverMeters(around.roots);
  for (const meter of accepted) meter.close?.();
  const wanted = rejected.flatMap(({ fix }) => (fix ? [fix] : []));
  if (wanted.length === 0) {
    await print([
      "No meter of this machine is closed in a way that --fix could open (fairwatt doctor tells the reasons).",
    ]);
    return 0;
  }
  for (const id of wanted) {
    const plan = planFix(id, present(around));
    if ("obstacle" in plan) {
      process.stderr.write(`fairwatt: ${printable(plan.obstacle)}\n`);
      return NOT_DONE;
    }
    await print([plan.effect, "", ...describe(plan.steps, around), ""]);
    if (!(await agreed(around))) return NOT_DONE;
    for (const step of plan.steps) {
      if (!runStep(step, around)) return NOT_DONE;
      if (step.change) writeRecord(around.record, [...readRecord(around.record), step.change]);
    }
    await print([bold(plan.afterwards), "To take it back: fairwatt doctor --undo"]);
  }
  return 0;
}

export async function doctorUndo(around: FixSurroundings = surroundings()): Promise<number> {
  const changes = readRecord(around.record);
  if (changes.length === 0) {
    await print([`Nothing to undo: ${around.record} names nothing that --fix changed.`]);
    return 0;
  }
  const folder = powercapFolder(around.roots);
  const counters = (readZones(around.roots)?.zones ?? []).map((zone) => path.join(zone.folder, "energy_uj"));
  const steps = undoSteps(changes, counters);
  await print([
    `Takes back what --fix changed (counters below ${folder} go back to root).`,
    "",
    ...describe(steps, around),
    "",
  ]);
  if (!(await agreed(around))) return NOT_DONE;
  // What is gone by now (a group that was deleted by hand) must not keep the rest from being taken back.
  const failed = steps.filter((step) => !runStep(step, around));
  if (failed.length > 0) return NOT_DONE;
  fs.rmSync(around.record, { force: true });
  await print(["It is as it was before."]);
  return 0;
}

function surroundings(): FixSurroundings {
  const state = process.env.XDG_STATE_HOME || path.join(os.homedir(), ".local", "state");
  const { username, uid } = os.userInfo();
  return {
    roots: defaultRoots(process.env),
    root: "/",
    // As root by sudo, the one who called it is meant.
    user: process.env.SUDO_USER || username,
    isRoot: uid === 0,
    record: path.join(state, "fairwatt", "fixes.json"),
    ask: process.stdin.isTTY && process.stderr.isTTY ? askInTerminal : undefined,
  };
}

async function askInTerminal(question: string): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await terminal.question(question)).trim());
  } finally {
    terminal.close();
  }
}

async function agreed({ ask }: FixSurroundings): Promise<boolean> {
  if (!ask) {
    process.stderr.write(
      "fairwatt: nothing was changed: call it in a terminal to agree, or run the steps yourself\n",
    );
    return false;
  }
  if (await ask("Do this? [y/N] ")) return true;
  process.stderr.write("fairwatt: nothing was changed\n");
  return false;
}

function present({ root, user }: FixSurroundings): Parameters<typeof planFix>[1] {
  const read = (file: string) => {
    try {
      return fs.readFileSync(path.join(root, file), "utf8");
    } catch {
      return undefined;
    }
  };
  const line = (read("/etc/group") ?? "").split("\n").find((entry) => entry.startsWith(`${RAPL_GROUP}:`));
  const members = line?.split(":")[3]?.split(",") ?? [];
  return { user, groupExists: line !== undefined, isMember: members.includes(user), fileText: read };
}

/** Files below the root that is worked on; what lies elsewhere (sysfs) is named in full already. */
function located(argument: string, { root }: FixSurroundings): string {
  return argument.startsWith("/etc/") ? path.join(root, argument) : argument;
}

function commandOf(step: Step, around: FixSurroundings): string[] {
  return [...(around.isRoot ? [] : ["sudo"]), ...step.argv.map((argument) => located(argument, around))];
}

function describe(steps: readonly Step[], around: FixSurroundings): string[] {
  return steps.map((step) => {
    const command = commandOf(step, around).join(" ");
    return `  ${printable(step.input ? `echo '${step.input.trim()}' | ${command}` : command)}`;
  });
}

function runStep(step: Step, around: FixSurroundings): boolean {
  const [program = "", ...args] = commandOf(step, around);
  // The terminal is sudo's, for the password; what tee repeats of its input is not worth showing.
  const stdio = [
    step.input === undefined ? "inherit" : "pipe",
    step.input === undefined ? "inherit" : "ignore",
    "inherit",
  ] as const;
  const { status, error } = spawnSync(program, args, { input: step.input, stdio: [...stdio] });
  if (status === 0) return true;
  const why = error ? error.message : `exit code ${status}`;
  process.stderr.write(`fairwatt: ${printable([program, ...args].join(" "))} failed (${printable(why)})\n`);
  return false;
}

const name = z.string().check(z.regex(/^[a-z_][\w.-]*\$?$/i));
const change = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("group-created"), group: z.literal(RAPL_GROUP) }),
  z.object({ kind: z.literal("member-added"), group: z.literal(RAPL_GROUP), user: name }),
  z.object({ kind: z.literal("file-written"), file: z.string().check(z.startsWith("/etc/")) }),
  z.object({ kind: z.literal("module-loaded"), module: z.string().check(z.regex(/^\w+$/)) }),
]);
const record = z.object({ v: z.literal(1), changes: z.array(change) });

/** Empty where there is none. What is not a record that --fix writes is not acted upon. */
function readRecord(file: string): Change[] {
  try {
    return record.parse(JSON.parse(fs.readFileSync(file, "utf8"))).changes;
  } catch {
    return [];
  }
}

function writeRecord(file: string, changes: readonly Change[]): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify({ v: 1, changes }, null, 2)}\n`, { mode: 0o600 });
}
