/** Whatever becomes of journals (interleaved, cut off, torn, repeated), what they still tell is counted, and once. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accountEpochs } from "../../../src/energy/epochs.ts";
import { RunFold } from "../../../src/energy/fold.ts";
import type { JournalRecord } from "../../../src/energy/journal.ts";
import { readRun } from "../../../src/energy/read-run.node.ts";
import type { RunSummary } from "../../../src/energy/run.ts";
import { packageMeter, START, sampleAt, startRecords, WALL } from "./records.ts";
import { byTime, GPU, journalOf, PACKAGE, parts, told, type World, worlds } from "./replayed-world.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-journals-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const line = (record: JournalRecord) => `${JSON.stringify(record)}\n`;

/** Writes journals anew and reads them as every command does. */
async function read(journals: ReadonlyMap<string, string>): Promise<RunSummary> {
  for (const [name, text] of journals) fs.writeFileSync(path.join(folder, name), text);
  return (await readRun(folder)).summary;
}

const textsOf = ({ journals }: World) =>
  new Map([...journals].map(([name, records]) => [name, records.map(line).join("")]));

/** Joules of the whole machine by meter. The package must be right to a part in ten thousand, as all counters. */
function expectEnergy(summary: RunSummary, truth: { package: number; gpu: number }): void {
  const of = (id: string) => summary.meters.find(({ meter }) => meter.id === id)?.machine.value ?? 0;
  expect(Math.abs(of(PACKAGE.id) - truth.package)).toBeLessThanOrEqual(1e-4 * truth.package + 1e-6);
  expect(Math.abs(of(GPU.id) - truth.gpu)).toBeLessThanOrEqual(1e-4 * truth.gpu + 1e-6);
  for (const { run, machine } of summary.meters) expect(run.value).toBeLessThanOrEqual(machine.value + 1e-9);
  expect(summary.coverage).toBeLessThanOrEqual(1);
}

/** Replaces each journal's text by something else. */
const withEach = (texts: ReadonlyMap<string, string>, change: (text: string, index: number) => string) =>
  new Map(
    [...texts].map(([name, text], index) => [name, name === "h.10.jsonl" ? text : change(text, index)]),
  );

describe("journals of several samplers", () => {
  it("that wrote in turns are one account: wraps, restarts and unread moments included", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        expectEnergy(await read(textsOf(world)), told(byTime(world.readings)));
      }),
      { numRuns: 60 },
    );
  });

  it("are counted once however often blocks of lines are repeated, at their place or later", async () => {
    const repeats = fc.array(fc.tuple(fc.nat(60), fc.nat(10), fc.boolean()), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(worlds, repeats, async (world, blocks) => {
        const repeated = withEach(textsOf(world), (text, index) => {
          const lines = text.split(/(?<=\n)/);
          const [from, count, atEnd] = blocks[index - 1]!;
          const block = lines.slice(from % lines.length, (from % lines.length) + count);
          if (atEnd) return [...lines, ...block].join("");
          return [...lines.slice(0, from % lines.length), ...block, ...lines.slice(from % lines.length)].join(
            "",
          );
        });
        expectEnergy(await read(repeated), told(byTime(world.readings)));
      }),
      { numRuns: 60 },
    );
  });

  it("that are cut off anywhere tell all up to their last whole line", async () => {
    const cuts = fc.array(parts, { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(worlds, cuts, async (world, cut) => {
        const texts = withEach(textsOf(world), (text, index) =>
          text.slice(0, Math.floor(text.length * cut[index - 1]!)),
        );
        const whole = (writer: number) =>
          texts.get(journalOf(writer))!.match(/"type":"sample".*\n/g)?.length ?? 0;
        const seen = [0, 1, 2].flatMap((writer) =>
          world.readings.filter((reading) => reading.writer === writer).slice(0, whole(writer)),
        );
        expectEnergy(await read(texts), told(byTime(seen)));
      }),
      { numRuns: 60 },
    );
  });

  it("of which lines are torn lose those readings and no energy between the others", async () => {
    const torn = fc.uniqueArray(fc.nat(59), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(worlds, torn, async (world, lines) => {
        const lost = new Set(
          lines.map((index) => world.readings[index]).filter((each) => each !== undefined),
        );
        const tornLine = (record: JournalRecord) => `${line(record).slice(0, 40)}\n`;
        const isLost = (record: JournalRecord) => [...lost].some((reading) => reading.record === record);
        const texts = new Map(
          [...world.journals].map(([name, records]) => [
            name,
            records.map((record) => (isLost(record) ? tornLine(record) : line(record))).join(""),
          ]),
        );
        const kept = world.readings.filter((reading) => !lost.has(reading));
        expectEnergy(await read(texts), told(byTime(kept)));
      }),
      { numRuns: 60 },
    );
  });
});

describe("a fold that follows journals while they are written", () => {
  /** In the order in which a reader may come by them: each file in its own order, the files in any. */
  const orders = fc.array(fc.nat(2), { minLength: 70, maxLength: 70 });

  it("never takes back energy, and never counts it twice, in whatever order files are heard of", () => {
    fc.assert(
      fc.property(worlds, orders, (world, order) => {
        const queues = [0, 1, 2].map((writer) =>
          world.readings.filter((reading) => reading.writer === writer),
        );
        const heard = [...order, ...Array.from({ length: 200 }, (_, i) => i % 3)]
          .map((writer) => queues[writer]!.shift())
          .filter((reading) => reading !== undefined);
        const fold = new RunFold();
        for (const [name, [start]] of world.journals) fold.push(start!, name);
        let before = 0;
        for (const { record, writer } of heard) {
          fold.push(record, journalOf(writer));
          const { value } = fold.summary({ alive: true }).energy;
          expect(value).toBeGreaterThanOrEqual(before - 1e-9);
          before = value;
        }
        expectEnergy(fold.summary({ alive: true }), told(heard));
      }),
      { numRuns: 60 },
    );
  });
});

describe("epochs", () => {
  const marks = fc.array(
    fc.tuple(
      parts.map((part) => part * 90),
      fc.nat(6),
      fc.boolean(),
    ),
    {
      maxLength: 20,
    },
  );

  it("and what lies outside them come to the run's energy, whatever marks were written", async () => {
    await fc.assert(
      fc.asyncProperty(worlds, marks, async (world, told) => {
        const lines = told.map(([at, index, twice]) => {
          const mark = line({ type: "mark", t: WALL + at, mono: START + at, kind: "epoch", index });
          return twice ? mark + mark : mark;
        });
        const summary = await read(new Map([...textsOf(world), ["marks.jsonl", lines.join("")]]));
        const { epochs, outside } = accountEpochs(summary);
        const inside = epochs.reduce((sum, { energy }) => sum + energy.value, 0);
        for (const { energy } of epochs) expect(energy.value).toBeGreaterThanOrEqual(0);
        expect(inside).toBeLessThanOrEqual(summary.energy.value * (1 + 1e-9) + 1e-9);
        expect(inside + outside.value).toBeCloseTo(summary.energy.value, 6);
      }),
      { numRuns: 60 },
    );
  });
});

// CPU time comes in ticks of 10 ms, and two samplers read a little apart: that is what the one percent is for.
describe("runs side by side", () => {
  const SECONDS = 120;
  const worldOfRuns = fc.record({
    watts: fc.array(fc.integer({ min: 100, max: 390 }), { minLength: SECONDS, maxLength: SECONDS }),
    runs: fc.array(
      fc.record({
        from: fc.integer({ min: 0, max: 20 }),
        to: fc.integer({ min: 100, max: SECONDS }),
        /** Samples come this much after the whole second. */
        late: parts.map((part) => part * 0.002),
        load: fc.array(
          parts.map((part) => 0.1 + 0.9 * part),
          {
            minLength: SECONDS,
            maxLength: SECONDS,
          },
        ),
      }),
      { minLength: 2, maxLength: 8 },
    ),
  });

  it("come to the machine's energy at most, and one percent", () => {
    fc.assert(
      fc.property(worldOfRuns, ({ watts, runs }) => {
        const ticks = (seconds: number) => Math.floor(seconds * 100) / 100;
        /** Of something that goes at a steady rate in each second, the amount up to a moment. */
        const upTo = (rates: readonly number[], at: number) => {
          const whole = Math.floor(at);
          return (
            rates.slice(0, whole).reduce((sum, rate) => sum + rate, 0) + (rates[whole] ?? 0) * (at - whole)
          );
        };
        const isOn = ({ from, to }: { from: number; to: number }, second: number) =>
          second >= from && second < to;
        const loads = runs.map((run) => run.load.map((load, second) => (isOn(run, second) ? load : 0)));
        const busy = watts.map((_, second) => loads.reduce((sum, load) => sum + load[second]!, 0));
        const energies = runs.map(({ from, to, late }, index) => {
          const fold = new RunFold();
          const { runner, sampler } = startRecords([packageMeter]);
          fold.push(runner, "r");
          fold.push(sampler, "s");
          for (let second = from; second <= to; second++) {
            const at = second + (second === to ? 0 : late);
            const raw = Math.floor(upTo(watts, at) * 1e6);
            const cpu = { busy: ticks(upTo(busy, at)), tree: ticks(upTo(loads[index]!, at)) };
            fold.push(sampleAt(at, { [packageMeter.id]: raw }, { cpu }), "s");
          }
          return fold.summary({ alive: false }).energy.value;
        });
        const first = Math.min(...runs.map(({ from }) => from));
        const last = Math.max(...runs.map(({ to }) => to));
        const machine = upTo(watts, last) - upTo(watts, first);
        expect(energies.reduce((sum, joules) => sum + joules, 0)).toBeLessThanOrEqual(machine * 1.01);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
