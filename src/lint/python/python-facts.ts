/** Facts of a Python program: a script, a notebook's cells in order, a marimo or `# %%` file. */

import type { FactsBase, ServingFact } from "../facts.ts";
import type { TextRange } from "../finding.ts";

/** What is statically known of an expression. */
export interface Value {
  /** Literal string, number, boolean or None where it is one (also through a name bound once to a literal). */
  literal?: string | number | boolean | null;
  /** Elements of a list, tuple or set display; keys and values of a dict display. */
  items?: Value[];
  entries?: { key: Value; value: Value }[];
  /** Fully qualified name of what it refers to, through imports and aliases: "sklearn.metrics.accuracy_score". */
  qualified?: string;
  /** Name it is written as, for names and attributes: "X_train", "self.model". */
  name?: string;
  /** The call it is the result of (also through a name bound once to it). */
  call?: Call;
  /** Names read anywhere in it. */
  reads: readonly string[];
  text: string;
  range: TextRange;
}

export interface Call {
  /** Resolved callee: "sklearn.linear_model.LogisticRegression"; for a method on a known object its class and method:
   * "sklearn.linear_model.LogisticRegression.fit"; on an unknown one "?.fit". */
  callee: string;
  /** Last part of the callee: "fit". */
  method: string;
  /** The object a method is called on. */
  receiver?: Value;
  args: Value[];
  keywords: ReadonlyMap<string, Value>;
  /** True when it has *args or **kwargs, so that a missing keyword proves nothing. */
  hasUnknownArguments: boolean;
  range: TextRange;
  /** Range of the callee alone. */
  calleeRange: TextRange;
  /** Names that its result is bound to. */
  targets: string[];
  /** Index in order of execution within the program (notebook cells in order). */
  order: number;
  /** Enclosing function, class method or undefined at module level. */
  inFunction?: string;
  /** Enclosing loops, outermost first: what they iterate over. */
  loops: { over: Value; target: string; range: TextRange }[];
  /** Enclosing `with` items: "torch.no_grad", ... resolved. */
  contexts: string[];
  /** Decorators of the enclosing function, resolved. */
  decorators: string[];
}

export interface Assignment {
  /** "x", "self.model", "df[...]": as written. */
  target: string;
  /** For a subscript target, the literal column: df["sex"] = ... */
  column?: string;
  value: Value;
  range: TextRange;
  order: number;
  inFunction?: string;
}

/** A column of a frame that is named: `df["sex"]`, `df.sex` on a known frame, `drop(columns=["sex"])`, a list of features. */
export interface ColumnUse {
  name: string;
  /** How: read, dropped, grouped by, used as mask, in a feature list, assigned. */
  how: "read" | "drop" | "group" | "mask" | "feature" | "label" | "assign" | "string";
  frame?: string;
  range: TextRange;
  order: number;
}

/** A frame or array that holds model output: result of predict, predict_proba, decision_function, model(x); and what was joined to it. */
export interface PredictionUse {
  /** Name bound to the prediction, or the frame and column it was put into ("test.pred"). */
  name: string;
  range: TextRange;
  order: number;
  call: Call;
}

/** A group operation and what it consumes: on the label before training it is exploration, on predictions a check. */
export interface GroupOperation {
  /** groupby, crosstab, pivot_table, boolean mask, loop over the values of a column. */
  how: "groupby" | "crosstab" | "pivot" | "mask" | "loop";
  over: string[];
  consumesPrediction: boolean;
  range: TextRange;
  order: number;
}

export interface PythonFacts extends FactsBase {
  kind: "python";
  /** Cells of a notebook or `# %%` file in order; one for a script. Ranges in the program's text. */
  cells: { index: number; range: TextRange; id?: string }[];
  /** True when the program is a notebook or marimo file. */
  isNotebook: boolean;
  /** Prose of markdown cells and docstrings, for what a data set is about. */
  prose: { text: string; range: TextRange }[];
  /** Columns that a notebook's outputs show, with the line whose value they are of. */
  shown: { name: string; range: TextRange }[];
  imports: { module: string; name?: string; alias: string; range: TextRange }[];
  calls: Call[];
  assignments: Assignment[];
  columns: ColumnUse[];
  predictions: PredictionUse[];
  groups: GroupOperation[];
  /** String constants (not docstrings), in order. */
  strings: { value: string; range: TextRange }[];
  /** Strings with values in them: `f"Default of loan {id}"`. */
  formatted: TextRange[];
  /** Names of functions and classes defined here. */
  definitions: {
    name: string;
    kind: "function" | "class";
    bases: string[];
    range: TextRange;
    decorators: string[];
  }[];
  /** What shows that it serves a model, and the file of the project that does where it is another one. */
  server?: { what: string; file?: string };
  /** Models served from Python: vLLM's LLM(...), subprocess lists, FastAPI with from_pretrained, handlers, SageMaker models. */
  serving: ServingFact[];
  /** True when the text has syntax errors; facts are of what could be read. */
  broken: boolean;
}
