/** Traces through the peers' own readers, and how a result is written into the table. */

import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { NAMES, programOf, type Tool } from "../peer/pypi.ts";
import { median } from "../row.ts";

export interface Replayed {
  /** null: the peer gave no figure. */
  joules: number | null;
  /** How the peer's reader ended before the trace did. */
  stopped?: string | null;
}

/** Runs `script` of the peers' folder with one JSON line for each trace. */
export function replay(root: string, script: string, tool: Tool, traces: readonly object[]): Replayed[] {
  const output = execFileSync(
    programOf(root, tool),
    [path.join(root, "test", "bench", "peer", script), tool],
    {
      input: traces.map((trace) => JSON.stringify(trace)).join("\n"),
      encoding: "utf8",
      maxBuffer: 1e8,
      stdio: ["pipe", "pipe", "ignore"],
    },
  );
  return output
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Replayed);
}

/** Relative to the truth; NaN where there is no figure. */
export const errorsOf = (joules: readonly (number | null)[], truths: readonly number[]): number[] =>
  joules.map((value, i) => (value === null ? Number.NaN : Math.abs(value - truths[i]!) / truths[i]!));

/** Median and worst. */
export function percent(errors: readonly number[]): string {
  if (errors.some(Number.isNaN)) return "no figure";
  const text = (part: number) => (part < 1e-8 ? "0" : Number((part * 100).toPrecision(2)).toString());
  return `${text(median(errors))} % (worst ${text(Math.max(...errors))} %)`;
}

/** "5 % (worst 6 %), Zeus; ValueError in the process that counts wraps" */
export function peerCell(tool: Tool, results: readonly Replayed[], truths: readonly number[]): string {
  const figure = percent(
    errorsOf(
      results.map(({ joules }) => joules),
      truths,
    ),
  );
  const stopped = results.find((result) => result.stopped)?.stopped;
  return `${figure}, ${NAMES[tool]}${stopped ? `; ${stopped}` : ""}`;
}
