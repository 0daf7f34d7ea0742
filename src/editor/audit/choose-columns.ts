/** The columns of a table, shown with what they are taken for and why, changed where a person changes them, confirmed. */

import * as vscode from "vscode";
import { TASKS, type Task } from "../../fairness/table/roles.ts";
import { classesOf, type Draft, problemOf, type RoleName, withRole } from "./draft.ts";
import { pick } from "./pick.ts";
import { type AuditRoles, taskOf } from "./roles.ts";
import type { ColumnSummary, TableColumns } from "./table-columns.ts";

export interface Confirmed {
  roles: AuditRoles;
  /** Whether to remember them. */
  keep: boolean;
}

interface Item extends vscode.QuickPickItem {
  role?: RoleName;
  audit?: "keep" | "once";
  column?: ColumnSummary;
  value?: string;
}

/** `keptIn`: where confirmed columns are remembered, in words. Undefined when the person left. */
export async function chooseColumns(
  table: TableColumns,
  first: Draft,
  keptIn: string,
): Promise<Confirmed | undefined> {
  let draft = first;
  for (;;) {
    const title = vscode.l10n.t("Audit {0}", table.source);
    const problem = problemOf(draft, table, vscode.l10n.t);
    const answer = await pick<Item>({
      title,
      placeholder:
        problem?.text ??
        vscode.l10n.t("What the columns are taken for, from the first {0} rows", table.rows.toLocaleString()),
      items: [...(problem ? [] : auditItems(keptIn)), ...roleItems(draft, problem?.role)],
    });
    if (answer === undefined || answer === "back") return undefined;
    const [item] = answer;
    if (item?.audit) return { roles: draft.roles as AuditRoles, keep: item.audit === "keep" };
    if (!item?.role) continue;
    const changed = await changeRole(item.role, draft, table);
    if (changed === undefined) return undefined;
    if (changed !== "back") draft = changed;
  }
}

const auditItems = (keptIn: string): Item[] => [
  { label: vscode.l10n.t("$(check) Audit with these columns"), description: keptIn, audit: "keep" },
  {
    label: vscode.l10n.t("$(play) Audit once"),
    description: vscode.l10n.t("nothing is remembered"),
    audit: "once",
  },
];

function roleItems({ roles, why }: Draft, wrong: RoleName | undefined): Item[] {
  const none = vscode.l10n.t("none");
  const item = (role: RoleName, name: string, value: string | undefined): Item => ({
    label: `${role === wrong ? "$(warning) " : ""}${name}: ${value ?? none}`,
    detail: why[role],
    role,
  });
  const isBinary = taskOf(roles) === "binary";
  const needsThreshold = isBinary && roles.prediction === undefined && roles.score !== undefined;
  return [
    { label: vscode.l10n.t("Change"), kind: vscode.QuickPickItemKind.Separator },
    item("task", vscode.l10n.t("Task"), taskText(taskOf(roles))),
    item("label", vscode.l10n.t("True outcome"), roles.label),
    item("prediction", vscode.l10n.t("Prediction"), roles.prediction),
    ...(isBinary ? [item("score", vscode.l10n.t("Score"), roles.score)] : []),
    ...(needsThreshold
      ? [item("threshold", vscode.l10n.t("Positive from"), roles.threshold?.toString())]
      : []),
    item("sensitive", vscode.l10n.t("Groups by"), roles.sensitive.join(", ") || undefined),
    ...(isBinary
      ? [
          item("positive", vscode.l10n.t("Positive class"), roles.positive),
          item("favourable", vscode.l10n.t("Good for the person"), favourableText(roles)),
        ]
      : []),
    item("weight", vscode.l10n.t("Weight"), roles.weight),
    item(
      "incomplete",
      vscode.l10n.t("Rows without outcome or prediction"),
      roles.leaveOutIncomplete ? vscode.l10n.t("left out") : vscode.l10n.t("stop the audit"),
    ),
  ];
}

function favourableText({ favourable, positive }: Draft["roles"]): string {
  const name = positive ?? vscode.l10n.t("positive");
  return favourable === "positive"
    ? vscode.l10n.t("to be predicted {0}", name)
    : vscode.l10n.t("not to be predicted {0}", name);
}

function taskText(task: Task): string {
  if (task === "binary") return vscode.l10n.t("two classes");
  return task === "multiclass" ? vscode.l10n.t("several classes") : vscode.l10n.t("a number (regression)");
}

function taskDetail(task: Task): string {
  if (task === "binary") return vscode.l10n.t("rates of one class by group, and limits such as four-fifths");
  return task === "multiclass"
    ? vscode.l10n.t("how often each group is predicted right, and each class against the rest")
    : vscode.l10n.t("errors by group, in the unit of the outcome");
}

type Changed = Draft | "back" | undefined;

async function changeRole(role: RoleName, draft: Draft, table: TableColumns): Promise<Changed> {
  const { roles } = draft;
  switch (role) {
    case "task":
      return pickValue(
        draft,
        vscode.l10n.t("What the model predicts"),
        TASKS.map((task) => ({ label: taskText(task), detail: taskDetail(task), value: task })),
        (value) => ({ task: value as Task }),
      );
    case "label":
      return pickColumn(draft, table, "label", vscode.l10n.t("The column with what really happened"), false);
    case "prediction":
      return pickColumn(
        draft,
        table,
        "prediction",
        vscode.l10n.t("The column with the predicted class or number"),
        true,
      );
    case "score":
      return pickColumn(
        draft,
        table,
        "score",
        vscode.l10n.t("The column that rises with the positive class"),
        true,
      );
    case "weight":
      return pickColumn(
        draft,
        table,
        "weight",
        vscode.l10n.t("The column with the weight of each row"),
        true,
      );
    case "sensitive":
      return pickGroups(draft, table);
    case "threshold":
      return askThreshold(draft, table);
    case "positive": {
      const names = classesOf(roles, table.columns);
      return pickValue(
        draft,
        vscode.l10n.t("The class that is asked about"),
        names.map((name) => ({ label: name, value: name })),
        (value) => ({ positive: value }),
      );
    }
    case "favourable":
      return pickValue(
        draft,
        vscode.l10n.t("Which prediction is good for the person"),
        (["positive", "negative"] as const).map((favourable) => ({
          label: favourableText({ ...roles, favourable }),
          value: favourable,
        })),
        (value) => ({ favourable: value as AuditRoles["favourable"] }),
      );
    case "incomplete":
      return withRole(draft, { leaveOutIncomplete: !roles.leaveOutIncomplete });
  }
}

async function pickColumn(
  draft: Draft,
  table: TableColumns,
  role: "label" | "prediction" | "score" | "weight",
  placeholder: string,
  optional: boolean,
): Promise<Changed> {
  const isNumber = taskOf(draft.roles) === "regression" && (role === "label" || role === "prediction");
  const numeric = role === "score" || role === "weight" || isNumber;
  const items: Item[] = table.columns
    .filter(({ kind }) => !numeric || kind === "number")
    .map((column) => ({ label: column.name, description: valuesText(column), column }));
  const none: Item = { label: vscode.l10n.t("None") };
  const all = optional ? [none, ...items] : items;
  const answer = await pick<Item>({
    title: vscode.l10n.t("Audit {0}", table.source),
    placeholder,
    items: all,
    chosen: all.filter(({ column }) => column?.name === draft.roles[role]),
    back: true,
  });
  if (answer === undefined || answer === "back") return answer;
  const name = answer[0]?.column?.name;
  const changed = name === undefined ? withRole(draft, {}, [role]) : withRole(draft, { [role]: name });
  // Other classes have another positive one.
  const { positive } = changed.roles;
  return positive !== undefined && !classesOf(changed.roles, table.columns).includes(positive)
    ? withRole(changed, {}, ["positive"])
    : changed;
}

async function pickGroups(draft: Draft, table: TableColumns): Promise<Changed> {
  const items: Item[] = table.columns.map((column) => ({
    label: column.name,
    description: valuesText(column),
    column,
  }));
  const answer = await pick<Item>({
    title: vscode.l10n.t("Audit {0}", table.source),
    placeholder: vscode.l10n.t("Columns that the groups are made of, each by itself and all together"),
    items,
    chosen: items.filter(({ column }) => draft.roles.sensitive.includes(column!.name)),
    many: true,
    back: true,
  });
  if (answer === undefined || answer === "back") return answer;
  return withRole(draft, { sensitive: answer.map(({ column }) => column!.name) });
}

async function pickValue(
  draft: Draft,
  placeholder: string,
  items: Item[],
  change: (value: string) => Partial<AuditRoles>,
): Promise<Changed> {
  const answer = await pick<Item>({ title: placeholder, placeholder, items, back: true });
  if (answer === undefined || answer === "back") return answer;
  const value = answer[0]?.value;
  return value === undefined ? "back" : withRole(draft, change(value));
}

async function askThreshold(draft: Draft, table: TableColumns): Promise<Changed> {
  const score = table.columns.find(({ name }) => name === draft.roles.score);
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Audit {0}", table.source),
    prompt: vscode.l10n.t("A prediction is positive from this {0} on", draft.roles.score ?? ""),
    value: String(draft.roles.threshold ?? ""),
    placeHolder: score?.range ? `${score.range.low} … ${score.range.high}` : undefined,
    ignoreFocusOut: true,
    validateInput: (typed) =>
      typed.trim() !== "" && Number.isFinite(Number(typed))
        ? undefined
        : vscode.l10n.t("A number, such as 0.5"),
  });
  return text === undefined ? "back" : withRole(draft, { threshold: Number(text) });
}

/** "female, male" or "7 values", and how many rows have none. */
function valuesText({ values, distinct, missing, range }: ColumnSummary): string {
  const known =
    distinct > 6 && range
      ? vscode.l10n.t("{0} to {1}, {2} values", range.low, range.high, distinct)
      : distinct > 6
        ? vscode.l10n.t("{0} values", distinct)
        : values.join(", ");
  return missing > 0 ? vscode.l10n.t("{0}; {1} rows without", known, missing) : known;
}
