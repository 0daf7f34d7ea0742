import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { JournalWriter } from "../../../src/energy/journal-writer.node.ts";
import { RunTail, RunUnreadable, readRun } from "../../../src/energy/read-run.node.ts";
import { packageMeter, START, sampleAt, startRecords, WALL } from "./records.ts";

const CPU = packageMeter.id;
let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-run-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const { runner, sampler } = startRecords([packageMeter]);
const lines = (records: readonly object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("");
const samples = (count: number) =>
  Array.from({ length: count }, (_, at) => sampleAt(at, { [CPU]: at * 50e6 }));
const runnerFile = () => path.join(folder, "h.10.jsonl");
const samplerFile = () => path.join(folder, "h.11.jsonl");

describe("reading a run", () => {
  it("joins the runner's and the sampler's journals", async () => {
    fs.writeFileSync(
      runnerFile(),
      lines([
        runner,
        { type: "end", role: "runner", t: WALL + 9, mono: START + 9, exitCode: 0, signal: null },
      ]),
    );
    fs.writeFileSync(samplerFile(), lines([sampler, ...samples(10)]));
    const { summary } = await readRun(folder);
    expect(summary.state).toBe("finished");
    expect(summary.energy.value).toBeCloseTo(450, 6);
  });

  it("is interrupted when no end was written and nobody is there", async () => {
    fs.writeFileSync(runnerFile(), lines([runner]));
    fs.writeFileSync(samplerFile(), lines([sampler, ...samples(3)]));
    expect((await readRun(folder)).summary.state).toBe("interrupted");
  });

  it("takes what a writer wrote after its journal was read and before it was found gone", async () => {
    fs.writeFileSync(runnerFile(), lines([runner]));
    fs.writeFileSync(samplerFile(), lines([sampler, ...samples(3)]));
    const tail = new RunTail(folder);
    const end = { type: "end", role: "runner", t: WALL + 5, mono: START + 5, exitCode: 0, signal: null };
    const { processes } = tail.fold;
    Object.defineProperty(tail.fold, "processes", {
      get() {
        if (tail.fold.ended) return processes;
        fs.appendFileSync(samplerFile(), lines(samples(5).slice(3)));
        fs.appendFileSync(runnerFile(), lines([end]));
        return [];
      },
    });
    await tail.poll();
    expect(tail.summary().state).toBe("finished");
    expect(tail.summary().energy.value).toBeCloseTo(200, 6);
  });

  it("leaves out a torn last line and takes it once it is whole", async () => {
    fs.writeFileSync(runnerFile(), lines([runner]));
    const text = lines([sampler, ...samples(5)]);
    fs.writeFileSync(samplerFile(), text.slice(0, -20));
    const tail = new RunTail(folder);
    await tail.poll();
    expect(tail.summary().energy.value).toBeCloseTo(150, 6);
    fs.appendFileSync(samplerFile(), text.slice(-20));
    await tail.poll();
    expect(tail.summary().energy.value).toBeCloseTo(200, 6);
  });

  it("loses only the lines that are broken, and says how many", async () => {
    fs.writeFileSync(runnerFile(), lines([runner]));
    const text = lines([sampler, ...samples(5)]).split("\n");
    text.splice(3, 0, "\u0000\u0000garbage", '{"type":"sample","t":"x"}');
    fs.writeFileSync(samplerFile(), text.join("\n"));
    const { summary } = await readRun(folder);
    expect(summary.energy.value).toBeCloseTo(200, 6);
    expect(summary.notices).toEqual(["2 lines of h.11.jsonl could not be read and were left out"]);
  });

  it("does not let the command's marks file change what meters said", async () => {
    fs.writeFileSync(runnerFile(), lines([runner]));
    fs.writeFileSync(samplerFile(), lines([sampler, ...samples(3)]));
    fs.writeFileSync(
      path.join(folder, "marks.jsonl"),
      lines([
        { type: "mark", t: WALL + 1, mono: START + 1, kind: "epoch", index: 1 },
        sampleAt(2.5, { [CPU]: 1e12 }),
        { type: "end", role: "runner", t: 0, mono: 0, exitCode: 0 },
      ]),
    );
    const { summary } = await readRun(folder);
    expect(summary.marks).toHaveLength(1);
    expect(summary.energy.value).toBeCloseTo(100, 6);
    expect(summary.state).toBe("interrupted");
  });

  it("folds anew when a journal was replaced by a shorter one", async () => {
    fs.writeFileSync(runnerFile(), lines([runner]));
    fs.writeFileSync(samplerFile(), lines([sampler, ...samples(9)]));
    const tail = new RunTail(folder);
    await tail.poll();
    fs.writeFileSync(samplerFile(), lines([sampler, ...samples(3)]));
    await tail.poll();
    expect(tail.summary().energy.value).toBeCloseTo(100, 6);
  });

  it("says what is wrong with a directory that holds no run", async () => {
    await expect(readRun(folder)).rejects.toThrow(RunUnreadable);
    await expect(readRun(path.join(folder, "none"))).rejects.toThrow("no start record");
  });

  it("gives the same run however the bytes arrive", async () => {
    const text = Buffer.from(lines([sampler, ...samples(30)]));
    fs.writeFileSync(runnerFile(), lines([runner]));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 8 }), async (cuts) => {
        fs.writeFileSync(samplerFile(), "");
        const tail = new RunTail(folder);
        let from = 0;
        for (const to of [...cuts.sort((a, b) => a - b), text.length]) {
          fs.appendFileSync(samplerFile(), text.subarray(from, to));
          from = to;
          await tail.poll();
        }
        expect(tail.summary().energy.value).toBeCloseTo(1450, 6);
      }),
      { numRuns: 25 },
    );
  });

  it("never loses accepted energy to truncation, nor counts any twice", async () => {
    const text = Buffer.from(lines([sampler, ...samples(30)]));
    const sizes = [0, ...[...text.entries()].filter(([, byte]) => byte === 10).map(([at]) => at + 1)];
    fs.writeFileSync(runnerFile(), lines([runner]));
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length }), async (cut) => {
        fs.writeFileSync(samplerFile(), text.subarray(0, cut));
        const wholeLines = sizes.filter((size) => size > 0 && size <= cut).length;
        const { summary } = await readRun(folder);
        expect(summary.energy.value).toBeCloseTo(Math.max(0, wholeLines - 2) * 50, 6);
      }),
      { numRuns: 40 },
    );
  });
});

describe("the journal writer", () => {
  it("waits in memory while the folder is gone, and writes everything later", () => {
    const file = path.join(folder, "sub", "h.1.jsonl");
    const writer = new JournalWriter(file);
    for (const sample of samples(3)) writer.append(sample);
    expect(writer.lastError?.code).toBe("ENOENT");
    fs.mkdirSync(path.dirname(file));
    expect(writer.flush()).toBe(true);
    expect(fs.readFileSync(file, "utf8")).toBe(lines(samples(3)));
    expect(writer.lastError).toBeUndefined();
    expect(writer.close()).toBe(true);
  });

  it("drops samples in the middle, not the first and last, when it must wait too long", () => {
    const writer = new JournalWriter(path.join(folder, "none", "x.jsonl"));
    for (let at = 0; at <= 20_001; at++) writer.append(sampleAt(at, { [CPU]: at }));
    fs.mkdirSync(path.join(folder, "none"));
    writer.flush();
    const kept = fs
      .readFileSync(path.join(folder, "none", "x.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).mono - START);
    expect(kept[0]).toBe(0);
    expect(kept.at(-1)).toBe(20_001);
    expect(kept.length).toBeLessThan(12_000);
  });
});
