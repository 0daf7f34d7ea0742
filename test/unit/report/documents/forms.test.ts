import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { AuditBody } from "../../../../src/ledger/entries/audit.ts";
import type { BenchBody } from "../../../../src/ledger/entries/bench.ts";
import { composeDocument } from "../../../../src/report/compose-document.ts";
import { documentNamed } from "../../../../src/report/documents/index.ts";
import type { Evidence } from "../../../../src/report/evidence.ts";
import { documentMarkdown } from "../../../../src/report/render/document-markdown.ts";
import { AUDIT, FACTS_TOML, factsOf, fullEvidence, hashOf } from "./evidence.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const written = (id: string, evidence: Evidence, toml = FACTS_TOML) =>
  documentMarkdown(composeDocument(documentNamed(id)!, evidence, factsOf(toml), sha256).content).replaceAll(
    "\\",
    "",
  );

const quantity = (value: number, unit: string) => ({
  ...{ value, low: value * 0.9, high: value * 1.1, unit, method: "measured" as const },
  ...{ instrument: "NVML energy counter", covers: ["GPU 0"], basis: "all of it measured" },
});

const BENCH: BenchBody = {
  ...{ run: "01BENCH", entry: hashOf(1), name: "serve", unit: "requests", counted: { by: "load" } },
  warmUp: { seconds: 1, units: 10, chosen: "given" },
  steady: { seconds: 60, units: 6000, pieces: 12, method: "steady" },
  energyPer1000: quantity(7200, "J"),
  footprintPer1000: quantity(0.8, "gCO2e"),
  ...{ pue: 1.2, throughput: { value: 100, low: 98, high: 102, method: "steady" } },
  latency: { p50: 0.009, p95: 0.021, p99: 0.04, count: 6000, method: "all" },
  peakMemory: { bytes: 2 ** 30, method: "sampled" },
  fairwatt: "0.1.0",
};

const TESTED: AuditBody = {
  ...AUDIT,
  settings: { ...AUDIT.settings, power: 0.8, alpha: 0.05, tolerance: 0.1 },
  columns: { label: "y", prediction: "p's", score: "s", sensitive: ["sex"] },
  quality: [
    {
      ...{ measure: "accuracy", value: 0.812, low: 0.79, high: 0.832, method: "Wilson" },
      worst: { by: ["sex"], group: "female", value: 0.771, low: 0.74, high: 0.799, method: "Wilson" },
    },
    { measure: "precision", value: 0.7, low: 0.68, high: 0.72, method: "Wilson", worstLeftOut: true },
  ],
  inequality: { theil: 0.123, convention: "benefits" },
  groups: {
    ...{ below: 10, rounded: false },
    tables: [
      {
        ...{
          by: ["sex"],
          method: "Wilson",
          reference: "male",
          tests: "two-proportion z",
          withheld: 0,
          beyond: 0,
        },
        groups: [
          {
            ...{ group: "male", rows: 1200 },
            rates: [
              { measure: "selection_rate", value: 0.4, low: 0.37, high: 0.43 },
              { measure: "roc_auc", value: 0.71, low: 0.69, high: 0.73 },
              { measure: "calibration_error", value: 0.02, low: null, high: null },
            ],
          },
          {
            ...{ group: "female", rows: 800 },
            rates: [
              {
                ...{ measure: "selection_rate", value: 0.3, low: 0.26, high: 0.32 },
                against: { p: 0.0004, verdict: "outside the limit", detectable: 0.063 },
              },
              { measure: "roc_auc", value: 0.66, low: 0.63, high: 0.69 },
              { measure: "calibration_error", value: 0.05, low: null, high: null },
            ],
          },
        ],
      },
    ],
  },
};

describe("what the forms ask for and the ledger knows", () => {
  it("is in the fairness audit: ratios, ranking, calibration, tests with what they could see, and how to get the rest", async () => {
    const evidence = await fullEvidence();
    const text = written("fairness-audit", {
      ...evidence,
      audits: [{ ...evidence.audits[0]!, body: TESTED }],
    });
    expect(text).toContain("| female | 800 | 0.750 | 0.300 (0.260 to 0.320) |");
    expect(text).toContain("| female | 0.660 (0.630 to 0.690) | 0.050 |");
    expect(text).toContain("area under ROC 0.050, calibration error (ECE) 0.030.");
    expect(text).toContain(
      "| female | selection rate | < 0.001 | outside the limit | 0.063 |".replace("<", "<"),
    );
    expect(text).toMatch(/against male: two-proportion z; p after Holm.*power of 0.8 and p below 0.05/);
    expect(text).toContain("Theil index of all rows");
    expect(text).toContain("fairwatt audit scored.csv --task binary --label y --prediction 'p'''s'");
    expect(text).toContain("--causes --no-ledger --format html");
  });

  it("is quality with the worst group in the register, Annex IV and the model card; one that is left out is said to be", async () => {
    const evidence = await fullEvidence();
    const audits = [{ ...evidence.audits[0]!, body: TESTED }];
    for (const id of ["register", "annex-iv", "model-card"]) {
      const text = written(id, { ...evidence, audits });
      expect(text).toContain(
        "accuracy 0.812 (0.790 to 0.832), worst group sex = female: 0.771 (0.740 to 0.799)",
      );
      expect(text).toContain("precision 0.700 (0.680 to 0.720), worst group left out");
    }
  });

  it("is measured inference in the statement on resources and the form for general-purpose models", async () => {
    const evidence = {
      ...(await fullEvidence()),
      benches: [{ hash: hashOf(9), time: "2024-11-21T20:00:00Z", body: BENCH }],
    };
    const per =
      "serve: IT energy 0.0020 kWh (0.0018 to 0.0022 kWh), measured; CO2e, location-based, 800 mg (720 to 880 mg) per 1,000 requests";
    const statement = written("ai-act-compute", evidence);
    expect(statement).toContain(per);
    expect(statement).toContain(
      "latency p50 9.00 ms, p95 21.0 ms; peak memory 1020 MiB".replace("1020", "1020"),
    );
    expect(written("gpai-compute", evidence)).toContain(per);
  });

  it("is the computation of a training both ways, with what lies between them", async () => {
    const text = written(
      "gpai-compute",
      await fullEvidence(),
      `${FACTS_TOML.replace("[report.compute]", "[report.compute]\nflop = 4e22\nparameters = 7e9\ntraining-tokens = 2e12")}\n[report.gpai]\nrelease-date = "2026-01-31"\noriginal-flop = 1e23\n`,
    );
    expect(text).toContain("≈8.4e+22 FLOP, estimated: P 7.0e+9 parameters, D 2.0e+12 tokens");
    expect(text).toContain("1e22 FLOP");
    expect(text).toContain("0.400 of the 1.0e+23 FLOP of the original, as stated: above a third");
    expect(text).toMatch(/the largest is \S+ % above the smallest: more than the 30 %/);
  });

  it("is energy in MWh for ESRS, and of the facility for each run", async () => {
    const text = written("ghg", await fullEvidence());
    expect(text).toMatch(/The same, as ESRS asks for it \| ESRS E1-5[^|]*\|[^|]* MWh/);
    expect(text).toContain("Facility energy, range");
    expect(text).toContain("Scope 3 category 11");
  });

  it("is each coefficient of SCI with how it is known", async () => {
    expect(written("sci", await fullEvidence())).toMatch(
      /\| E \| [^|]*kWh[^|]* \| (?:measured|modelled|estimated) \|/,
    );
  });
});
