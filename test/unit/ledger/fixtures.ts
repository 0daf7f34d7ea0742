/** Ledgers and runs for tests, in a temporary folder. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { hostName } from "../../../src/energy/process-identity.node.ts";
import { ledgerFolder, runsFolder } from "../../../src/energy/run-folder.node.ts";
import type { RunBody } from "../../../src/ledger/entry.ts";
import { writeEntry } from "../../../src/ledger/write-entry.node.ts";
import { packageMeter, START, sampleAt, startRecords, WALL } from "../energy/records.ts";

export function temporaryFolder(): string {
  return fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-ledger-")));
}

const energy = {
  value: 3600,
  unit: "J",
  method: "measured" as const,
  instrument: "RAPL package (powercap)",
  covers: ["CPU package 0"],
  low: 3500,
  high: 3700,
  basis: "all of it measured",
};

export function runBody(run: string, more: Partial<RunBody> = {}): RunBody {
  return {
    run,
    name: "train.py",
    argv: ["python", "train.py"],
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
    meters: [],
    notCovered: ["disk"],
    coverage: 1,
    pue: 1,
    artefacts: [],
    journals: {},
    fairwatt: "0.1.0",
    ...more,
  };
}

export const addEntry = (fairwatt: string, run: string, more: Partial<RunBody> = {}) =>
  writeEntry(fairwatt, { type: "run", time: "2026-11-21T10:02:00.000Z", body: runBody(run, more) });

export const entryFile = (fairwatt: string, hash: string) =>
  path.join(ledgerFolder(fairwatt), `${hash}.json`);

export interface RunOnDisk {
  folder: string;
  fairwatt: string;
  runDirectory: string;
  /** The runner's journal. */
  journal: string;
}

/**
 * A project with one run of 10 s and 1000 J in its journals. `ended`: with end records. `host`: as if another machine had
 * measured it. The pids belong to no process.
 */
export function runOnDisk(
  options: { ended?: boolean; host?: string; run?: string; folder?: string } = {},
): RunOnDisk {
  const { ended = true, host = hostName(), run = "01RUN", folder = temporaryFolder() } = options;
  const fairwatt = path.join(folder, ".fairwatt");
  const runDirectory = path.join(runsFolder(fairwatt), run);
  fs.mkdirSync(runDirectory, { recursive: true });
  const { runner, sampler } = startRecords([packageMeter]);
  const when = (at: number) => ({ t: WALL + at, mono: START + at });
  const end = (role: "runner" | "sampler") =>
    ended ? [{ type: "end", role, ...when(10), exitCode: 0, signal: null }] : [];
  const samples = Array.from({ length: 11 }, (_, at) =>
    sampleAt(at, { [packageMeter.id]: 1_000_000 + at * 100e6 }),
  );
  const write = (name: string, records: unknown[]) => {
    const file = path.join(runDirectory, `${host}.${name}.jsonl`);
    fs.writeFileSync(file, records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    return file;
  };
  const journal = write("10", [{ ...runner, run, host, cwd: folder, folder }, ...end("runner")]);
  write("11", [{ ...sampler, run, host }, ...samples, ...end("sampler")]);
  return { folder, fairwatt, runDirectory, journal };
}

/** A file that counts as changed `at` seconds after the start of the run. */
export function writeAt(file: string, at: number, data: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, data);
  fs.utimesSync(file, WALL + at, WALL + at);
}
