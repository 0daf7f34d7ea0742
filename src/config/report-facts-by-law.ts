/** Facts that single laws and sheets ask for: tables of `[report]`. */

import {
  day,
  flag,
  named,
  namedOf,
  oneOf,
  positive,
  someOf,
  table,
  text,
  texts,
} from "./report-facts-kinds.ts";

/** The categories of race and ethnicity of the EEO-1 report, as 6 RCNY 5-301 has them; the last six are not Hispanic or Latino. */
export const RACES = [
  "Hispanic or Latino",
  "White",
  "Black or African American",
  "Native Hawaiian or Pacific Islander",
  "Asian",
  "Native American or Alaska Native",
  "Two or More Races",
] as const;
export const SEXES = ["Male", "Female"] as const;
const categoriesError = `categories must be a table such as {m = "Male", b = "Black or African American"}; categories are ${[...SEXES, ...RACES].join(", ")}`;

/** Rules of the United States that a system may be under. */
export const US_RULES = ["Regulation B", "NYC Local Law 144", "Colorado", "Illinois", "California"] as const;

/** NYC Local Law 144: which columns hold the categories, and what an audit's summary says beside its tables. */
export const ll144Facts = table("ll144", {
  tool: text("tool", "Resume ranker 2.1"),
  "distribution-date": day("distribution-date"),
  "audit-date": day("audit-date"),
  auditor: text("auditor", "Example Auditors LLC"),
  independence: text("independence", "not involved in using, developing or distributing the tool; ..."),
  /** Columns of audited tables. */
  sex: text("sex", "sex"),
  "race-ethnicity": text("race-ethnicity", "race"),
  /** What the table writes -> the category that it means; other values are of unknown category. */
  categories: namedOf([...SEXES, ...RACES], categoriesError),
  /** Whether people are selected, or get a score. */
  measure: oneOf("measure", ["selection", "score"]),
  "data-type": oneOf("data-type", ["historical", "test"]),
  "data-explanation": text("data-explanation", "applications of 2025 to all offices in New York City"),
  "test-data-reason": text("test-data-reason", "the tool was not used before"),
  "exclusion-justification": text("exclusion-justification", "fewer than 2 % of the applicants"),
  "candidate-notice": text("candidate-notice", "sent with the invitation, 15 business days before use"),
  "data-policy": text("data-policy", "https://example.org/aedt-data"),
});

/** Head of the Model Documentation Form for general-purpose models. */
export const gpaiFacts = table("gpai", {
  "release-date": day("release-date"),
  "union-release-date": day("union-release-date"),
  dependencies: text("dependencies", "fine-tuned from example-org/base-7b"),
  /** Of the model that was modified. */
  "original-flop": positive("original-flop", "training compute of the model that was modified, in FLOP"),
});

/** Adverse-action notices of Regulation B. */
export const ecoaFacts = table("ecoa", {
  creditor: text("creditor", "Example Bank, 1 Main Street, Springfield"),
  agency: text("agency", "Bureau of Consumer Financial Protection, 1700 G Street NW, Washington DC 20552"),
  action: text("action", "application denied"),
  route: oneOf("route", ["reasons in the notice", "right to reasons"]),
  "reasons-contact": text("reasons-contact", "Credit Desk, +1 555 0100"),
  /** In place of the wording of 12 CFR 1002.9(b)(1). */
  notice: text("notice", "The Federal Equal Credit Opportunity Act prohibits ..."),
  "notice-as-of": day("notice-as-of"),
  /** Of the model's score, and so of contributions to it. */
  "higher-means": oneOf("higher-means", ["approval", "denial"]),
  method: text("method", "contributions to the log odds, furthest below the mean of approved applicants"),
  "reference-population": text("reference-population", "applicants who were approved in 2025"),
  "model-version": text("model-version", "credit-scorer 1.4.0"),
  /** Feature of the model -> what the consumer reads. */
  reasons: named("reasons", '{utilization = "Balances are high compared with credit limits"}'),
  "reasons-approved-by": text("reasons-approved-by", "Grace Hopper, compliance, 2026-11-20"),
  /** Features that are, or stand for, a prohibited basis, beside those whose names say so. */
  "prohibited-features": texts("prohibited-features", "zip_code"),
  "consumer-report": text("consumer-report", "none was used"),
  form: oneOf("form", ["C-1", "C-2", "C-3", "C-4", "none"]),
  "form-changes": text("form-changes", "reason 3 of the sample form was replaced"),
  "business-credit": flag("business-credit"),
  "state-law": text("state-law", "Colorado: notice of C.R.S. 6-1-1704 is sent with it"),
});

/** The organisation's target that `[budget]` is derived from. */
export const budgetSheetFacts = table("budget-sheet", {
  target: text("target", "scope 1 and 2: 42 % below 2020 by 2030"),
  scopes: text("scopes", "scope 2"),
  "target-status": text("target-status", "validated; on the target dashboard as of 2026-11-01"),
  criteria: text("criteria", "near-term criteria V5"),
  "ai-share-approved-by": text("ai-share-approved-by", "Ada Lovelace, head of sustainability, 2026-01-15"),
  "allocation-key": text("allocation-key", "energy of the last year"),
  "allocation-approved-by": text("allocation-approved-by", "Ada Lovelace, 2026-01-15"),
});

/** The system's row in the register of a governing body. */
export const registerFacts = table("register", {
  id: text("id", "AI-017"),
  "trade-name": text("trade-name", "Example Credit Score"),
  owner: text("owner", "credit risk department"),
  executive: text("executive", "Ada Lovelace, chief risk officer"),
  provider: text("provider", "Example Bank, Via Roma 1, Turin, model-risk@example.org"),
  "authorised-representative": text("authorised-representative", "none: established in the Union"),
  submitter: text("submitter", "Grace Hopper, compliance"),
  "operating-logic": text("operating-logic", "gradient boosting on 20 features of the application"),
  status: oneOf("status", ["in development", "on the market", "in use", "withdrawn", "recalled"]),
  "placed-on-market": day("placed-on-market"),
  certificate: text("certificate", "none: internal control"),
  "declaration-of-conformity": text("declaration-of-conformity", "not yet"),
  "eu-database-id": text("eu-database-id", "not yet"),
  "member-states": texts("member-states", "IT"),
  "instructions-url": text("instructions-url", "https://example.org/scorer/instructions"),
  "us-rules": someOf("us-rules", US_RULES),
  "impact-assessments": text("impact-assessments", "FRIA 2026-05-01; DPIA 2026-04-12"),
  incidents: text("incidents", "none"),
  "open-risks": text("open-risks", "high: 0; medium: 2 (R-4, R-7)"),
  "last-review": day("last-review"),
  "next-review": day("next-review"),
  /** Evidence older than this many months is stale. */
  "review-months": positive("review-months", "months after which evidence is stale, such as 12"),
  decommissioning: text("decommissioning", "none planned"),
  retention: text("retention", "logs 6 months, documentation 10 years"),
  /** The day that the register is of; else that of the newest evidence. */
  "as-of": day("as-of"),
});
