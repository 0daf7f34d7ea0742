/** Names and what they stand for while a program is read in order of execution. */

import type { Value } from "./python-facts.ts";

/** What flows into an expression: small sets that joins unite. */
export interface Flow {
  /** It holds or is computed from model output. */
  readonly prediction: boolean;
  /** Columns it was selected from: df["sex"] has ["sex"]. */
  readonly columns: readonly string[];
  /** Columns that a comparison in it looks at: a mask over them. */
  readonly mask: readonly string[];
  /** Columns by whose values it was cut to a part: rows of one group. */
  readonly slice: readonly string[];
  /** Of the columns in masks and slices, those whose values were compared by order: `df.age <= 100` leaves outliers out. */
  readonly ranged: readonly string[];
  /** Columns of a frame that hold predictions. */
  readonly predictionColumns: readonly string[];
}

export const NO_FLOW: Flow = {
  prediction: false,
  columns: [],
  mask: [],
  slice: [],
  ranged: [],
  predictionColumns: [],
};

/** At most so many names per set: a frame of a thousand columns must not make joins slow. */
const LIMIT = 64;

export function union(left: readonly string[], right: readonly string[]): readonly string[] {
  if (right.length === 0 || left === right) return left;
  if (left.length === 0) return right;
  const added = right.filter((name) => !left.includes(name));
  return added.length === 0 || left.length >= LIMIT ? left : [...left, ...added];
}

export function join(left: Flow, right: Flow): Flow {
  if (right === NO_FLOW || left === right) return left;
  if (left === NO_FLOW) return right;
  return {
    prediction: left.prediction || right.prediction,
    columns: union(left.columns, right.columns),
    mask: union(left.mask, right.mask),
    slice: union(left.slice, right.slice),
    ranged: union(left.ranged, right.ranged),
    predictionColumns: union(left.predictionColumns, right.predictionColumns),
  };
}

/** What a split into training and test rows is given: when outliers are left out, it is everybody that the model is for. */
export function asPopulation(flow: Flow): Flow {
  if (flow.ranged.length === 0 || flow.slice.length === 0) return flow;
  return { ...flow, slice: flow.slice.filter((name) => !flow.ranged.includes(name)) };
}

/** A value and what flows into it. */
export interface Traced {
  value: Value;
  flow: Flow;
}

/** What a name is bound to now. */
export interface Binding {
  traced: Traced;
  /** Bound exactly once in its scope, so that a literal may be read through it. */
  once: boolean;
}

export class Scope {
  private readonly bindings = new Map<string, Binding>();

  constructor(
    readonly parent: Scope | undefined,
    /** Name of the function, for facts; undefined at module level. */
    readonly inFunction: string | undefined,
    /** How often each name is bound in this scope. */
    readonly counts: ReadonlyMap<string, number>,
    readonly decorators: string[] = [],
    /** Where `self.x` lives, in methods. */
    readonly self?: Scope,
  ) {}

  bind(name: string, traced: Traced): void {
    const scope = name.startsWith("self.") && this.self !== undefined ? this.self : this;
    const known = scope.bindings.get(name);
    const count = scope === this ? (this.counts.get(name) ?? 1) : 1;
    scope.bindings.set(name, { traced, once: count === 1 && known === undefined });
  }

  find(name: string): Binding | undefined {
    if (name.startsWith("self.")) return this.self?.bindings.get(name) ?? this.bindings.get(name);
    return this.bindings.get(name) ?? this.parent?.find(name);
  }

  /** Adds flow to a name that is bound already: a column was assigned, an element appended. */
  enrich(name: string, flow: Flow): void {
    const known = this.find(name);
    if (known === undefined || flow === NO_FLOW) return;
    known.traced = { value: known.traced.value, flow: join(known.traced.flow, flow) };
  }
}
