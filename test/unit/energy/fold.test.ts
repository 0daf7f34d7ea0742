import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RunFold } from "../../../src/energy/fold.ts";
import type { JournalRecord, SampleRecord } from "../../../src/energy/journal.ts";
import type { MeterDescriptor } from "../../../src/energy/meters/meter.ts";
import {
  gpuMeter,
  gpuPowerMeter,
  modelMeter,
  packageMeter,
  START,
  sampleAt,
  startRecords,
  WALL,
  WRAP,
} from "./records.ts";

const CPU = packageMeter.id;

function fold(
  meters: readonly MeterDescriptor[],
  samples: readonly JournalRecord[],
  options: Parameters<typeof startRecords>[1] = {},
): RunFold {
  const fold = new RunFold();
  const { runner, sampler } = startRecords(meters, options);
  fold.push(runner, "h.10.jsonl");
  fold.push(sampler, "h.11.jsonl");
  for (const sample of samples) fold.push(sample, "h.11.jsonl");
  return fold;
}

const end = (at: number, more: object = {}): JournalRecord => ({
  type: "end",
  role: "runner",
  t: WALL + at,
  mono: START + at,
  exitCode: 0,
  signal: null,
  ...more,
});

describe("energy", () => {
  it("is the counter's difference while the run has all of the busy time", () => {
    const run = fold(
      [packageMeter],
      [sampleAt(0, { [CPU]: 0 }), sampleAt(1, { [CPU]: 50e6 }), sampleAt(2, { [CPU]: 150e6 })],
    );
    const summary = run.summary({ alive: true });
    expect(summary.energy.value).toBeCloseTo(150, 9);
    expect(summary.energy.method).toBe("measured");
    expect(summary.power?.value).toBeCloseTo(100, 9);
    expect(summary.meters[0]?.share).toBe("share of busy CPU time");
    expect(summary.coverage).toBeCloseTo(1);
  });

  it("is the run's part when others work too, and the machine's is kept beside it", () => {
    const samples = [0, 1, 2].map((at) =>
      sampleAt(at, { [CPU]: at * 100e6 }, { cpu: { busy: 10 + at * 2, tree: at * 0.5 } }),
    );
    const summary = fold([packageMeter], samples).summary({ alive: true });
    expect(summary.energy.value).toBeCloseTo(50, 9);
    expect(summary.machineEnergy.value).toBeCloseTo(200, 9);
  });

  it("is the whole machine's where processes cannot be told apart, and says so", () => {
    const samples = [0, 1].map((at) =>
      sampleAt(at, { [CPU]: at * 100e6 }, { cpu: { busy: at, tree: null } }),
    );
    const summary = fold([packageMeter], samples).summary({ alive: true });
    expect(summary.energy.value).toBeCloseTo(100, 9);
    expect(summary.meters[0]?.share).toContain("cannot be told apart");
  });

  it("takes the whole machine when the project asks for it", () => {
    const samples = [0, 1].map((at) =>
      sampleAt(at, { [CPU]: at * 100e6 }, { cpu: { busy: at * 4, tree: at } }),
    );
    const summary = fold([packageMeter], samples, { attribution: "machine" }).summary({ alive: true });
    expect(summary.energy.value).toBeCloseTo(100, 9);
  });

  it("bridges an unreadable sample without losing or inventing energy (defect D1)", () => {
    const samples = [0, 1, 2, 3].map((at) => sampleAt(at, { [CPU]: at === 2 ? null : at * 50e6 }));
    const summary = fold([packageMeter], samples).summary({ alive: true });
    expect(summary.energy.value).toBeCloseTo(150, 9);
    expect(summary.gaps).toEqual([]);
  });

  it("writes a gap for a restarted counter and goes on from there (defect D2)", () => {
    const readings = [200_000e6, 200_050e6, 1e6, 51e6];
    const summary = fold(
      [packageMeter],
      readings.map((raw, at) => sampleAt(at, { [CPU]: raw })),
    ).summary({ alive: true });
    expect(summary.energy.value).toBeCloseTo(100, 6);
    expect(summary.gaps).toEqual([
      { from: 1, to: 2, meter: "CPU package 0", reason: "the counter was restarted" },
    ]);
    expect(summary.coverage).toBeCloseTo(2 / 3);
  });

  it("never adds what is recorded beside the sum", () => {
    const psys = { ...packageMeter, id: "psys", counted: false, uncountedReason: "contains the package" };
    const samples = [0, 1].map((at) => sampleAt(at, { [CPU]: at * 50e6, psys: at * 80e6 }));
    const summary = fold([packageMeter, psys], samples).summary({ alive: true });
    expect(summary.energy.value).toBeCloseTo(50, 9);
    expect(summary.uncounted[0]?.machine.value).toBeCloseTo(80, 9);
  });

  it("of a model is a band and is called modelled", () => {
    const samples = [0, 10].map((at) => sampleAt(at, {}, { cpu: { busy: at * 2, tree: at } }));
    const { energy } = fold([modelMeter], samples).summary({ alive: true });
    expect(energy.method).toBe("modelled");
    expect(energy.value).toBeCloseTo((50 * 10) / 2, 6);
    expect(energy.low).toBeLessThan(energy.value);
    expect(energy.high).toBeGreaterThan(energy.value);
  });

  it("uses the container's own account for a model", () => {
    const samples = [0, 10].map((at) => sampleAt(at, {}, { cpu: { busy: at * 64, tree: at, slice: at } }));
    const { energy } = fold([modelMeter], samples).summary({ alive: true });
    expect(energy.value).toBeCloseTo((10 + 80 / 4) * 10, 6);
  });
});

describe("GPUs", () => {
  const both = (at: number, counter: number, watts: number, share?: number): SampleRecord =>
    sampleAt(
      at,
      { [gpuMeter.id]: counter * 1e3, [gpuPowerMeter.id]: watts * 1e3 },
      share === undefined ? {} : { gpu: { [gpuMeter.id]: share } },
    );

  it("are the run's by its share of use", () => {
    const samples = [both(0, 0, 100, 0.5), both(1, 100, 100, 0.5), both(2, 200, 100, 0)];
    const summary = fold([gpuMeter, gpuPowerMeter], samples).summary({ alive: true });
    expect(summary.energy.value).toBeCloseTo(50, 9);
    expect(summary.machineEnergy.value).toBeCloseTo(200, 9);
  });

  it("are all the run's where the driver does not tell", () => {
    const summary = fold([gpuMeter, gpuPowerMeter], [both(0, 0, 100), both(1, 100, 100)]).summary({
      alive: true,
    });
    expect(summary.energy.value).toBeCloseTo(100, 9);
    expect(summary.meters[0]?.share).toContain("does not tell");
  });

  it("are integrated by power when the counter stands still (defect D4)", () => {
    const samples = Array.from({ length: 40 }, (_, at) => both(at, 0, 100));
    const summary = fold([gpuMeter, gpuPowerMeter], samples).summary({ alive: true });
    expect(summary.energy.value).toBeCloseTo(3900, 6);
    expect(summary.notices[0]).toContain("stands still");
  });

  it("say so when counter and power disagree", () => {
    const samples = Array.from({ length: 40 }, (_, at) => both(at, at * 57, 100));
    const { notices } = fold([gpuMeter, gpuPowerMeter], samples).summary({ alive: true });
    expect(notices[0]).toContain("57.0 W");
    expect(notices[0]).toContain("100.0 W");
  });
});

describe("time", () => {
  it("notes late samples and keeps their energy", () => {
    const summary = fold(
      [packageMeter],
      [sampleAt(0, { [CPU]: 0 }), sampleAt(60, { [CPU]: 3000e6 })],
    ).summary({ alive: true });
    expect(summary.energy.value).toBeCloseTo(3000, 6);
    expect(summary.gaps[0]?.reason).toBe("no sample for 60 s");
  });

  it("does not mind a clock set back an hour", () => {
    const samples = [0, 1, 2, 3].map((at) =>
      sampleAt(at, { [CPU]: at * 50e6 }, at > 1 ? { t: WALL + at - 3600 } : {}),
    );
    const summary = fold([packageMeter], [...samples, { ...end(3), t: WALL + 3 - 3600 }]).summary({
      alive: false,
    });
    expect(summary.energy.value).toBeCloseTo(150, 9);
    expect(summary.duration).toBeCloseTo(3);
    expect(summary.gaps[0]?.reason).toBe("the clock was set back by 3600 s");
    expect(summary.endedAt! - summary.startedAt).toBe(3000);
  });

  it("notes sleep", () => {
    const samples = [0, 1, 2].map((at) =>
      sampleAt(at, { [CPU]: at * 50e6 }, at > 1 ? { t: WALL + at + 7200 } : {}),
    );
    expect(fold([packageMeter], samples).summary({ alive: true }).gaps[0]?.reason).toContain(
      "slept for 7200 s",
    );
  });

  it("puts what was used after a sleep into the hours after it", () => {
    const awake = [0, 1, 2, 3].map((at) =>
      sampleAt(at, { [CPU]: at * 50e6 }, at > 2 ? { t: WALL + at + 7200 } : {}),
    );
    const seconds = fold([packageMeter], awake)
      .energyByClock()
      .map(({ from, to, joules }) => [from / 1000 - WALL, to / 1000 - WALL, joules]);
    expect(seconds).toEqual([
      [0, 1, 50],
      [1, 2, 50],
      [7202, 7203, 50],
    ]);
  });

  it("places marks by their own clock, or by the wall clock where theirs is another", () => {
    const marks: JournalRecord[] = [
      { type: "mark", t: WALL + 1, mono: START + 1, kind: "epoch", index: 1 },
      { type: "mark", t: WALL + 2, mono: 5, kind: "epoch", index: 2 },
    ];
    const run = fold([packageMeter], [sampleAt(0, { [CPU]: 0 }), sampleAt(3, { [CPU]: 0 })]);
    for (const mark of marks) run.push(mark, "marks.jsonl");
    expect(run.summary({ alive: true }).marks.map(({ at }) => at)).toEqual([1, 2]);
  });
});

describe("the state", () => {
  const samples = [sampleAt(0, { [CPU]: 0 }), sampleAt(1, { [CPU]: 50e6 })];
  it.each([
    ["running", [], true],
    ["interrupted", [], false],
    ["finished", [end(1)], false],
    ["failed", [end(1, { exitCode: 3 })], false],
    ["failed", [end(1, { exitCode: null, signal: "SIGKILL" })], false],
    ["stopped", [end(1, { exitCode: 130, stopped: true })], false],
  ] as const)("is %s", (state, records, alive) => {
    const summary = fold([packageMeter], [...samples, ...records]).summary({ alive });
    expect(summary.state).toBe(state);
    expect(summary.energy.value).toBeCloseTo(50, 9);
  });
});

describe("a sampler that is started again", () => {
  it("continues the other's counters and the run's CPU time", () => {
    const run = fold([packageMeter], [sampleAt(0, { [CPU]: 0 }), sampleAt(1, { [CPU]: 50e6 })]);
    run.push({ ...startRecords([packageMeter], { sampler: 12 }).sampler, mono: START + 4 }, "h.12.jsonl");
    run.push(sampleAt(5, { [CPU]: 250e6 }), "h.12.jsonl");
    expect(run.summary({ alive: true }).energy.value).toBeCloseTo(250, 9);
  });

  it("counts nothing twice when two samplers overlap", () => {
    const run = fold([packageMeter], [sampleAt(0, { [CPU]: 0 })]);
    run.push(startRecords([packageMeter], { sampler: 12 }).sampler, "h.12.jsonl");
    for (let at = 1; at <= 10; at++) {
      run.push(sampleAt(at, { [CPU]: at * 50e6 }), "h.11.jsonl");
      run.push(sampleAt(at + 0.3, { [CPU]: (at + 0.3) * 50e6 }), "h.12.jsonl");
    }
    expect(run.summary({ alive: true }).energy.value).toBeCloseTo(515, 6);
  });
});

describe("replayed counters", () => {
  /** True power by second; the counter wraps, restarts, and cannot be read for stretches. */
  const traces = fc.array(
    fc.record({
      watts: fc.integer({ min: 5, max: 390 }),
      unreadable: fc.boolean(),
      restart: fc.integer({ min: 0, max: 40 }).map((n) => n === 0),
    }),
    { minLength: 20, maxLength: 200 },
  );

  it("give the truth to 0.01 % wherever the counter itself did not lose it", () => {
    fc.assert(
      fc.property(traces, fc.integer({ min: 0, max: WRAP }), (trace, origin) => {
        let raw = origin;
        let truth = 0;
        let pending = 0;
        let lost = 0;
        const samples = [sampleAt(0, { [CPU]: raw })];
        trace.forEach(({ watts, unreadable, restart }, i) => {
          pending += watts;
          raw += watts * 1e6;
          if (raw >= WRAP) raw -= WRAP;
          if (restart) {
            raw = 0;
            lost += pending;
            pending = 0;
            // A restart is seen as one at its next reading: make it readable, as a real restart under load is.
            samples.push(sampleAt(i + 1, { [CPU]: raw }));
            return;
          }
          samples.push(sampleAt(i + 1, { [CPU]: unreadable ? null : raw }));
          if (!unreadable) {
            truth += pending;
            pending = 0;
          }
        });
        const { energy, coverage } = fold([packageMeter], samples).summary({ alive: true });
        // A restart near the wrap can look like one wrap: it is accepted only within what the power allows.
        const slack = lost > 0 ? packageMeter.maxPower * trace.length : truth * 1e-4 + 1e-6;
        return (
          energy.value >= truth * (1 - 1e-4) - 1e-6 && energy.value <= truth + slack && coverage <= 1 + 1e-9
        );
      }),
      { numRuns: 300 },
    );
  });

  it("two runs never add up to more than the machine", () => {
    const loads = fc.array(
      fc.record({
        watts: fc.integer({ min: 5, max: 300 }),
        a: fc.integer({ min: 0, max: 50 }),
        b: fc.integer({ min: 0, max: 50 }),
        other: fc.integer({ min: 0, max: 50 }),
      }),
      { minLength: 2, maxLength: 60 },
    );
    fc.assert(
      fc.property(loads, (trace) => {
        let raw = 0;
        const used = { busy: 0, a: 0, b: 0 };
        const series: Record<"a" | "b", SampleRecord[]> = { a: [], b: [] };
        const push = (at: number) => {
          for (const run of ["a", "b"] as const) {
            series[run].push(
              sampleAt(at, { [CPU]: raw }, { cpu: { busy: used.busy / 100, tree: used[run] / 100 } }),
            );
          }
        };
        push(0);
        trace.forEach(({ watts, a, b, other }, i) => {
          raw += watts * 1e6;
          used.a += a;
          used.b += b;
          used.busy += a + b + other;
          push(i + 1);
        });
        const [first, second] = [series.a, series.b].map((samples) =>
          fold([packageMeter], samples).summary({ alive: true }),
        );
        return first!.energy.value + second!.energy.value <= first!.machineEnergy.value * (1 + 1e-9);
      }),
    );
  });
});
