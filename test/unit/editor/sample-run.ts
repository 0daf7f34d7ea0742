import type { RunSummary } from "../../../src/energy/run.ts";
import type { Method, Quantity, Unit } from "../../../src/quantity.ts";

export function quantity<U extends Unit>(unit: U, value: number, method: Method = "measured"): Quantity<U> {
  const spread = method === "measured" ? 0.015 : 0.3;
  return {
    value,
    unit,
    method,
    instrument: method === "measured" ? "RAPL package (powercap)" : "CPU load model",
    covers: ["CPU package 0"],
    low: value * (1 - spread),
    high: value * (1 + spread),
    basis: "test",
  };
}

export const NOW = Date.UTC(2026, 10, 21, 12, 0, 0);

/** A live, measured run of 13.2 Wh in Germany; `change` overrides. */
export function sampleRun(change: Partial<RunSummary> = {}, method: Method = "measured"): RunSummary {
  const energy = quantity("J", 47_520, method);
  return {
    v: 1,
    id: "01JD7Q0000000000000000000A",
    name: "train.py",
    argv: ["python", "train.py"],
    cwd: "/project",
    folder: "/project",
    host: "box",
    state: "running",
    exitCode: null,
    signal: null,
    startedAt: NOW - 751_000,
    endedAt: null,
    duration: 751,
    interval: 1,
    pid: 4711,
    commandPid: 4712,
    energy,
    machineEnergy: energy,
    power: quantity("W", 212, method),
    meters: [
      {
        meter: {
          id: "powercap:intel-rapl:0",
          component: "cpu",
          label: "CPU package 0",
          kind: "counter",
          method,
          instrument: energy.instrument,
          unit: 1e-6,
          maxPower: 500,
          error: 0.015,
          errorSource: "test",
          attribution: "cpu-time",
          counted: true,
        },
        run: energy,
        machine: energy,
        power: 212,
        seconds: 751,
        share: "share of busy CPU time",
      },
    ],
    uncounted: [],
    rejected: [],
    notCovered: ["disk", "network", "display"],
    coverage: 1,
    gaps: [],
    marks: [],
    grid: {
      zone: "DE",
      name: "Germany",
      gramsPerKwh: 342.06,
      low: 342.06,
      high: 342.06,
      year: 2024,
      source: "Ember",
      chosenBy: "fairwatt.toml",
    },
    pue: 1.24,
    notices: [],
    sparkline: [],
    ...change,
  };
}
