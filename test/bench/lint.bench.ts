/** The linter: whole trees against ruff and against pylint with dslinter, each keystroke, the worker's memory. */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { LintWorker } from "../../src/lint/worker-client.node.ts";
import { type Keystrokes, typeIn } from "./lint/keystrokes.ts";
import { type Timed, timed } from "./lint/timed.ts";
import { DSLINTER, type Linters, linters, RUFF } from "./peer/linters.ts";
import { type Bench, median, quantile, type Row, times } from "./row.ts";

const ROUNDS = 3;
const RUFF_GOAL = 2;
const DSLINTER_GOAL = 100;
const KEYSTROKE_GOAL_MS = 50;
const SENDING_GOAL_MS = 5;
const MEMORY_GOAL_MB = 150;
/** In code without machine learning, per 1,000 lines. */
const FINDINGS_GOAL = 0.05;

const seconds = (ms: number) => `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 0)} s`;
const inMb = (bytes: number) => bytes / 1e6;

export const bench: Bench = async ({ root, say }) => {
  say("lint: packages from PyPI, then about five minutes");
  const peers = linters(root);
  const fairwatt = [process.execPath, path.join(root, "dist", "cli", "fairwatt.cjs"), "lint"];
  const worker = path.join(root, "dist", "cli", "lint.worker.mjs");
  return [
    ...(await wholeTrees(fairwatt, peers, say)),
    ...(await againstDslinter(fairwatt, peers, say)),
    ...(await keystrokes(worker, say)),
    ...(await workspace(worker, peers, say)),
  ];
};

async function wholeTrees(fairwatt: string[], peers: Linters, say: (text: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { folder, what, hasGoal } of [
    { folder: peers.tree, what: "Django, SQLAlchemy, pandas", hasGoal: true },
    { folder: peers.learning, what: "scikit-learn, Keras: every file is read", hasGoal: false },
  ]) {
    say(`lint: ${what}, ${ROUNDS} rounds`);
    const lines = await linesOf(folder);
    const ours: Timed[] = [];
    const theirs: Timed[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      ours.push(await timed([...fairwatt, "."], folder, [0, 1]));
      theirs.push(await timed([...peers.ruff, "."], folder));
    }
    const row = (kind: "wall" | "cpu", name: string): Row => {
      const [mine, other] = [
        median(ours.map((each) => each[kind])),
        median(theirs.map((each) => each[kind])),
      ];
      return {
        group: "`fairwatt lint` on installed packages",
        what: `${(lines / 1e6).toFixed(2)} million lines (${what}): ${name}`,
        ours: seconds(mine),
        peer: `${seconds(other)} (ruff ${RUFF})`,
        ratio: times(mine / other),
        ...(hasGoal && kind === "wall" && { goal: `at most ${RUFF_GOAL} x`, met: mine <= RUFF_GOAL * other }),
      };
    };
    const found = ours[0]!.output.match(/^\S.*:\d+:\d+: FW\d{3} /gm)?.length ?? 0;
    const perThousand = (1_000 * found) / lines;
    rows.push(row("wall", "wall time"), row("cpu", "CPU time"), {
      group: "`fairwatt lint` on installed packages",
      what: `${(lines / 1e6).toFixed(2)} million lines (${what}): findings per 1,000 lines, default profile`,
      ours: perThousand.toPrecision(2),
      ...(hasGoal && { goal: `less than ${FINDINGS_GOAL}`, met: perThousand < FINDINGS_GOAL }),
    });
  }
  return rows;
}

/** Of a folder's Python, or of what `find` is told there. */
async function linesOf(folder: string, what = "."): Promise<number> {
  const count = await timed(["sh", "-c", `find ${what} -name '*.py' -print0 | xargs -0 cat | wc -l`], folder);
  return Number(count.output);
}

/** Fairwatt leaves tests out by itself: the second row is of what both read. */
async function againstDslinter(
  fairwatt: string[],
  peers: Linters,
  say: (text: string) => void,
): Promise<Row[]> {
  say("lint: pylint with dslinter takes a few minutes, twice");
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round++)
    ours.push(
      (await timed([...fairwatt, "--select", "ALL", ...peers.subsetPackages], peers.subset, [0, 1])).wall,
    );
  const row = async (what: string, without: string[], options: string[]): Promise<Row> => {
    const lines = await linesOf(peers.subset, `${peers.subsetPackages.join(" ")} ${without.join(" ")}`);
    const theirs = await timed([...peers.dslinter, ...options, ...peers.subsetPackages], peers.subset);
    const analysed = Number(/(\d+) statements analysed/.exec(theirs.output)?.[1] ?? 0);
    if (analysed < lines / 10) throw new Error(`pylint analysed ${analysed} statements of ${lines} lines`);
    const ratio = median(ours) / theirs.wall;
    const isWhole = without.length === 0;
    return {
      group: "`fairwatt lint` on installed packages",
      what: `${lines.toLocaleString("en")} lines of machine learning (Fairlearn, imbalanced-learn${what}), all rules: wall time`,
      ours: seconds(median(ours)),
      peer: `${seconds(theirs.wall)} (pylint, dslinter ${DSLINTER})`,
      ratio: times(ratio),
      ...(isWhole && { goal: `at most 1/${DSLINTER_GOAL}`, met: ratio <= 1 / DSLINTER_GOAL }),
    };
  };
  return [
    await row("", [], []),
    await row(
      "; without tests, which Fairwatt never reads",
      ["-not", "-path", "'*/tests/*'"],
      ["--ignore=tests"],
    ),
  ];
}

async function keystrokes(file: string, say: (text: string) => void): Promise<Row[]> {
  say("lint: keystrokes");
  const worker = new LintWorker(file);
  try {
    const rows: Row[] = [];
    for (const size of [100, 1_000, 2_000, 5_000, "notebook"] as const)
      rows.push(...rowsOf(await typeIn(worker, size), size === 2_000));
    return rows;
  } finally {
    await worker.dispose();
  }
}

function rowsOf({ what, worker, answered, sending, cpu }: Keystrokes, hasGoal: boolean): Row[] {
  const [p50, p95] = [quantile(worker, 0.5), quantile(worker, 0.95)];
  const group = "From a keystroke to its findings, debounce apart";
  const milliseconds = (value: number) => `${value.toFixed(1)} ms`;
  return [
    {
      group,
      what: `${what}: worker, 95th percentile (median)`,
      ours: `${milliseconds(p95)} (${milliseconds(p50)})`,
      ...(hasGoal && { goal: `less than ${KEYSTROKE_GOAL_MS} ms`, met: p95 < KEYSTROKE_GOAL_MS }),
    },
    { group, what: `${what}: CPU time, median`, ours: milliseconds(quantile(cpu, 0.5)) },
    {
      group,
      what: `${what}: question to answer between the threads, 95th percentile`,
      ours: milliseconds(quantile(answered, 0.95)),
    },
    {
      group,
      what: `${what}: the asking thread is busy for, at most`,
      ours: milliseconds(Math.max(...sending)),
      goal: `at most ${SENDING_GOAL_MS} ms`,
      met: Math.max(...sending) <= SENDING_GOAL_MS,
    },
  ];
}

/** The editor's worker indexes and lints a folder: cold, then again; this process' memory grows by the worker's. */
async function workspace(file: string, peers: Linters, say: (text: string) => void): Promise<Row[]> {
  say("lint: the worker on a whole workspace");
  const empty = mkdtempSync(path.join(tmpdir(), "fairwatt-bench-"));
  mkdirSync(path.join(empty, "src"));
  writeFileSync(path.join(empty, "src", "empty.py"), "");
  const before = process.memoryUsage().rss;
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 20);
  const worker = new LintWorker(file);
  try {
    await worker.ask("index", { root: "empty", folder: empty });
    const [root, folder] = ["tree", peers.tree];
    const lint = async () => {
      const began = performance.now();
      await worker.ask("index", { root, folder });
      const files = await worker.ask("discover", { folder });
      await worker.ask("workspace", { root, folder, files: files.map((path) => ({ path })), selection: {} });
      return performance.now() - began;
    };
    const cold = await lint();
    const warm = await lint();
    const used = inMb(peak - before);
    const group = "The editor's worker on a million lines";
    return [
      { group, what: "index and findings of the whole workspace, cold", ours: seconds(cold) },
      { group, what: "the same again", ours: seconds(warm) },
      {
        group,
        what: "memory that the worker adds to its process, at most",
        ours: `${used.toFixed(0)} MB`,
        goal: `less than ${MEMORY_GOAL_MB} MB`,
        met: used < MEMORY_GOAL_MB,
      },
    ];
  } finally {
    clearInterval(watch);
    await worker.dispose();
    rmSync(empty, { recursive: true, force: true });
  }
}
