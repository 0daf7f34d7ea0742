/** Roles of columns while a person confirms them: what is taken, why, and what is still wrong. Pure. */

import { MAX_CLASSES } from "../../fairness/audit/audit-multiclass.ts";
import type { Task } from "../../fairness/table/roles.ts";
import type { Translate } from "../words.ts";
import { type AuditRoles, taskOf } from "./roles.ts";
import type { ColumnSummary, TableColumns } from "./table-columns.ts";

export const ROLE_NAMES = [
  "task",
  "label",
  "prediction",
  "score",
  "threshold",
  "positive",
  "favourable",
  "sensitive",
  "weight",
  "incomplete",
] as const;
export type RoleName = (typeof ROLE_NAMES)[number];

export interface Draft {
  roles: Partial<AuditRoles> & Pick<AuditRoles, "favourable" | "sensitive">;
  /** Why each role is taken as it is; a role that a person chose has none. */
  why: Partial<Record<RoleName, string>>;
}

/** More groups than this are no audit that a person reads, and each would hold a handful of rows. */
const MAX_GROUPS = 200;
/** Groups of all sensitive columns together. */
const MAX_INTERSECTION = 2_000;

/** What the project or the person settled before, where its columns are still there; else what was guessed. */
export function draftOf(
  { guess, columns }: TableColumns,
  settled: AuditRoles | undefined,
  from: string,
): Draft {
  if (settled && columnsOf(settled).every((name) => columns.some((column) => column.name === name))) {
    const why = Object.fromEntries(ROLE_NAMES.map((name) => [name, from]));
    return { roles: settled, why };
  }
  const { task, label, prediction, score, threshold, positive, favourable, weight, sensitive } = guess;
  return {
    roles: {
      task: task.value,
      ...(label && { label: label.value }),
      ...(prediction && { prediction: prediction.value }),
      ...(score && { score: score.value }),
      ...(threshold && { threshold: threshold.value }),
      ...(positive && { positive: positive.value }),
      favourable: favourable.value,
      ...(weight && { weight: weight.value }),
      sensitive: sensitive.map(({ value }) => value),
    },
    why: {
      task: task.why,
      ...(label && { label: label.why }),
      ...(prediction && { prediction: prediction.why }),
      ...(score && { score: score.why }),
      ...(threshold && { threshold: threshold.why }),
      ...(positive && { positive: positive.why }),
      favourable: favourable.why,
      ...(weight && { weight: weight.why }),
      sensitive: [
        ...sensitive.map(({ value, why }) => `${value}: ${why}`),
        ...guess.left.map(({ column, why }) => `(${column}: ${why})`),
      ].join("; "),
    },
  };
}

/** Every column that the roles name. */
export function columnsOf({ label, prediction, score, weight, sensitive }: Partial<AuditRoles>): string[] {
  return [label, prediction, score, weight, ...(sensitive ?? [])].filter((name) => name !== undefined);
}

/** What is missing or cannot be, with the role that mends it; undefined where the audit can be made. */
export function problemOf(
  { roles }: Draft,
  { columns }: TableColumns,
  t: Translate,
): { role: RoleName; text: string } | undefined {
  const column = (name: string | undefined) => columns.find((each) => each.name === name);
  const { label, prediction, score, threshold, sensitive } = roles;
  const task = taskOf(roles);
  if (label === undefined) return { role: "label", text: t("Choose the column with the true outcome.") };
  if (prediction === undefined && (score === undefined || task !== "binary"))
    return {
      role: "prediction",
      text:
        task === "binary"
          ? t("Choose the column with the prediction, or the one with the score.")
          : t("Choose the column with the prediction."),
    };
  if (prediction === undefined && threshold === undefined)
    return { role: "threshold", text: t("Say from which score on a prediction is positive.") };
  if (sensitive.length === 0)
    return { role: "sensitive", text: t("Choose the columns that the groups are made of.") };
  const wrong = [label, prediction]
    .map(column)
    .flatMap((found) => (found ? [taskProblem(task, found, t)] : []))
    .find((text) => text !== undefined);
  if (wrong !== undefined) return { role: "task", text: wrong };
  const many = sensitive.map(column).find((found) => found !== undefined && found.distinct > MAX_GROUPS);
  if (many)
    return {
      role: "sensitive",
      text: t(
        "{0} has {1} values, which would be as many groups. Put them into fewer groups in the table, such as age bands, or leave it out.",
        many.name,
        many.distinct,
      ),
    };
  const together = sensitive.reduce((product, name) => product * Math.max(1, column(name)?.distinct ?? 1), 1);
  if (together > MAX_INTERSECTION)
    return {
      role: "sensitive",
      text: t(
        "{0} together make up to {1} groups. Leave one out, or put its values into fewer groups.",
        sensitive.join(", "),
        together,
      ),
    };
  const names = columnsOf(roles);
  const twice = names.find((name, at) => names.indexOf(name) < at);
  if (twice !== undefined)
    return {
      role: sensitive.includes(twice) ? "sensitive" : "label",
      text: t("{0} is chosen twice; a column has one role.", twice),
    };
  if (
    task === "binary" &&
    roles.positive === undefined &&
    classesOf(roles, columns).length > 0 &&
    !isObvious(classesOf(roles, columns))
  )
    return { role: "positive", text: t("Choose which class is the positive one.") };
  return undefined;
}

/** Why a column with outcomes or predictions does not go with the task. */
function taskProblem(task: Task, { name, distinct, kind }: ColumnSummary, t: Translate): string | undefined {
  if (task === "binary" && distinct > 2)
    return t(
      "{0} has {1} values, and two classes are to be compared. Choose the task that fits, or another column.",
      name,
      distinct,
    );
  if (task === "multiclass" && distinct > MAX_CLASSES)
    return t(
      "{0} has {1} values, more than the {2} classes that an audit takes. Choose the task that fits, or join the rare ones in the table.",
      name,
      distinct,
      MAX_CLASSES,
    );
  if (task === "regression" && kind !== "number")
    return t(
      "{0} holds texts, and numbers are to be compared. Choose the task that fits, or another column.",
      name,
    );
  return undefined;
}

/** Classes of the label and the prediction. */
export function classesOf(
  { label, prediction }: Partial<AuditRoles>,
  columns: readonly ColumnSummary[],
): string[] {
  const found = columns.filter(({ name }) => name === label || name === prediction);
  return [...new Set(found.flatMap(({ values }) => values))];
}

/** Classes of which the positive one goes without saying. */
function isObvious(classes: readonly string[]): boolean {
  const among = (...names: string[]) => classes.every((name) => names.includes(name.toLowerCase()));
  return among("0", "1") || among("-1", "1") || among("false", "true");
}

/** The draft with a role chosen by the person; what no longer goes with it is dropped. */
export function withRole(
  draft: Draft,
  change: Partial<AuditRoles>,
  cleared: readonly (keyof AuditRoles)[] = [],
): Draft {
  const roles = { ...draft.roles, ...change };
  for (const name of cleared) delete roles[name];
  if (taskOf(roles) !== "binary") {
    // What was taken for a score is the number that is predicted.
    if (roles.task === "regression" && roles.prediction === undefined && roles.score !== undefined)
      roles.prediction = roles.score;
    delete roles.score;
    delete roles.positive;
  }
  if (roles.prediction !== undefined || roles.score === undefined) delete roles.threshold;
  const touched = new Set<string>([...Object.keys(change), ...cleared]);
  const why = Object.fromEntries(Object.entries(draft.why).filter(([name]) => !touched.has(name)));
  return { roles: roles as Draft["roles"], why };
}
