/** `fairwatt doctor --fix` and `--undo`: shows what would be changed and for whom, asks, does it with sudo, keeps a record. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { createInterface } from "node:readline/promises";
import { stateFolder } from "../config/home.node.ts";
import { hwmonChips } from "../energy/meters/hwmon-channels.node.ts";
import { defaultRoots, discoverMeters } from "../energy/meters/index.node.ts";
import type { Roots } from "../energy/meters/meter.ts";
import { type Counters, FIX_IDS, planFix, type Step, undoSteps } from "../energy/meters/permission-fix.ts";
import { RAPL_GROUP } from "../energy/meters/powercap-reasons.ts";
import { readZones } from "../energy/meters/powercap-zones.node.ts";
import { readRecord, writeRecord } from "./fix-record.ts";
import { describeSteps, missingPrograms, runStep, type StepSurroundings } from "./fix-steps.ts";
import { printable } from "./printable.ts";
import { bold, print } from "./table.ts";

const NOT_DONE = 1;

export interface FixSurroundings extends StepSurroundings {
  roots: Roots;
  /** Who shall read the meters; undefined where the system has no name for this process's user. */
  user: string | undefined;
  /** Where the record of what was changed is kept. */
  record: string;
  /** Asks for consent; undefined where nobody can be asked. */
  ask?: (question: string) => Promise<boolean>;
}

const say = (text: string) => process.stderr.write(`fairwatt: ${printable(text)}\n`);

export async function doctorFix(around: FixSurroundings = surroundings()): Promise<number> {
  const { accepted, rejected } = discoverMeters(around.roots);
  for (const meter of accepted) meter.close?.();
  const wanted = FIX_IDS.filter((id) => rejected.some(({ fix }) => fix === id));
  if (wanted.length === 0) {
    await print([
      "No meter of this machine is closed in a way that --fix could open (fairwatt doctor tells the reasons).",
    ]);
    return 0;
  }
  if (around.user === undefined) {
    say("this system has no name for the user that this runs as, so it cannot be made a member of a group");
    return NOT_DONE;
  }
  for (const id of wanted) {
    const plan = planFix(id, present(around.root, around.user));
    if ("obstacle" in plan) {
      say(plan.obstacle);
      return NOT_DONE;
    }
    await print([plan.effect, "", ...describeSteps(plan.steps, around), ""]);
    if (!isPossible(plan.steps, around) || !(await agreed(around))) return NOT_DONE;
    for (const step of plan.steps) {
      if (!runStep(step, around)) {
        if (readRecord(around.record).length > 0)
          say("what was done before it, takes back: fairwatt doctor --undo");
        return NOT_DONE;
      }
      if (step.change) writeRecord(around.record, [...readRecord(around.record), step.change]);
    }
    await print([bold(plan.afterwards), "To take it back: fairwatt doctor --undo"]);
  }
  return 0;
}

export async function doctorUndo(around: FixSurroundings = surroundings()): Promise<number> {
  const changes = readRecord(around.record);
  if (changes.length === 0) {
    const asRoot = around.isRoot ? "" : " What --fix did as root, takes back: sudo fairwatt doctor --undo";
    await print([`Nothing to undo: ${around.record} names nothing that --fix changed.${asRoot}`]);
    return 0;
  }
  const steps = undoSteps(changes, counters(around.roots));
  await print(["Takes back what --fix changed:", "", ...describeSteps(steps, around), ""]);
  if (!isPossible(steps, around) || !(await agreed(around))) return NOT_DONE;
  // What is gone by now (a group that was deleted by hand) must not keep the rest from being taken back.
  const failed = steps.filter((step) => !runStep(step, around));
  if (failed.length > 0) {
    say(
      `${failed.length} of ${steps.length} steps failed; where nothing is left of them, delete ${around.record}`,
    );
    return NOT_DONE;
  }
  fs.rmSync(around.record, { force: true });
  await print(["It is as it was before."]);
  return 0;
}

/** The files that the rules of --fix open. */
function counters(roots: Roots): Counters {
  return {
    powercap: (readZones(roots)?.zones ?? []).map(({ folder }) => path.join(folder, "energy_uj")),
    hwmon: hwmonChips(roots)
      .filter(({ name }) => name === "amd_energy")
      .flatMap(({ channels }) => channels.flatMap(({ files }) => files)),
  };
}

function isPossible(steps: readonly Step[], around: FixSurroundings): boolean {
  const missing = missingPrograms(steps, around);
  if (missing.length === 0) return true;
  say(
    `nothing was changed: this system has no ${missing.join(" and no ")}; ${
      missing.includes("sudo") && missing.length === 1
        ? "run these steps as root"
        : "its administrator has to give you read access to these counters in another way"
    }`,
  );
  return false;
}

function surroundings(): FixSurroundings {
  return {
    roots: defaultRoots(process.env),
    root: "/",
    // As root by sudo, the one who called it is meant.
    user: process.env.SUDO_USER || userName(),
    isRoot: process.getuid?.() === 0,
    record: path.join(stateFolder(), "fixes.json"),
    ask: process.stdin.isTTY && process.stderr.isTTY ? askInTerminal : undefined,
  };
}

/** A container may run as a number that its system does not know. */
function userName(): string | undefined {
  try {
    return os.userInfo().username;
  } catch {
    return undefined;
  }
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
    say("nothing was changed: call it in a terminal to agree, or run the steps yourself");
    return false;
  }
  if (await ask("Do this? [y/N] ")) return true;
  say("nothing was changed");
  return false;
}

function present(root: string, user: string): Parameters<typeof planFix>[1] {
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
