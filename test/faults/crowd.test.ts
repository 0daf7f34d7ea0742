/** Two hundred runs of one project at the same time: some by the command line, most in a few processes that hold many each. */

import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { build } from "esbuild";
import { afterEach, beforeEach, expect, it } from "vitest";
import { isJournalError, parseJournalLine } from "../../src/energy/journal.ts";
import { readRun } from "../../src/energy/read-run.node.ts";
import { journalFiles } from "../../src/energy/run-folder.node.ts";
import { verifyLedger } from "../../src/ledger/verify.node.ts";
import { Bench, CLI } from "./support/measured.ts";

const BY_COMMAND = 24;
const PROCESSES = 8;
const IN_EACH = 22;
const ALL = BY_COMMAND + PROCESSES * IN_EACH;

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.dispose());

/** Runs a program to its end. */
function run(args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  // Threads that wait for the disk, as many as there would be if each run had a process of its own.
  const env = { ...bench.env, UV_THREADPOOL_SIZE: String(4 * IN_EACH) };
  const child = spawn(process.execPath, args, { cwd: bench.project, env });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name].on("data", (piece) => {
      said[name] += piece;
    });
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, ...said })));
}

/** Fails unless each exit code came back, and nothing was said to be missing. */
async function many(program: string, first: number): Promise<void> {
  const sampler = path.join(path.dirname(CLI), "sampler.mjs");
  const { stdout, stderr } = await run([program, bench.project, sampler, String(first), String(IN_EACH)]);
  expect(stderr).toBe("");
  const runs = JSON.parse(stdout) as {
    run: string;
    wanted: number;
    code: number | null;
    problems: string[];
  }[];
  expect(runs.map(({ code }) => code)).toEqual(runs.map(({ wanted }) => wanted));
  expect(runs.flatMap(({ problems }) => problems)).toEqual([]);
}

it("two hundred runs at once are each closed, and the ledger is whole", { timeout: 180_000 }, async () => {
  const program = path.join(bench.folder, "many-runs.mjs");
  await build({
    entryPoints: [path.join(import.meta.dirname, "support/many_runs.ts")],
    outfile: program,
    bundle: true,
    platform: "node",
    format: "esm",
    external: ["koffi"],
    define: { __FAIRWATT_VERSION__: '"0"' },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    logLevel: "warning",
  });
  const processes = Array.from({ length: PROCESSES }, (_, index) => many(program, index * IN_EACH));
  const commands = Array.from({ length: BY_COMMAND }, async (_, code) => {
    const ended = await run([CLI, "run", "--", "sh", "-c", `exit ${code}`]);
    expect(ended.code, ended.stderr).toBe(code);
  });
  await Promise.all([...processes, ...commands]);

  const directories = bench.runDirectories();
  expect(directories).toHaveLength(ALL);
  for (const directory of directories) {
    expect((await readRun(directory)).summary.state).toMatch(/^(finished|failed)$/);
    for (const file of journalFiles(directory)) {
      const text = fs.readFileSync(file, "utf8");
      // A sampler that was not up yet is ended without ceremony: its last line may be half a line, and nothing else.
      const lines = text.slice(0, text.lastIndexOf("\n")).split("\n");
      expect(lines.filter((line) => line !== "" && isJournalError(parseJournalLine(line)))).toEqual([]);
    }
  }
  const ledger = await verifyLedger(path.join(bench.project, ".fairwatt"));
  expect(ledger.problems).toEqual([]);
  expect(ledger.notices).toEqual([]);
  expect(ledger.entries).toBe(ALL);
});
