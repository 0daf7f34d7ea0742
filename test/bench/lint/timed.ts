/** Programs timed in turns. */

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Timed {
  /** Milliseconds from its start to its end. */
  wall: number;
  /** CPU milliseconds of it and of its children. */
  cpu: number;
  /** What it wrote to standard output. */
  output: string;
}

/** @param codes exit codes that are no failure; throws with what it wrote for others */
export async function timed(
  argv: readonly string[],
  cwd: string,
  codes: readonly number[] = [0],
): Promise<Timed> {
  const [program = "", ...args] = argv;
  const before = childrenCpu();
  const started = performance.now();
  const child = spawn(program, args, {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    errors += text;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  const wall = performance.now() - started;
  if (code === null || !codes.includes(code))
    throw new Error(`${program} ended with ${code}: ${errors || output}`);
  return { wall, cpu: childrenCpu() - before, output };
}

/** CPU time of this process' children that have ended, ms. */
function childrenCpu(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * 10;
}
