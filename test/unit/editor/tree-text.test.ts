import { describe, expect, it } from "vitest";
import { energyWithRange, formatElapsed, STATE_ICONS, stateWord } from "../../../src/editor/runs/run-text.ts";
import { describeRun, formatWhen, spellOutRun } from "../../../src/editor/runs/tree-text.ts";
import { untranslated as t } from "../../../src/editor/words.ts";
import { RUN_STATES } from "../../../src/energy/run.ts";
import { quantity, sampleRun } from "./sample-run.ts";

const now = new Date(2026, 10, 21, 15, 0).getTime();
const at = (...parts: [number, number, number, number, number]) => new Date(...parts).getTime();

describe("formatWhen", () => {
  it("knows today and yesterday by the calendar, not by 24 hours", () => {
    expect(formatWhen(at(2026, 10, 21, 0, 5), now, t, "en-GB")).toBe("00:05");
    expect(formatWhen(at(2026, 10, 20, 23, 55), now, t, "en-GB")).toBe("yesterday 23:55");
  });

  it("names the year only when it is another one", () => {
    expect(formatWhen(at(2026, 10, 3, 9, 0), now, t, "en-GB")).toBe("3 Nov");
    expect(formatWhen(at(2025, 10, 3, 9, 0), now, t, "en-GB")).toBe("3 Nov 2025");
  });
});

describe("a run in the tree", () => {
  const started = sampleRun({ startedAt: at(2026, 10, 3, 9, 0) });

  it("is described by energy, carbon and when", () => {
    expect(describeRun(started, now, t)).toMatch(/^13\.2 Wh · 5\.60 g · /);
    expect(describeRun({ ...started, grid: undefined }, now, t)).not.toContain(" g ");
  });

  it("is spelt out with state, range, method and what is not measured", () => {
    const failed = { ...started, state: "failed" as const, exitCode: 3 };
    const text = spellOutRun(failed, now, t);
    expect(text).toContain("train.py: failed, exit code 3");
    expect(text).toContain("energy 13.2 Wh (13.0 to 13.4 Wh), measured");
    expect(text).toContain("Germany");
    expect(text).toContain("not measured: disk, network, display");
  });

  it("has an icon and a word for each state", () => {
    for (const state of RUN_STATES) {
      expect(STATE_ICONS[state]).toMatch(/^[a-z-]+$/);
      expect(stateWord(state, t)).toBe(state);
    }
  });
});

describe("the shared words", () => {
  it("say durations", () => {
    expect(formatElapsed(4.24, t)).toBe("4.2 s");
    expect(formatElapsed(95, t)).toBe("95 s");
    expect(formatElapsed(2_460, t)).toBe("41 min");
    expect(formatElapsed(11_100, t)).toBe("3 h 5 min");
  });

  it("say an energy with range, method and instrument", () => {
    expect(energyWithRange(quantity("J", 47_520, "modelled"), t)).toBe(
      "≈13 Wh (9.2 to 17 Wh), modelled: CPU load model",
    );
  });
});
