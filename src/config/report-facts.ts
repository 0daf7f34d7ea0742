/** What only people know and documents need: `[report]` of the project file. Nothing here has a default. */

import * as z from "zod/mini";
import { budgetSheetFacts, ecoaFacts, gpaiFacts, ll144Facts, registerFacts } from "./report-facts-by-law.ts";
import { day, factOf, flag, oneOf, positive, table, text, texts } from "./report-facts-kinds.ts";

/** Point and letter of Annex III as written there: "5(b)"; "none". */
const annexIiiError = 'annex-iii must be a point of Annex III with its letter, such as "5(b)", or "none"';
const annexIii = factOf(
  z.optional(
    z
      .string({ error: annexIiiError })
      .check(z.regex(/^(?:none|[1-8](?:\([a-e]\))?)$/, { error: annexIiiError })),
  ),
  { kind: "text", sentence: annexIiiError },
);

/** The free texts of the technical documentation, by the point of Annex IV that they answer. */
export const ANNEX_IV_TEXTS = {
  "earlier-versions": "1(a)",
  interactions: "1(b)",
  "update-requirements": "1(c)",
  "placed-as": "1(d)",
  hardware: "1(e)",
  markings: "1(f)",
  "user-interface": "1(g)",
  instructions: "1(h)",
  "development-steps": "2(a)",
  design: "2(b)",
  "trade-offs": "2(b)",
  architecture: "2(c)",
  data: "2(d)",
  oversight: "2(e)",
  "predetermined-changes": "2(f)",
  testing: "2(g)",
  cybersecurity: "2(h)",
  capabilities: "3",
  "unintended-outcomes": "3",
  "input-data": "3",
  "metric-choice": "4",
  "risk-management": "5",
  changes: "6",
  standards: "7",
  declaration: "8",
  monitoring: "9",
} as const;

const annexIvShape = Object.fromEntries(
  Object.keys(ANNEX_IV_TEXTS).map((key) => [key, text(key, "...")]),
) as Record<keyof typeof ANNEX_IV_TEXTS, ReturnType<typeof text>>;

/** The six conditions of Art. 4a(1), as the record of each answers them. */
export const ART_4A_CONDITIONS = {
  "other-data-insufficient": "4a(1)(a)",
  "re-use-limits": "4a(1)(b)",
  "access-controls": "4a(1)(c)",
  "no-transfer": "4a(1)(d)",
  deletion: "4a(1)(e)",
  necessity: "4a(1)(f)",
} as const;

const art4aShape = Object.fromEntries(
  Object.keys(ART_4A_CONDITIONS).map((key) => [key, text(key, "...")]),
) as Record<keyof typeof ART_4A_CONDITIONS, ReturnType<typeof text>>;

/** Which part of the work a run belongs to. */
export const PHASES = [
  "data-preparation",
  "experiment",
  "training",
  "validation",
  "test",
  "inference",
] as const;
const phasesError = 'phases must be a table such as {"train.py" = "training"}';
export type Phase = (typeof PHASES)[number];

export const reportFacts = z.strictObject(
  {
    organisation: text("organisation", "Example Bank"),
    address: text("address", "Via Roma 1, Turin"),
    contact: text("contact", "model-risk@example.org"),
    responsible: text("responsible", "Ada Lovelace, head of model risk"),
    system: text("system", "credit-scorer"),
    version: text("version", "1.4.0"),
    "intended-purpose": text("intended-purpose", "Ranks applications for consumer credit for a clerk"),
    role: oneOf("role", [
      "provider",
      "deployer",
      "importer",
      "distributor",
      "authorised representative",
      "product manufacturer",
    ]),
    "annex-iii": annexIii,
    "annex-i-product": flag("annex-i-product"),
    "prohibited-practices-checked": text(
      "prohibited-practices-checked",
      "2026-03-02, legal: none of Art. 5 applies",
    ),
    derogation: oneOf("derogation", ["none", "a", "b", "c", "d"]),
    "profiles-persons": flag("profiles-persons"),
    "derogation-assessment": text("derogation-assessment", "..."),
    "harmonised-standards-applied": flag("harmonised-standards-applied"),
    "size-class": oneOf("size-class", ["SME", "small mid-cap", "other"]),
    "general-purpose-model": oneOf("general-purpose-model", ["none", "used", "provided"]),
    jurisdiction: text("jurisdiction", "Italy"),
    decision: text("decision", "whether an application for credit is approved"),
    "decision-maker": text("decision-maker", "a clerk, who sees the score"),
    /** Name of a run, or a pattern as in .gitignore for its script -> its phase. */
    phases: factOf(
      z.optional(
        z.record(z.string(), z.enum(PHASES, { error: `a phase must be one of ${PHASES.join(", ")}` }), {
          error: phasesError,
        }),
      ),
      { kind: "named", choices: PHASES, sentence: phasesError },
    ),
    "annex-iv": table("annex-iv", annexIvShape),
    "art-4a": table("art-4a", {
      "categories-processed": texts("categories-processed", "ethnic origin"),
      ...art4aShape,
    }),
    compute: table("compute", {
      /** Floating-point operations of the training, and how they were found. */
      flop: positive("flop", "floating-point operations of the training"),
      "flop-method": text("flop-method", "6 x parameters x tokens"),
      /** For 6 x P x D of a dense transformer; tokens of all passes together. */
      parameters: positive("parameters", "the model's parameters, such as 7e9"),
      "training-tokens": positive("training-tokens", "tokens of all passes together, such as 2e12"),
      /** For N x L x H x U: one unit's peak, and the part of it that was used. */
      "peak-flops-per-second": positive("peak-flops-per-second", "one unit's peak, such as 989e12"),
      utilisation: positive("utilisation", "the part of the peak that was used, such as 0.4"),
      "peak-memory": text("peak-memory", "14 GiB of 80"),
      storage: text("storage", "120 GB of training data"),
      "inference-benchmark": text(
        "inference-benchmark",
        "5.1e17 FLOP for 100 000 tokens, batch 32, one H100, vLLM",
      ),
      "efficiency-measures": text("efficiency-measures", "early stopping: 40 epochs to 26"),
    }),
    gpai: gpaiFacts,
    ghg: table("ghg", {
      from: day("from"),
      to: day("to"),
      "boundary-approach": oneOf("boundary-approach", [
        "operational control",
        "financial control",
        "equity share",
      ]),
      "reporting-boundary": text("reporting-boundary", "..."),
      "base-year": text("base-year", "2024; recalculated when the boundary changes by more than 5 %"),
      "method-changes": text("method-changes", "none"),
      "biogenic-and-removals": text("biogenic-and-removals", "none"),
      "machines-bought": text("machines-bought", "2 servers, 2.6 t by the maker's data sheet"),
      "use-of-sold-products": text("use-of-sold-products", "none: no model is sold"),
      "upstream-of-energy": text("upstream-of-energy", "0.09 t: 0.021 kg/kWh, national factor of 2025"),
      exclusions: text("exclusions", "notebooks on laptops"),
      verification: text("verification", "none"),
      "credits-memo": text("credits-memo", "none"),
    }),
    /** What `[sci]` does not say: it computes, this describes. */
    "sci-boundary": table("sci-boundary", {
      stages: text("stages", "operation and monitoring"),
      "units-counted": oneOf("units-counted", ["gross", "effective"]),
      included: texts("included", "training on one H100"),
      "left-out": texts("left-out", "clients: not ours to measure"),
      baseline: text("baseline", "version 1.3: 0.42 gCO2e per inference, same method"),
      url: text("url", "https://example.org/scorer"),
    }),
    fairness: table("fairness", {
      "data-source": text("data-source", "applications of 2025"),
      "data-period": text("data-period", "2025"),
      "data-splits": text("data-splits", "1,000 for the test, by month; 12 rows without a label left out"),
      "attributes-obtained": text("attributes-obtained", "self-declared"),
      "legal-basis": text("legal-basis", "..."),
      "attribute-choice": text("attribute-choice", "..."),
      "metric-choice": text("metric-choice", "..."),
      "label-bias": text("label-bias", "..."),
      mitigation: text("mitigation", "none"),
      limits: text("limits", "not tested on applicants under 21"),
      reviewer: text("reviewer", "Grace Hopper, not involved in development"),
      monitoring: text("monitoring", "monthly, by the model risk team"),
    }),
    ll144: ll144Facts,
    ecoa: ecoaFacts,
    "budget-sheet": budgetSheetFacts,
    register: registerFacts,
    "evidence-matrix": table("evidence-matrix", {
      gaps: text("gaps", "MAP 5.2: no engagement with those affected yet; owner: risk; due 2027-03-31"),
      "statement-of-applicability": text("statement-of-applicability", "all controls of Annex A but A.10.4"),
      reviewer: text("reviewer", "Grace Hopper, 2026-11-20"),
    }),
    "model-card": table("model-card", {
      description: text("description", "..."),
      /** The file that is the model, among those that runs wrote. */
      artefact: text("artefact", "model.pkl"),
      license: text("license", "apache-2.0"),
      language: texts("language", "en"),
      datasets: texts("datasets", "german-credit"),
      "base-model": text("base-model", "bert-base-uncased"),
      "pipeline-tag": text("pipeline-tag", "tabular-classification"),
      "library-name": text("library-name", "sklearn"),
      tags: texts("tags", "credit"),
      "training-type": oneOf("training-type", ["pre-training", "fine-tuning"]),
      "geographical-location": text("geographical-location", "Turin, Italy"),
      "cloud-provider": text("cloud-provider", "own server"),
      "direct-use": text("direct-use", "..."),
      "downstream-use": text("downstream-use", "..."),
      "out-of-scope-use": text("out-of-scope-use", "..."),
      approach: oneOf("approach", [
        "supervised",
        "unsupervised",
        "reinforcement-learning",
        "self-supervised",
        "semi-supervised",
      ]),
      "architecture-family": text("architecture-family", "gradient-boosting"),
      architecture: text("architecture", "XGBoost, 400 trees"),
      limitations: texts("limitations", "not tested on applicants under 21"),
      users: texts("users", "credit clerks"),
      /** Version of CycloneDX that the ML-BOM is written in. */
      cyclonedx: oneOf("cyclonedx", ["1.6", "1.7"]),
    }),
  },
  { error: "report must be a table of facts" },
);

export type ReportFacts = z.infer<typeof reportFacts>;
