import { describe, expect, it } from "vitest";
import { accountEpochs } from "../../../src/energy/epochs.ts";
import { readRun } from "../../../src/energy/read-run.node.ts";
import { type RunReportInput, runReport } from "../../../src/report/documents/run-report.ts";
import { escapeHtml, html, raw } from "../../../src/report/render/html.ts";
import { HOSTILE, LONG, runDirectory, SHORT } from "../cli/fixture-runs.ts";

async function inputOf(id: string): Promise<RunReportInput> {
  const { summary, fold } = await readRun(runDirectory(id));
  return {
    run: summary,
    chartSeries: fold.series({ maxPoints: 600 }),
    journals: { "lab-1.4242.jsonl": "a".repeat(64) },
  };
}

/** Tags and attributes only, as a browser would find them. */
const tagsIn = (markup: string) => [...markup.matchAll(/<(\w+)/g)].map((match) => match[1]);

describe("escaping", () => {
  it("makes text of all that is filled in", () => {
    expect(html`<p title="${`"><script>'&`}">${["<b>", 1, null, false]}${raw("<i></i>")}</p>`.markup).toBe(
      '<p title="&quot;&gt;&lt;script&gt;&#39;&amp;">&lt;b&gt;1<i></i></p>',
    );
    expect(escapeHtml("\x1b[31m\u202e")).toBe("\\u001b[31m\\u202e");
  });
});

describe("run report", () => {
  it("keeps hostile names and paths out of its markup", async () => {
    const markup = runReport(await inputOf(HOSTILE));
    expect(tagsIn(markup)).not.toContain("script");
    expect(tagsIn(markup)).not.toContain("img");
    expect(tagsIn(markup)).not.toContain("b");
    expect(markup).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(markup).toContain("default-src 'none'");
  });

  it("is self-contained: no address outside, no script", async () => {
    const markup = runReport(await inputOf(LONG));
    expect(markup.replaceAll("http://www.w3.org/2000/svg", "")).not.toMatch(
      /https?:\/\/|url\((?!#)|<link|<script|\son\w+=/,
    );
  });

  it("has numbers with range and method, gaps, rejected meters and the hashes", async () => {
    const markup = runReport(await inputOf(LONG));
    for (const text of [
      "DRAFT",
      "IT energy of the run",
      "With the facility&#39;s overhead",
      "342 g/kWh, Germany, yearly 2024, Ember, location-based, PUE 1.2",
      "no sample for 7 s",
      "Khan et al. 2018",
      "sudo chmod a+r",
      "psys holds the package as well",
      "git checkout 3f2c1ab09d1e4c58a7b6f0e2d4c6a8b0c2e4f6a8",
      "fairwatt run --interval 1s --zone DE -- python train.py",
      "a".repeat(64),
    ]) {
      expect(markup).toContain(text);
    }
  });

  it("says when a journal is not the one that the ledger entered", async () => {
    const input = await inputOf(SHORT);
    const body = {
      journals: { "lab-1.4242.jsonl": "b".repeat(64), "gone.jsonl": "c".repeat(64) },
      artefacts: [],
    };
    const markup = runReport({ ...input, entry: { hash: "d".repeat(64), body: body as never } });
    expect(markup).toContain("CHANGED since it was entered");
    expect(markup).toContain("named in the ledger, and missing");
  });

  it("stands without meters, marks, git, hardware and zone", async () => {
    const input = await inputOf(HOSTILE);
    const empty = { t: [], watts: [], energy: [] };
    const nothing = { value: 0, low: 0, high: 0 };
    const run = {
      ...input.run,
      meters: [],
      marks: [],
      git: undefined,
      hardware: undefined,
      coverage: 0,
      energy: { ...input.run.energy, ...nothing },
    };
    const markup = runReport({ ...input, run, chartSeries: empty });
    expect(markup).toContain("No interval of this run was metered.");
    expect(markup).not.toMatch(/NaN|undefined|Infinity/);
  });

  it("draws numbers only", async () => {
    for (const id of [LONG, SHORT, HOSTILE])
      expect(runReport(await inputOf(id))).not.toMatch(/NaN|undefined|Infinity/);
  });
});

describe("energy per epoch", () => {
  it("adds up to the energy between the first and the last mark", async () => {
    const { run } = await inputOf(LONG);
    const { epochs, outside } = accountEpochs(run);
    expect(epochs).toHaveLength(10);
    const sum = epochs.reduce((total, { energy }) => total + energy.value, 0);
    expect(sum + outside.value).toBeCloseTo(run.energy.value, 6);
    expect(outside.value).toBeGreaterThan(0);
    expect(epochs.filter(({ hasGap }) => hasGap).map(({ index }) => index)).toEqual([6, 7]);
    expect(epochs[0]!.metrics).toHaveProperty("loss");
  });
});
