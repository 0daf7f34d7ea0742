/** What of a system a governing body has to look at: by rule, not by impression. Pure. */

import { budgetState, isOver } from "../../carbon/budget/budget.ts";
import { usedWords } from "../../carbon/budget/budget-words.ts";
import { activityOf } from "../../ledger/run-activity.ts";
import { type Evidence, newestAudits } from "../evidence.ts";
import { applicationDate } from "./ai-act-terms.ts";
import type { Facts } from "./document.ts";

export interface RuleResult {
  rule: string;
  level: "red" | "amber" | "no finding" | "not evaluated";
  finding: string;
}

/** Days of half a year: what is due within them is amber. */
const SOON = 183;
const DAY = 86_400_000;
/** 6 RCNY 5-301: an audit is at most a year old while the tool is used. */
const LL144_DAYS = 365;
const US_FROM: Partial<Record<string, string>> = { Colorado: "2027-01-01", California: "2027-01-01" };

/** From `from` to `to`, both as "2026-01-31"; below 0 where it lies before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);

/** The day from which the duties for high-risk systems bind; undefined where they do not, or nobody has said. */
export const applicationDay = (facts: Facts): string | undefined =>
  /^\d{4}-\d\d-\d\d/.exec(applicationDate(facts) ?? "")?.[0];

/** Everything is held against `asOf`, a day; null: nobody has said it and the ledger is empty. */
export function registerRules(evidence: Evidence, facts: Facts, asOf: string | null): RuleResult[] {
  if (asOf === null)
    return [
      {
        rule: "All rules",
        level: "not evaluated",
        finding: "no day to hold them against: as-of under [report.register], or an entry in the ledger",
      },
    ];
  return [
    mandatoryItems(facts, asOf),
    budgetRule(evidence, facts, asOf),
    localLaw144(facts, asOf),
    ...stateLaws(facts, asOf),
    evidenceAge(evidence, facts, asOf),
    nextReview(facts, asOf),
  ];
}

/** As the register says, else from the facts that all documents have, where all three are there. */
export function providerOf({ report }: Facts): string | undefined {
  const { organisation, address, contact } = report ?? {};
  return (
    report?.register?.provider ??
    (organisation && address && contact ? `${organisation}, ${address}, ${contact}` : undefined)
  );
}

function mandatoryItems(facts: Facts, asOf: string): RuleResult {
  const rule = "Items that Annex VIII asks for are there by the date of application";
  const day = applicationDay(facts);
  if (day === undefined)
    return {
      rule,
      level: facts.report?.["annex-iii"] === "none" ? "no finding" : "not evaluated",
      finding:
        facts.report?.["annex-iii"] === "none"
          ? "no high-risk system on the stated figures"
          : "nobody has said which point of Annex III applies",
    };
  const register = facts.report?.register ?? {};
  const items = {
    "intended purpose": facts.report?.["intended-purpose"],
    provider: providerOf(facts),
    status: register.status,
    "information used and operating logic": register["operating-logic"],
    "Member States": register["member-states"],
    "declaration of conformity": register["declaration-of-conformity"],
    "EU database id": register["eu-database-id"],
    "instructions URL": register["instructions-url"],
  };
  const missing = Object.entries(items).flatMap(([name, value]) => (value === undefined ? [name] : []));
  const left = daysBetween(asOf, day);
  const level =
    missing.length === 0 ? "no finding" : left <= 0 ? "red" : left <= SOON ? "amber" : "no finding";
  const when = left > 0 ? `${left} days before ${day}` : `applies since ${day}`;
  return {
    rule,
    level,
    finding: missing.length === 0 ? `all are stated; ${when}` : `missing: ${missing.join(", ")}; ${when}`,
  };
}

function budgetRule({ runs }: Evidence, { budget, instruments }: Facts, asOf: string): RuleResult {
  const rule = "The carbon budget is not passed";
  if (!budget) return { rule, level: "not evaluated", finding: "there is no [budget]" };
  const state = budgetState(
    runs.map(({ hash, body }) => activityOf(body, hash)),
    { budget, ...(instruments && { instruments }) },
    Date.parse(`${asOf}T23:59:59Z`),
  );
  const over = state.lines.some((line) => isOver(line.state));
  return {
    rule,
    level: over ? "red" : state.lines.length > 0 ? "no finding" : "not evaluated",
    finding: `${state.period.name}: ${state.lines.map((line) => `${line.what} ${usedWords(line)}`).join("; ") || "no limit is set"}`,
  };
}

function localLaw144({ report }: Facts, asOf: string): RuleResult {
  const rule = "NYC Local Law 144: the audit is at most a year old while the tool is used";
  if (!report?.register?.["us-rules"]?.includes("NYC Local Law 144"))
    return { rule, level: "not evaluated", finding: "not among us-rules under [report.register]" };
  const audited = report.ll144?.["audit-date"];
  const inUse = report.register.status === "in use";
  if (audited === undefined)
    return { rule, level: inUse ? "red" : "amber", finding: "not yet audited by an independent auditor" };
  const left = LL144_DAYS - daysBetween(audited, asOf);
  return {
    rule,
    level: left < 0 && inUse ? "red" : left <= SOON ? "amber" : "no finding",
    finding: `audited on ${audited}: ${left < 0 ? `${-left} days too old` : `${left} days left`}${inUse ? ", in use" : ""}`,
  };
}

function stateLaws({ report }: Facts, asOf: string): RuleResult[] {
  return (report?.register?.["us-rules"] ?? []).flatMap((name): RuleResult[] => {
    const from = US_FROM[name];
    if (from === undefined) return [];
    const left = daysBetween(asOf, from);
    return [
      {
        rule: `${name}: rules for automated decisions`,
        level: left > 0 && left <= SOON ? "amber" : "no finding",
        finding: left > 0 ? `from ${from}, in ${left} days` : `since ${from}`,
      },
    ];
  });
}

function evidenceAge(evidence: Evidence, { report }: Facts, asOf: string): RuleResult {
  const rule = "Fairness evidence is not older than the review period";
  const months = report?.register?.["review-months"];
  const newest = newestAudits(evidence)
    .map(({ time }) => time.slice(0, 10))
    .sort()
    .at(-1);
  if (months === undefined)
    return { rule, level: "not evaluated", finding: "no review-months under [report.register]" };
  if (newest === undefined) return { rule, level: "amber", finding: "there is no audit" };
  const age = daysBetween(newest, asOf);
  return {
    rule,
    level: age > (months * 365) / 12 ? "amber" : "no finding",
    finding: `the newest audit is of ${newest}, ${age} days old; the period is ${months} months`,
  };
}

function nextReview({ report }: Facts, asOf: string): RuleResult {
  const rule = "The next review is planned";
  const next = report?.register?.["next-review"];
  if (next === undefined) return { rule, level: "amber", finding: "no next review is stated" };
  const left = daysBetween(asOf, next);
  return {
    rule,
    level: left <= SOON ? "amber" : "no finding",
    finding: left >= 0 ? `${next}, in ${left} days` : `${next}, ${-left} days ago`,
  };
}
