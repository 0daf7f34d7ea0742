/** What the columns of a table are for. */

/** "binary": one class is asked about; "multiclass": three or more; "regression": label and prediction are numbers. */
export const TASKS = ["binary", "multiclass", "regression"] as const;
export type Task = (typeof TASKS)[number];

export interface Roles {
  task: Task;
  label: string;
  /** Column with the predicted class (or number). One of `prediction` and `score` must be there. */
  prediction?: string;
  /** Column with the score of the positive class; higher means more likely positive. Binary only. */
  score?: string;
  /** A row is predicted positive when score >= threshold; for tables without `prediction`. */
  threshold?: number;
  /** At least one. */
  sensitive: readonly string[];
  /** Column with a weight per row, >= 0. */
  weight?: string;
  /** The class that counts as positive, as written in the table. Needed unless the classes are 0/1, -1/1 or false/true. */
  positive?: string;
  /** Whether being predicted positive is good for the person. Default "positive". */
  favourable?: "positive" | "negative";
  /** Other columns, for the search for causes: a list, or all of them. */
  features?: readonly string[] | "all";
  /** Rows without a label, prediction or score: an error by default, as they may be the interesting ones. */
  incomplete?: "refuse" | "leave-out";
}

/** The columns to read for the roles. */
export function readPlanOf(roles: Roles): {
  columns: Map<string, "category" | "number">;
  others: "leave" | "read";
} {
  const columns = new Map<string, "category" | "number">();
  const target = roles.task === "regression" ? "number" : "category";
  if (Array.isArray(roles.features)) for (const feature of roles.features) columns.set(feature, "category");
  for (const attribute of roles.sensitive) columns.set(attribute, "category");
  if (roles.weight !== undefined) columns.set(roles.weight, "number");
  if (roles.score !== undefined) columns.set(roles.score, "number");
  if (roles.prediction !== undefined) columns.set(roles.prediction, target);
  columns.set(roles.label, target);
  return { columns, others: roles.features === "all" ? "read" : "leave" };
}

/** Why these roles cannot be; undefined when they can. */
export function rolesProblem(roles: Roles): string | undefined {
  if (roles.prediction === undefined && roles.score === undefined)
    return "name the column with the prediction, or the one with the score";
  if (roles.sensitive.length === 0) return "name at least one sensitive column";
  if (new Set(roles.sensitive).size < roles.sensitive.length) return "a sensitive column is named twice";
  const single = [roles.label, roles.prediction, roles.score, roles.weight].filter(
    (name) => name !== undefined,
  );
  for (const [at, name] of single.entries())
    if (single.indexOf(name) < at) return `column "${name}" has two roles`;
  const both = roles.sensitive.find((name) => single.includes(name));
  if (both !== undefined)
    return `column "${both}" cannot be sensitive and the label, the prediction, the score or the weight`;
  if (roles.task !== "binary" && roles.score !== undefined)
    return `a ${roles.task} audit takes a prediction, not a score`;
  if (roles.threshold !== undefined && !Number.isFinite(roles.threshold))
    return "the threshold must be a number";
  if (roles.threshold !== undefined && roles.score === undefined)
    return "a threshold needs the column with the score";
  if (roles.threshold !== undefined && roles.prediction !== undefined)
    return "give the prediction or a threshold of the score, not both";
  if (roles.prediction === undefined && roles.threshold === undefined)
    return "give the threshold from which on a score counts as positive, such as 0.5";
  return undefined;
}
