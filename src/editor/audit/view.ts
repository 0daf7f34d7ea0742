/** From what `fairwatt audit --json` says to what the audit's page shows. Pure: the same audit gives the same view. */

import type { AuditView, Fact, LimitView } from "../../../webview/audit/protocol.ts";
import type { Audit } from "../../fairness/audit/audit.ts";
import type { AnyAudit } from "../../fairness/audit/audit-table.ts";
import type { LimitResult } from "../../fairness/audit/limits.ts";
import type { Causes } from "../../fairness/causes/causes.ts";
import { RATE_DEFINITIONS, RATES } from "../../fairness/metrics/rates.ts";
import type { LimitsSet } from "../../ledger/entry.ts";
import { limitsSetWords } from "../../ledger/limits-set.ts";
import type { Translate } from "../words.ts";
import { causesView } from "./causes-view.ts";
import { groupingView } from "./grouping-view.ts";
import { howFacts } from "./how-facts.ts";
import { accuracyOverviews, errorOverviews } from "./overviews.ts";
import type { AuditRoles } from "./roles.ts";

/** One JSON object of `fairwatt audit`. */
export type AuditOutput<A extends AnyAudit = AnyAudit> = A & {
  limits: LimitResult[];
  /** Of the table. */
  sha256: string;
  /** Since when the limits stand. */
  limitsSet?: LimitsSet;
  /** Hash of the ledger entry; null where none was written. */
  entry: string | null;
  causes?: Causes;
};

/** What the output does not say. */
export interface AuditContext {
  /** As the person reads it: relative to the workspace. */
  file: string;
  roles: AuditRoles;
  /** "train.py, 22 Nov 05:40 (01JD...)"; null where the table is of no known run. */
  run: string | null;
  /** Unix milliseconds. */
  at: number;
  /** BCP 47. */
  locale: string;
  /** Why there is no ledger entry, where there is none. */
  noEntry: string;
  canExplore: boolean;
}

/** Groups of one grouping that a page lists; intersections may have thousands. */
const MAX_GROUPS = 100;
/** Of several classes a page lists fewer of each: it keeps all that it shows over a reload. */
const MAX_CLASSES = 20;
const MAX_GROUPS_OF_CLASS = 40;

export function auditView(output: AuditOutput, context: AuditContext, t: Translate): AuditView {
  const count = (value: number) => value.toLocaleString(context.locale);
  const isBinary = output.task === "binary";
  return {
    title: output.source,
    subtitle: t("{0} rows, {1}", count(output.rows), rolesSentence(context.roles, t)),
    facts: facts(output, context, t),
    notes: [...output.notes, ...(isBinary ? oneClassNotes(output, context.roles, t) : [])],
    limits: output.limits.map(limitView),
    limitsSet: output.limitsSet ? limitsSetWords(output.limitsSet) : null,
    rates: RATES.map((name) => ({
      name,
      label: RATE_DEFINITIONS[name].label,
      among: RATE_DEFINITIONS[name].among,
    })),
    ...groupsOf(output, count, t),
    how: howFacts(output, t),
    causes: output.causes ? causesView(output.causes, t) : null,
    canExplore: isBinary && context.canExplore && context.roles.score !== undefined,
    canSearchCauses: isBinary,
  };
}

type Groups = Pick<AuditView, "groupings" | "overviews" | "classes" | "moreClasses">;

function groupsOf(output: AnyAudit, count: (value: number) => string, t: Translate): Groups {
  const views = (audit: Audit, most: number) =>
    audit.groupings.map((grouping) => groupingView(grouping, audit, most, count, t));
  const none: Groups = { groupings: [], overviews: [], classes: [], moreClasses: 0 };
  if (output.task === "binary") return { ...none, groupings: views(output, MAX_GROUPS) };
  if (output.task === "regression")
    return { ...none, overviews: errorOverviews(output, MAX_GROUPS, count, t) };
  const listed = output.byClass.slice(0, MAX_CLASSES);
  return {
    ...none,
    overviews: accuracyOverviews(output, MAX_GROUPS, count, t),
    classes: listed.map(({ class: name, audit }) => ({
      name,
      groupings: views(audit, MAX_GROUPS_OF_CLASS),
    })),
    moreClasses: output.byClass.length - listed.length,
  };
}

/** Labels or predictions of one class leave most rates without anything to count among. */
function oneClassNotes({ overall, positive }: Audit, roles: AuditRoles, t: Translate): string[] {
  const { tp, fp, fn, tn } = overall.counts;
  const notes: string[] = [];
  if (tp + fn === 0 || fp + tn === 0)
    notes.push(
      t(
        "{0} has one class only: rates among the other one are not estimable. Audit a table with both outcomes.",
        roles.label,
      ),
    );
  if (tp + fp === 0 || fn + tn === 0)
    notes.push(
      tp + fp === 0
        ? t("No row is predicted {0}: there is no difference in predictions to find.", positive)
        : t("Every row is predicted {0}: there is no difference in predictions to find.", positive),
    );
  return notes;
}

function rolesSentence({ label, prediction, score, threshold, sensitive }: AuditRoles, t: Translate): string {
  const by =
    prediction !== undefined
      ? t("{0} against {1}", prediction, label)
      : t("{0} from {1} on against {2}", score ?? "", threshold ?? "", label);
  return t("{0}, by {1}", by, sensitive.join(", "));
}

function facts(output: AuditOutput, context: AuditContext, t: Translate): Fact[] {
  const { roles } = context;
  const when = new Intl.DateTimeFormat(context.locale, {
    dateStyle: "medium",
    timeStyle: "short",
    hourCycle: "h23",
  }).format(context.at);
  const optional = (term: string, text: string | undefined): Fact[] =>
    text === undefined ? [] : [[term, text]];
  return [
    [t("Table"), context.file],
    [t("SHA-256"), output.sha256],
    ...optional(t("Run"), context.run ?? undefined),
    [t("Audited"), when],
    [t("Outcome"), roles.label],
    ...optional(t("Prediction"), roles.prediction),
    ...optional(t("Score"), roles.score),
    ...optional(t("Weight"), roles.weight),
    ...outcomeFacts(output, t),
    [t("Ledger entry"), output.entry ?? context.noEntry],
  ];
}

function outcomeFacts(output: AnyAudit, t: Translate): Fact[] {
  if (output.task === "regression") return [[t("Task"), t("a number (regression)")]];
  if (output.task === "multiclass")
    return [
      [t("Task"), t("several classes")],
      [t("Classes"), output.classes.join(", ")],
    ];
  const { threshold, positive, negative, favourable } = output;
  return [
    ...(threshold === null ? [] : [[t("Threshold"), String(threshold)] satisfies Fact]),
    [t("Positive class"), negative === null ? positive : t("{0} (the other is {1})", positive, negative)],
    [
      t("Good for the person"),
      favourable === "positive" ? t("to be predicted {0}", positive) : t("not to be predicted {0}", positive),
    ],
  ];
}

const limitView = ({ limit, by, broken, decided, finding }: LimitResult): LimitView => ({
  verdict: broken ? "broken" : decided ? "kept" : "undecided",
  by: by.join(" × "),
  limit,
  finding,
});
