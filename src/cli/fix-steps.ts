/** The steps of `doctor --fix` and `--undo`: shown as they would be typed, and run. */

import { spawnSync } from "node:child_process";
import * as path from "node:path";
import type { Step } from "../energy/meters/permission-fix.ts";
import { findProgram } from "../energy/meters/program-stream.node.ts";
import { printable } from "./printable.ts";

export interface StepSurroundings {
  /** Folder that /etc lies in. */
  root: string;
  isRoot: boolean;
}

/** Where programs of the administrator are; sudo looks there, too. */
const ADMIN_FOLDERS = ["/usr/local/sbin", "/usr/sbin", "/sbin"];

/** Programs that the steps call and this system does not have: nothing is begun that cannot be ended. */
export function missingPrograms(steps: readonly Step[], { isRoot }: StepSurroundings): string[] {
  const called = new Set([...(isRoot ? [] : ["sudo"]), ...steps.map(({ argv }) => argv[0] ?? "")]);
  return [...called].filter((program) => !findProgram(program, process.env, ADMIN_FOLDERS));
}

function commandOf(step: Step, { isRoot, root }: StepSurroundings): string[] {
  // Files below the root that is worked on; what lies elsewhere (sysfs) is named in full already.
  const located = step.argv.map((argument) =>
    argument.startsWith("/etc/") ? path.join(root, argument) : argument,
  );
  return isRoot ? located : ["sudo", ...located];
}

/** A line for each that can be typed as it stands. */
export function describeSteps(steps: readonly Step[], around: StepSurroundings): string[] {
  return steps.map((step) => {
    const command = commandOf(step, around).join(" ");
    return `  ${printable(step.input ? `echo ${quoted(step.input.trim())} | ${command}` : command)}`;
  });
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export function runStep(step: Step, around: StepSurroundings): boolean {
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
