/** Verifying a ledger of 10,000 entries, against `git fsck` on as many commits, in turns. */

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { canonicalJson } from "../../src/ledger/canonical.ts";
import { type Bench, median, times } from "./row.ts";

const GROUP = "Verifying a ledger";
const ENTRIES = 10_000;
const ROUNDS = 3;
const GOAL_S = 5;

export const bench: Bench = async ({ root, say }) => {
  say(`ledger: ${ENTRIES} entries, ${ROUNDS} rounds`);
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-bench-"));
  try {
    writeLedger(path.join(folder, ".fairwatt", "ledger"));
    await seconds(["git", "init", "-q", "--bare", "history.git"], folder);
    await seconds(["git", "-C", "history.git", "fast-import", "--quiet"], folder, history());
    const ours: number[] = [];
    const theirs: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const fairwatt = path.join(root, "dist", "cli", "fairwatt.cjs");
      ours.push(await seconds([process.execPath, fairwatt, "ledger", "verify"], folder));
      theirs.push(await seconds(["git", "-C", "history.git", "fsck", "--full", "--no-progress"], folder));
    }
    const [wall, peer] = [median(ours), median(theirs)];
    return [
      {
        group: GROUP,
        what: `${ENTRIES} entries of runs, wall time, median of ${ROUNDS}; peer: \`git fsck\` of as many commits`,
        ours: `${wall.toFixed(2)} s`,
        peer: `git: ${peer.toFixed(2)} s`,
        ratio: times(wall / peer),
        goal: `at most ${GOAL_S} s`,
        met: wall <= GOAL_S,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** A chain of entries as `fairwatt run` writes them. */
function writeLedger(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const energy = {
    value: 3600,
    unit: "J",
    method: "measured",
    instrument: "RAPL package (powercap)",
    covers: ["CPU package 0", "GPU 0"],
    low: 3500,
    high: 3700,
    basis: "all of it measured",
  };
  let parents: string[] = [];
  for (let run = 0; run < ENTRIES; run++) {
    const body = {
      run: `R${run}`,
      name: "train.py",
      argv: ["python", "train.py", "--epochs", "20"],
      cwd: ".",
      host: "h",
      state: "finished",
      exitCode: 0,
      signal: null,
      startedAt: "2026-11-21T10:00:00.000Z",
      endedAt: "2026-11-21T10:01:00.000Z",
      durationSeconds: 60,
      energy,
      machineEnergy: energy,
      meters: [
        { id: "rapl:0", label: "CPU package 0", energy, share: "by CPU time" },
        { id: "nvml:0", label: "GPU 0", energy, share: "all of it" },
      ],
      notCovered: ["disk", "network"],
      coverage: 1,
      pue: 1,
      artefacts: [{ path: "model.joblib", bytes: 1000, sha256: "a".repeat(64) }],
      journals: {},
      fairwatt: "0.1.0",
    };
    const time = new Date(Date.UTC(2026, 0, 1) + run * 60_000).toISOString();
    const bytes = canonicalJson({ v: 1, type: "run", time, parents, body });
    const hash = createHash("sha256").update(bytes).digest("hex");
    writeFileSync(path.join(folder, `${hash}.json`), bytes);
    parents = [hash];
  }
}

/** As many commits, each with a file of its own, for `git fast-import`. */
function history(): string {
  return Array.from({ length: ENTRIES }, (_, index) => {
    const data = (text: string) => `data ${Buffer.byteLength(text)}\n${text}\n`;
    return `commit refs/heads/main\ncommitter A <a@example.org> ${1_700_000_000 + index} +0000\n${data(`run ${index}`)}M 100644 inline ${index}.json\n${data(`{"run":${index}}`)}`;
  }).join("");
}

async function seconds(argv: readonly string[], cwd: string, input?: string): Promise<number> {
  const [program = "", ...args] = argv;
  const started = performance.now();
  const code = await new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      stdio: [input === undefined ? "ignore" : "pipe", "ignore", "ignore"],
    });
    child.stdin?.end(input);
    child.once("error", reject);
    child.once("exit", resolve);
  });
  if (code !== 0) throw new Error(`${argv.join(" ")} ended with ${code}`);
  return (performance.now() - started) / 1000;
}
