import { describe, expect, it } from "vitest";
import { FAIRLEARN } from "../../../../src/fairness/conventions/fairlearn.ts";
import type { EngineReport } from "../../../../src/fairness/libraries/agreement.ts";
import type { ComparedValue } from "../../../../src/fairness/libraries/compare.ts";
import { engineBlocks } from "../../../../src/report/documents/audit-engine-blocks.ts";
import { blockMarkdown } from "../../../../src/report/render/blocks-markdown.ts";

const same = (name: string, value: number): ComparedValue => ({
  name,
  library: value,
  native: value,
  difference: 0,
  agrees: true,
});

const report = (values: ComparedValue[]): EngineReport => ({
  library: "fairlearn",
  title: "Fairlearn",
  adapter: {
    library: "fairlearn",
    version: "0.14.0",
    python: "3.12.4",
    executable: "/home/me/.venv/bin/python",
    dependencies: { pandas: "2.2.3", numpy: "2.1.0" },
  },
  interpreterFrom: ".venv in /home/me",
  milliseconds: 812,
  status: "ok",
  reason: null,
  views: [{ by: ["sex", "age"], view: "fairlearn", convention: FAIRLEARN, values }],
  warnings: ["pandas is newer than the library was tried with"],
});

const markdown = (engine: EngineReport, leftOut = false) =>
  engineBlocks(engine, leftOut).map(blockMarkdown).join("\n");

describe("a library's numbers in a document", () => {
  it("stand beside ours with their difference, the versions and how the library defines them", () => {
    const engine = report([same("demographic_parity_difference[between_groups]", 0.03048179870303)]);
    const text = markdown(engine);
    expect(text).toContain("## Fairlearn 0.14.0, its own numbers beside Fairwatt's");
    expect(text).toContain(
      "1 of 1 numbers are the same to 1e-9. Computed by Fairlearn 0.14.0 in Python 3.12.4",
    );
    expect(text).toContain("pandas 2.2.3, numpy 2.1.0");
    expect(text).toMatch(
      /demographic\\?_parity\\?_difference\\?\[between\\?_groups\\?\] \| 0\.030482 \| 0\.030482 \| 0 \|/,
    );
    expect(text).toContain(`Zero denominators: ${FAIRLEARN.zeroDenominators}`);
    expect(text).toContain("pandas is newer");
    expect(text).not.toContain("/home/me");
  });

  it("lists those of single groups only where they differ, and counts the others", () => {
    const wrong = {
      ...same("selection_rate by_group[f]", 0.5),
      native: 0.25,
      difference: 0.25,
      agrees: false,
    };
    const text = markdown(report([same("selection_rate by_group[m]", 0.5), wrong]));
    expect(text).toContain("2 more, of single groups and metrics: 1 differ and are listed");
    expect(text).toContain("2.50e-1");
    expect(text).not.toMatch(/by.?_group.?\[m/);
  });

  it("are left out with the groups that are too small to be passed on", () => {
    const text = markdown(report([same("demographic_parity_ratio[between_groups]", 0.123456)]), true);
    expect(text).not.toContain("0.123");
    expect(text).toContain("left out, as some groups are too small");
    expect(text).toContain("1 of 1 numbers are the same");
  });
});
