import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FolderWatch } from "../../../src/editor/runs/folder-watch.ts";
import { RunEntry, readSummaryCache } from "../../../src/editor/runs/run-entry.ts";
import { bootId, hostName, processStart } from "../../../src/energy/process-identity.node.ts";
import { sampleRun } from "./sample-run.ts";

const ID = "01JD7Q0000000000000000000A";
let root: string;
let directory: string;
const entries: RunEntry[] = [];

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-entry-"));
  directory = path.join(root, ID);
  fs.mkdirSync(directory);
});
afterEach(() => {
  for (const entry of entries.splice(0)) entry.dispose();
  fs.rmSync(root, { recursive: true, force: true });
});

function summary(value: unknown, secondsAgo = 0): void {
  const file = path.join(directory, "summary.json");
  fs.writeFileSync(file, JSON.stringify(value));
  const at = Date.now() / 1000 - secondsAgo;
  fs.utimesSync(file, at, at);
}

const closed = () => sampleRun({ state: "finished", endedAt: 1 });

/** A run of this very process, so that it is alive. */
function append(...records: object[]): void {
  const mono = Number(process.hrtime.bigint()) / 1e9;
  const stamped = records.map((record) => JSON.stringify({ t: Date.now() / 1000, mono, ...record }));
  fs.appendFileSync(path.join(directory, `${hostName()}.${process.pid}.jsonl`), `${stamped.join("\n")}\n`);
}

const start = (pid = process.pid) => ({
  type: "start",
  role: "runner",
  v: 1,
  run: ID,
  name: "train.py",
  argv: ["python3", "train.py"],
  cwd: "/work",
  folder: "/work",
  host: hostName(),
  boot: bootId(),
  pid,
  pidStart: pid === process.pid ? processStart(pid) : 1,
  fairwatt: "0.1.0",
  interval: 1,
  pue: 1,
  attribution: "process",
});

function entry(): { entry: RunEntry; states: string[]; errors: unknown[] } {
  const states: string[] = [];
  const errors: unknown[] = [];
  const made = new RunEntry(
    ID,
    directory,
    (each) => states.push(each.summary?.state ?? "none"),
    (_, error) => errors.push(error),
  );
  entries.push(made);
  return { entry: made, states, errors };
}

describe("the cached summary", () => {
  it("is used for a closed run", async () => {
    summary(closed());
    expect((await readSummaryCache(directory, ID))?.name).toBe("train.py");
  });

  it("is not used when a journal is newer", async () => {
    summary(closed(), 60);
    append(start());
    expect(await readSummaryCache(directory, ID)).toBeUndefined();
  });

  it.each([
    ["of another run", { ...closed(), id: "01JD7Q0000000000000000000Z" }],
    ["of another version", { ...closed(), v: 2 }],
    ["of a run that was live", sampleRun()],
    ["with a state nobody knows", { ...closed(), state: "constructor" }],
    ["without energy", { ...closed(), energy: null }],
    ["that is no object", [closed()]],
    ["that is null", null],
  ])("is not used: one %s", async (_, value) => {
    summary(value);
    expect(await readSummaryCache(directory, ID)).toBeUndefined();
  });

  it("is not used when it is torn", async () => {
    fs.writeFileSync(path.join(directory, "summary.json"), '{"v":1,"id"');
    expect(await readSummaryCache(directory, ID)).toBeUndefined();
  });
});

describe("a run directory", () => {
  it("with a cached summary is read once and not followed", async () => {
    summary(closed());
    const { entry: run, states } = entry();
    await run.load();
    expect(states).toEqual(["finished"]);
    expect(run.live).toBe(false);
  });

  it("that is live is followed until its end, and then let go", async () => {
    append(start());
    const { entry: run, states } = entry();
    await run.load();
    expect(states).toEqual(["running"]);
    expect(run.live).toBe(true);
    append({ type: "end", role: "runner", exitCode: 3, signal: null });
    await vi.waitFor(() => expect(run.summary?.state).toBe("failed"), 3_000);
    expect(run.summary?.exitCode).toBe(3);
    await vi.waitFor(() => expect(run.live).toBe(false), 4_000);
  });

  it("whose runner is gone without an end is interrupted", async () => {
    append(start(4_000_000));
    const { entry: run } = entry();
    await run.load();
    expect(run.summary?.state).toBe("interrupted");
    await vi.waitFor(() => expect(run.live).toBe(false), 3_000);
    await run.revive();
    expect(run.live).toBe(false);
  });

  it("that is being made is waited for", async () => {
    const { entry: run, states, errors } = entry();
    await run.load();
    expect(states).toEqual([]);
    append(start());
    await vi.waitFor(() => expect(run.summary?.state).toBe("running"), 3_000);
    expect(errors).toEqual([]);
  });

  it("that never became a run is reported", async () => {
    const old = Date.now() / 1000 - 3_600;
    fs.utimesSync(directory, old, old);
    const { entry: run, errors } = entry();
    await run.load();
    expect(errors).toHaveLength(1);
    expect(run.live).toBe(false);
  });
});

describe("FolderWatch", () => {
  it("follows a folder that does not exist yet, down to its entries", async () => {
    const changed = vi.fn();
    const watch = new FolderWatch(root, [".fairwatt", "runs"], changed);
    try {
      fs.mkdirSync(path.join(root, ".fairwatt", "runs"), { recursive: true });
      await vi.waitFor(() => expect(changed).toHaveBeenCalled(), 3_000);
      changed.mockClear();
      fs.mkdirSync(path.join(root, ".fairwatt", "runs", ID));
      await vi.waitFor(() => expect(changed).toHaveBeenCalled(), 3_000);
      changed.mockClear();
      fs.rmSync(path.join(root, ".fairwatt"), { recursive: true });
      await vi.waitFor(() => expect(changed).toHaveBeenCalled(), 3_000);
      changed.mockClear();
      fs.mkdirSync(path.join(root, ".fairwatt", "runs", ID), { recursive: true });
      await vi.waitFor(() => expect(changed).toHaveBeenCalled(), 3_000);
    } finally {
      watch.dispose();
    }
  });

  it("takes a folder that is not there at all for one without runs", () => {
    const watch = new FolderWatch(path.join(root, "missing"), ["runs"], () => undefined);
    watch.dispose();
  });
});
