/** An audit as the page shows it, made by the engine from a table with missing values, a small and an empty group. */

import { type AuditOutput, auditView } from "../../../src/editor/audit/view.ts";
import { untranslated } from "../../../src/editor/words.ts";
import type { Audit } from "../../../src/fairness/audit/audit.ts";
import { auditBinary } from "../../../src/fairness/audit/audit-binary.ts";
import { auditTable } from "../../../src/fairness/audit/audit-table.ts";
import { checkLimits } from "../../../src/fairness/audit/limits.ts";
import { auditRequest } from "../../../src/fairness/audit/request.ts";
import { findCauses } from "../../../src/fairness/causes/causes.ts";
import { buildScoredTable } from "../../../src/fairness/table/build-scored-table.ts";
import { readDelimited } from "../../../src/fairness/table/read-delimited.ts";
import { readPlanOf } from "../../../src/fairness/table/roles.ts";
import type { BinaryTable } from "../../../src/fairness/table/scored-table.ts";
import type { AuditView } from "../../../webview/audit/protocol.ts";

const ROLES = {
  label: "class",
  prediction: "predicted_class",
  score: "score",
  positive: "1",
  favourable: "positive" as const,
  sensitive: ["sex", "age_group"],
};

const CONTEXT = {
  run: "train.py, 22/11/2026, 05:40:00 (01JD7QDDDDDDDDDDDDDDDDDDDD)",
  at: Date.UTC(2026, 10, 22, 4, 41),
  locale: "en-GB",
  noEntry: "none",
  canExplore: true,
};

/** 400 rows; nobody is both diverse and young, seven are diverse, twelve have no sex. */
function table(): string {
  const rows = Array.from({ length: 400 }, (_, i) => {
    const sex = i < 7 ? "diverse" : i < 19 ? "" : i % 3 === 0 ? "female" : "male";
    const age = i >= 19 && i % 5 === 0 ? "young" : "older";
    const label = (i * 7) % 10 < (age === "young" ? 5 : 7) ? 1 : 2;
    const score = (((i * 37) % 100) + (age === "young" ? 5 : 30)) / 135;
    return [sex, age, label, score.toFixed(4), score >= 0.5 ? 1 : 2, i % 4, age === "young" ? "rent" : "own"];
  });
  const head = ["sex", "age_group", "class", "score", "predicted_class", "installment_rate", "housing"];
  return `${[head, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

/** 300 rows with three grades, and with a price: that of a small group is always too high. */
function otherTable(): string {
  const grades = ["low", "middle", "high"];
  const rows = Array.from({ length: 300 }, (_, i) => {
    const region = i < 8 ? "island" : i % 3 === 0 ? "north" : "south";
    const hit = region === "north" ? i % 4 !== 0 : i % 7 !== 0;
    const price = 100 + ((i * 37) % 50);
    const offer = price + ((i * 13) % 11) - 5 + (region === "north" ? -3 : region === "island" ? 9 : 1);
    return [region, i % 2 ? "f" : "m", grades[i % 3], grades[(i + (hit ? 0 : 1)) % 3], price, offer];
  });
  const head = ["region", "sex", "grade", "predicted_grade", "price", "offer"];
  return `${[head, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

/** An audit of several classes, or of numbers. */
export async function otherAudit(
  task: "multiclass" | "regression",
  sensitive: string[] = ["region", "sex"],
): Promise<{ view: AuditView; output: AuditOutput }> {
  const isRegression = task === "regression";
  const roles = {
    task,
    label: isRegression ? "price" : "grade",
    prediction: isRegression ? "offer" : "predicted_grade",
    favourable: "positive" as const,
    sensitive,
  };
  const limit = isRegression ? { mean_error: 2 } : { accuracy_equality: 0.05 };
  const request = auditRequest({ ...roles, limits: limit });
  const raw = await readDelimited([otherTable()], readPlanOf(request.roles), { source: "graded.csv" });
  const audit = auditTable(buildScoredTable(raw, request.roles), { ...request.settings, replicates: 50 });
  const output: AuditOutput = {
    ...audit,
    limits: checkLimits(audit, request.limits),
    entry: "5b".repeat(32),
    sha256: "c4".repeat(32),
  };
  return { view: auditView(output, { ...CONTEXT, file: "graded.csv", roles }, untranslated), output };
}

export async function sampleAudit(
  options: { limits?: boolean; causes?: boolean; change?: (output: AuditOutput<Audit>) => AuditOutput } = {},
): Promise<{ view: AuditView; output: AuditOutput<Audit> }> {
  const request = auditRequest({
    ...ROLES,
    ...(options.limits && { limits: { demographic_parity: 0.5, equalized_odds: 0.1, four_fifths: true } }),
  });
  const roles = { ...request.roles, features: "all" as const };
  const raw = await readDelimited([table()], readPlanOf(roles), { source: "predictions.csv" });
  const scored = buildScoredTable(raw, roles) as BinaryTable;
  const audit = auditBinary(scored, { ...request.settings, replicates: 200 });
  const output: AuditOutput<Audit> = {
    ...audit,
    limits: checkLimits(audit, request.limits),
    entry: "5b".repeat(32),
    sha256: "c4".repeat(32),
    ...(options.causes && { causes: findCauses(scored, 1) }),
  };
  const view = auditView(
    options.change ? options.change(output) : output,
    { ...CONTEXT, file: "examples/credit/outputs/predictions.csv", roles: ROLES },
    untranslated,
  );
  return { view, output };
}
