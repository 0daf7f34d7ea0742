/** What the page asks of the table and of the model, and what it hears. Parsed on both sides, as all messages are. */

import * as z from "zod/mini";

const floats = z.custom<Float64Array>((value) => value instanceof Float64Array);
const bytes = z.custom<Uint8Array>((value) => value instanceof Uint8Array);
const integers = z.custom<Int32Array>((value) => value instanceof Int32Array);

/** Columns and what is written in them in place of the row's values; "" is missing. */
const changes = z.array(z.tuple([z.string(), z.string()]));
/** The feature that the cells are sliced by. */
const facet = z.nullable(z.string());

/** Rows are counted from 0. The kinds are those of src/fairness/thresholds/worker-protocol.ts. */
export const question = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("row"), row: z.number() }),
  z.object({ kind: z.literal("place"), points: z.array(z.object({ row: z.number(), changes })), facet }),
  z.object({ kind: z.literal("scatter"), x: z.string(), y: z.string(), facet }),
  z.object({ kind: z.literal("predict"), row: z.number(), changes }),
  z.object({
    kind: z.literal("dependence"),
    feature: z.string(),
    most: z.number(),
    row: z.nullable(z.number()),
  }),
]);

const axis = z.object({ name: z.string(), levels: z.nullable(z.array(z.string())), spread: z.number() });

export const answers = {
  row: z.object({
    row: z.number(),
    score: z.number(),
    label: z.boolean(),
    fields: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(["number", "text"]),
        value: z.string(),
        levels: z.nullable(z.array(z.string())),
      }),
    ),
  }),
  place: z.object({ cells: z.array(z.nullable(z.number())) }),
  scatter: z.object({
    x: axis,
    y: axis,
    rows: integers,
    xs: floats,
    ys: floats,
    scores: floats,
    labels: bytes,
    cells: integers,
    placed: z.number(),
    missing: z.number(),
  }),
  predict: z.object({ before: z.number(), after: z.number() }),
  dependence: z.object({
    feature: z.string(),
    isNumber: z.boolean(),
    grid: z.array(z.string()),
    left: z.number(),
    sampled: z.number(),
    rows: z.number(),
    cellRows: floats,
    cellWeights: floats,
    sums: z.array(floats),
    point: z.nullable(z.object({ row: z.number(), value: z.string(), scores: z.array(z.number()) })),
  }),
};

/** The model that belongs to the table. */
export const modelView = z.object({
  /** As the project names it: a file, or "module:function". */
  name: z.string(),
  /** "from fairwatt.toml" */
  from: z.string(),
  isLoading: z.boolean(),
  loaded: z.nullable(
    z.object({
      what: z.string(),
      method: z.string(),
      /** Those that it is given. */
      columns: z.array(z.string()),
      positive: z.nullable(z.string()),
      python: z.string(),
      executable: z.string(),
      /** Where the interpreter was found. */
      source: z.string(),
      notes: z.array(z.string()),
      agreement: z.object({ rows: z.number(), median: z.number(), largest: z.number() }),
    }),
  ),
  /** Why it is not loaded; "" where nobody has tried. */
  problem: z.string(),
});

export type Question = z.infer<typeof question>;
export type QuestionOf<K extends Question["kind"]> = Omit<Extract<Question, { kind: K }>, "kind">;
export type AnswerTo<K extends Question["kind"]> = z.infer<(typeof answers)[K]>;
export type ModelView = z.infer<typeof modelView>;
export type LoadedView = NonNullable<ModelView["loaded"]>;
