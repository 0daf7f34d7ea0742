/** What of the kinds of evidence that frameworks ask for is there, in words. Pure. */

import { type Evidence, newestAudits, type RecordedAudit, type RecordedRun } from "../evidence.ts";
import type { Facts } from "./document.ts";

export interface PresentEvidence {
  words: string;
  /** Day of the newest record; absent for what people stated. */
  newest?: string;
}

type Presence = (evidence: Evidence, facts: Facts) => PresentEvidence | undefined;

const newestOf = (records: readonly { time: string }[]): string =>
  records
    .map(({ time }) => time.slice(0, 10))
    .sort()
    .at(-1)!;

const runsWith =
  (words: string, has: (run: RecordedRun["body"]) => boolean): Presence =>
  ({ runs }) => {
    const fitting = runs.filter(({ body }) => has(body));
    return fitting.length > 0
      ? {
          words: `${words} of ${fitting.length} ${fitting.length === 1 ? "run" : "runs"}`,
          newest: newestOf(fitting),
        }
      : undefined;
  };

const auditsWith =
  (words: string, has: (audit: RecordedAudit["body"]) => boolean = () => true): Presence =>
  (evidence) => {
    const fitting = newestAudits(evidence).filter(({ body }) => has(body));
    return fitting.length > 0
      ? {
          words: `${words} (${fitting
            .map(({ body }) => body.file)
            .slice(0, 3)
            .join(", ")}${fitting.length > 3 ? ` and ${fitting.length - 3} more` : ""})`,
          newest: newestOf(fitting),
        }
      : undefined;
  };

const stated =
  (words: string, fact: (report: NonNullable<Facts["report"]>, facts: Facts) => unknown): Presence =>
  (_evidence, facts) =>
    fact(facts.report ?? {}, facts) === undefined ? undefined : { words: `${words}, as stated` };

/** A document that can be written from what is recorded. */
const document =
  (id: string): Presence =>
  ({ runs, audits }) =>
    runs.length + audits.length > 0
      ? { words: `document ${id}`, newest: newestOf([...runs, ...audits]) }
      : undefined;

const metered = (run: RecordedRun["body"]) => run.meters.length > 0;

const recordsOf =
  (words: string, of: (evidence: Evidence) => readonly { time: string }[]): Presence =>
  (evidence) => {
    const found = of(evidence);
    return found.length > 0 ? { words: `${words}: ${found.length}`, newest: newestOf(found) } : undefined;
  };

/** Kinds that are not here (a scan for proxies, a lock file of the environment ...) are no records of the ledger. */
const KINDS: Record<string, Presence> = {
  run_energy_log: runsWith("energy", metered),
  uncertainty_record: runsWith("ranges of the energy", metered),
  training_time: runsWith("durations", () => true),
  hardware_inventory: runsWith("hardware", (run) => run.hardware !== undefined),
  run_history_git: runsWith("commits", (run) => run.git !== undefined),
  co2e_location_based: runsWith("location-based CO2e", (run) => run.footprint !== undefined),
  fairness_metrics_table: auditsWith("measures between groups"),
  per_group_performance: auditsWith("differences of performance between groups"),
  model_metrics_with_ci: auditsWith("quality with ranges", (audit) => (audit.quality?.length ?? 0) > 0),
  fairness_significance_tests: auditsWith("tests between groups", (audit) =>
    (audit.groups?.tables ?? []).some(({ tests }) => tests !== undefined),
  ),
  inference_benchmark: recordsOf("measured inference", ({ benches }) => benches),
  adverse_action_reason_codes: recordsOf("reasons for adverse actions", ({ reasons }) => reasons),
  signature_block: recordsOf("decisions of people on documents", ({ approvals, reports }) => {
    const entries = new Set(reports.map(({ hash }) => hash));
    return approvals.filter(({ body }) => entries.has(body.subject));
  }),
  dataset_hash: auditsWith("hashes of audited tables"),
  thresholds_config_commit: auditsWith(
    "limits in a commit",
    (audit) => audit.limitsSet?.state === "committed",
  ),
  audit_log_hashchain: ({ runs, audits }) => {
    const records = [...runs, ...audits];
    return records.length > 0
      ? { words: `ledger of ${records.length} sound entries`, newest: newestOf(records) }
      : undefined;
  },
  monitoring_trend: ({ audits }) => {
    const files = audits.map(({ body }) => body.file);
    const repeated = audits.filter(({ body }) => files.filter((file) => file === body.file).length > 1);
    return repeated.length > 0
      ? { words: "tables audited more than once", newest: newestOf(repeated) }
      : undefined;
  },
  technical_documentation_draft: document("annex-iv"),
  ai_system_register: document("register"),
  model_card: document("model-card"),
  cyclonedx_mlbom: document("ml-bom"),
  evidence_matrix: document("evidence-matrix"),
  sci_score: document("sci"),
  art4a_record: stated("record of Art. 4a", (report) => report["art-4a"]),
  mitigation_log: stated("mitigation", (report) => report.fairness?.mitigation),
  risk_register: stated("risk management", (report) => report["annex-iv"]?.["risk-management"]),
  tradeoff_matrix: stated("trade-offs", (report) => report["annex-iv"]?.["trade-offs"]),
  compute_flops: stated("operations of training", (report) => report.compute?.flop),
  embodied_estimate: stated("hardware of [[sci.hardware]]", (_report, facts) => facts.sci?.hardware),
  baseline_comparison: stated("a simple baseline among the candidates", (_report, facts) =>
    facts.tradeoff?.candidates?.find(({ baseline }) => baseline),
  ),
  hosting_map: stated("hosting", (_report, facts) => facts.hosting),
  co2e_market_based: stated("contractual instruments", (_report, facts) => facts.instruments),
  water_estimate: stated("water usage effectiveness", (_report, facts) => facts.hosting?.wue),
  carbon_budget_ledger: stated("carbon budget", (_report, facts) => facts.budget),
};

/** Every kind that is present. */
export function presentKinds(evidence: Evidence, facts: Facts): Map<string, PresentEvidence> {
  const present = new Map<string, PresentEvidence>();
  for (const [kind, presence] of Object.entries(KINDS)) {
    const found = presence(evidence, facts);
    if (found) present.set(kind, found);
  }
  return present;
}
