/** Evidence and facts for documents: nothing, what a project has, and what somebody who means harm would write. */

import { loadEmbodied } from "../../../../src/carbon/accounting/embodied.node.ts";
import { parseProject } from "../../../../src/config/parse.ts";
import { FACT_FIELDS, type FactField } from "../../../../src/config/report-facts-fields.ts";
import type { ReasonsBody } from "../../../../src/ledger/entries/reasons.ts";
import type { AuditBody, RunBody } from "../../../../src/ledger/entry.ts";
import { runBodyFrom } from "../../../../src/ledger/run-body.ts";
import type { Facts } from "../../../../src/report/documents/document.ts";
import type { Evidence } from "../../../../src/report/evidence.ts";
import { fixtureRun, LONG, SHORT } from "../../cli/fixture-runs.ts";

export const hashOf = (index: number): string => index.toString(16).padStart(64, "0");

export const EMPTY: Evidence = {
  project: "empty",
  runs: [],
  audits: [],
  benches: [],
  models: [],
  reasons: [],
  reports: [],
  approvals: [],
  embodied: loadEmbodied(),
  unsound: 0,
  corrected: 0,
};
export const NO_FACTS: Facts = { pue: 1 };

export const FACTS_TOML = `
zone = "DE"
pue = 1.2
[hosting]
kind = "own"
wue = 0.4
[sci]
persona = "consumer"
unit = "inference"
units = 20000
[budget]
period = "year"
[budget.envelope]
base-kg = 1000000
base-year = 2020
yearly-reduction = 0.042
ai-share = 0.05
project-share = 0.1
[report]
organisation = "Example Bank"
contact = "model-risk@example.org"
responsible = "Ada Lovelace, head of model risk"
system = "credit-scorer"
version = "1.4.0"
intended-purpose = "Ranks applications for consumer credit for a clerk"
role = "provider"
annex-iii = "5(b)"
annex-i-product = false
prohibited-practices-checked = "2026-03-02: none of Art. 5 applies"
derogation = "none"
size-class = "SME"
general-purpose-model = "none"
decision = "whether an application for credit is approved"
[report.phases]
"train.py" = "training"
[report.compute]
peak-flops-per-second = 989e12
utilisation = 0.4
[report.annex-iv]
design = "Gradient boosting on 20 features; log loss"
[report.ghg]
from = "2024-01-01"
to = "2024-12-31"
boundary-approach = "operational control"
[report.ll144]
tool = "Resume ranker 2.1"
sex = "sex"
race-ethnicity = "race"
data-type = "historical"
[report.register]
id = "AI-017"
owner = "credit risk department"
status = "in use"
us-rules = ["NYC Local Law 144", "Colorado"]
review-months = 12
next-review = "2025-01-31"
[report.budget-sheet]
target = "scope 1 and 2: 42 % below 2020 by 2030"
[report.ecoa]
creditor = "Example Bank, 1 Main Street, Springfield"
agency = "Bureau of Consumer Financial Protection, 1700 G Street NW, Washington DC 20552"
action = "application denied"
route = "right to reasons"
reasons-contact = "Credit Desk, +1 555 0100"
higher-means = "approval"
notice-as-of = "2026-11-01"
form = "C-1"
[report.ecoa.reasons]
utilization = "Balances are high compared with credit limits"
[report.model-card]
license = "apache-2.0"
language = ["en"]
pipeline-tag = "tabular-classification"
approach = "supervised"
architecture-family = "gradient-boosting"
limitations = ["Not tested on applicants under 21"]
`;

/** Facts as a project file gives them; a problem in it fails the test. */
export function factsOf(toml: string): Facts {
  const { config, problems } = parseProject(toml, "fairwatt.toml");
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join("\n"));
  return config;
}

export async function runBody(id: string, changes: Partial<RunBody> = {}): Promise<RunBody> {
  const body = runBodyFrom(await fixtureRun(id), {
    cwd: ".",
    artefacts: [{ path: "model.pkl", bytes: 1000, sha256: hashOf(0xabc) }],
    journals: {},
    author: "Ada Lovelace <ada@example.org>",
    notices: [],
    fairwatt: "0.1.0",
  });
  return { ...body, ...changes };
}

const estimate = (value: number, low: number, high: number) => ({ value, low, high, method: "Wilson, 95 %" });

export const AUDIT: AuditBody = {
  file: "scored.csv",
  sha256: hashOf(0xdef),
  bytes: 12_345,
  rows: 2000,
  columns: { label: "y", prediction: "predicted", sensitive: ["sex"] },
  task: "binary",
  positive: "1",
  favourable: "positive",
  settings: { level: 0.95, seed: 1, replicates: 1000 },
  measures: [
    {
      by: ["sex"],
      measure: "demographic_parity",
      convention: "largest minus smallest",
      difference: estimate(0.11, 0.07, 0.15),
      ratio: estimate(0.74, 0.69, 0.79),
    },
    {
      by: ["sex"],
      measure: "equal_opportunity",
      convention: "largest minus smallest",
      difference: estimate(0.04, 0.01, 0.07),
      ratio: estimate(0.95, 0.91, 0.99),
    },
  ],
  groups: {
    below: 10,
    rounded: true,
    tables: [
      {
        by: ["sex"],
        method: "Wilson score",
        groups: [
          {
            group: "male",
            rows: 1200,
            rates: [
              { measure: "selection_rate", value: 0.4, low: 0.372, high: 0.428 },
              { measure: "accuracy", value: null, low: null, high: null, leftOut: true },
            ],
          },
          {
            group: "female",
            rows: 800,
            rates: [
              { measure: "selection_rate", value: 0.29, low: 0.26, high: 0.322 },
              { measure: "accuracy", value: 0.8, low: 0.771, high: 0.826, small: true },
            ],
          },
        ],
        withheld: 2,
        beyond: 3,
      },
    ],
  },
  limits: [{ limit: "demographic_parity <= 0.1", by: ["sex"], broken: true, finding: "0.11 is above 0.1" }],
  limitsSet: {
    by: "project file",
    file: "fairwatt.toml",
    state: "committed",
    commit: "3f2c1ab09d1e4c58a7b6f0e2d4c6a8b0c2e4f6a8",
    time: "2024-11-20T10:00:00Z",
    tested: { what: "table", time: "2024-11-21T19:00:00Z" },
    before: true,
  },
  ll144: {
    measure: "selection",
    applicants: 2000,
    below: 10,
    rounded: true,
    tables: [
      {
        by: "sex",
        unknown: null,
        rows: [
          {
            category: "Male",
            applicants: 1200,
            selected: 480,
            rate: 0.4,
            ratio: 1,
            ratioWithoutSmall: 1,
            small: false,
          },
          {
            category: "Female",
            applicants: null,
            selected: null,
            rate: null,
            ratio: null,
            ratioWithoutSmall: null,
            small: true,
          },
        ],
      },
    ],
  },
  fairwatt: "0.1.0",
};

export const REASONS: ReasonsBody = {
  file: "shap.csv",
  sha256: hashOf(0xfed),
  bytes: 4321,
  rows: 400,
  adverse: 120,
  method: "contributions of the table",
  reference: "mean contribution of the approved applicants of the table",
  model: "scorer.joblib",
  higherMeans: "approval",
  most: 4,
  features: [
    { feature: "utilization", text: "Balances are high compared with credit limits", share: 0.81 },
    { feature: "inquiries", share: null },
  ],
  coverage: { mean: 0.93, lowest: 0.71 },
  checks: [
    {
      check: "every principal reason has a text of its own",
      state: "found",
      finding: "no text in [report.ecoa.reasons] for: inquiries",
    },
  ],
  fairwatt: "0.1.0",
};

export async function fullEvidence(): Promise<Evidence> {
  const [long, short] = [await runBody(LONG), await runBody(SHORT)];
  return {
    ...EMPTY,
    project: "credit",
    runs: [
      { hash: hashOf(1), time: "2024-11-21T19:10:00.000Z", body: long },
      { hash: hashOf(2), time: "2024-11-21T19:20:00.000Z", body: short },
    ],
    audits: [{ hash: hashOf(3), time: "2024-11-21T19:30:00.000Z", body: AUDIT }],
    reasons: [{ hash: hashOf(4), time: "2024-11-21T19:40:00.000Z", body: REASONS }],
  };
}

export const HOSTILE_TEXT =
  '<script>alert(1)</script>"\'&`|*_[x](javascript:alert(1))\n# =HYPERLINK("http://x") ../../etc/passwd \u202e\u0000\u001b[31m ]]> %s \\input{x} --- carbon neutral, compliant with the EU AI Act 汉字 😀';

/** Every text that a person or a program can set is hostile. */
export async function hostileEvidence(): Promise<Evidence> {
  const full = await fullEvidence();
  return {
    ...full,
    ...(poisoned({
      project: full.project,
      audits: full.audits,
      runs: full.runs,
      reasons: full.reasons,
    }) as Evidence),
    unsound: 2,
  };
}

/** Every fact of [report] that is a text is hostile; the others are what the project says, or anything that can be. */
export const hostileFacts = (): Facts => {
  const facts = factsOf(FACTS_TOML);
  const report: Record<string, unknown> = {};
  for (const field of FACT_FIELDS) {
    const [first, second] = field.path;
    if (second !== undefined) report[first!] ??= {};
    const table = second === undefined ? report : (report[first!] as Record<string, unknown>);
    const said = field.path.reduce<unknown>(
      (value, key) => (value as Record<string, unknown> | undefined)?.[key],
      facts.report,
    );
    table[second ?? first!] = hostileFact(field, said);
  }
  return {
    ...facts,
    "intended-use": HOSTILE_TEXT,
    ...(facts.budget && { budget: { ...facts.budget, "approved-by": HOSTILE_TEXT } }),
    report: report as Facts["report"],
  };
};

function hostileFact({ kind, choices, path }: FactField, said: unknown): unknown {
  if (path.join() === "annex-iii") return said;
  switch (kind) {
    case "text":
      return HOSTILE_TEXT;
    case "texts":
      return [HOSTILE_TEXT];
    case "named":
      return { [HOSTILE_TEXT]: choices?.[0] ?? HOSTILE_TEXT };
    case "choice":
      return said ?? choices?.[0];
    case "choices":
      return said ?? choices;
    case "flag":
      return said ?? true;
    case "day":
      return said ?? "2026-01-31";
    case "number":
      return said ?? 1;
  }
}

const KEPT =
  /^(?:hash|time|run|state|startedAt|endedAt|unit|method|sha256|commit|tested|from|to|annex-iii|role|task|favourable|persona|boundary-approach|size-class|general-purpose-model|derogation|approach|training-type|phases|what|by|higherMeans|higher-means|route|form|notice-as-of|status|us-rules|next-review|as-of|measure|data-type)$/;

function poisoned(value: unknown, key = ""): unknown {
  if (KEPT.test(key)) return value;
  if (typeof value === "string") return HOSTILE_TEXT;
  if (Array.isArray(value)) return value.map((item) => poisoned(item));
  if (typeof value === "object" && value !== null)
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, poisoned(item, name)]));
  return value;
}
