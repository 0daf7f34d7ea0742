/** Time that a real VS Code's extension host needs to load and activate Fairwatt: with no run, and with 50 journals. */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { build } from "esbuild";
import { runSuites } from "../host/run-suites.mjs";
import type { Activation } from "./editor/activation.ts";
import { writeClosedRuns } from "./editor/journals.ts";
import { type Bench, type Context, median, type Row } from "./row.ts";

const GROUP = "Activation in VS Code 1.139";
const ROUNDS = 3;
const JOURNALS = 50;
/** Samples in each: ten minutes at 1 Hz. */
const SAMPLES = 600;

export const bench: Bench = async (context) => {
  const bundle = path.join(context.root, "dist", "test", "activation.cjs");
  await build({
    entryPoints: [path.join(context.root, "test", "bench", "editor", "activation.ts")],
    outfile: bundle,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    external: ["vscode"],
    logLevel: "warning",
  });
  const none: Activation[] = [];
  const many: Activation[] = [];
  for (let round = 1; round <= ROUNDS; round++) {
    context.say(`activation: round ${round} of ${ROUNDS}`);
    none.push(await activate(context, bundle, 0));
    many.push(await activate(context, bundle, JOURNALS));
  }
  const row = (what: string, measured: Activation[], key: keyof Activation, goal?: number): Row => {
    const value = median(measured.map((each) => each[key]));
    const all = measured.map((each) => each[key].toFixed(0)).join(", ");
    return {
      group: GROUP,
      what,
      ours: `${value.toFixed(0)} ms (${all})`,
      ...(goal === undefined ? {} : { goal: `at most ${goal} ms`, met: value <= goal }),
    };
  };
  return [
    row("`activate`, no run", none, "activate", 30),
    row("the code loaded before it, too", none, "whole"),
    row("CPU time of that", none, "cpu"),
    row(`\`activate\`, ${JOURNALS} journals of ${SAMPLES} samples`, many, "activate", 60),
    row("the code loaded before it, too", many, "whole"),
    row("CPU time of that", many, "cpu"),
    row(`until all ${JOURNALS} runs are listed, without cached summaries`, many, "listed"),
  ];
};

async function activate({ root }: Context, suitesBundle: string, journals: number): Promise<Activation> {
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-bench-"));
  try {
    const workspace = path.join(folder, "workspace");
    mkdirSync(workspace);
    const prepared = path.join(folder, "prepared");
    writeClosedRuns(prepared, journals, SAMPLES);
    const env: Record<string, string> =
      journals > 0 ? { FAIRWATT_BENCH_RUNS: prepared, FAIRWATT_BENCH_COUNT: String(journals) } : {};
    const result = await runSuites({
      version: "1.139",
      suitesBundle,
      workspace,
      extensionDevelopmentPath: root,
      env,
    });
    return result as typeof result & Activation;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
