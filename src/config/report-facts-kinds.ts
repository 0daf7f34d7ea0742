/** The kinds of facts that `[report]` has, each with the sentence that says what to write. */

import * as z from "zod/mini";

/** What a fact is, for those who ask people for it. */
export interface FactKind {
  kind: "text" | "texts" | "choice" | "choices" | "flag" | "number" | "day" | "named";
  /** What it may be; of `named`, what each name may stand for. */
  choices?: readonly string[];
  /** The sentence of its schema: what is to be written. */
  sentence: string;
}

/** Kind of each fact's schema. */
export const FACT_KINDS = z.registry<FactKind>();

/** The schema, with its kind in the registry. */
export function factOf<T extends z.ZodMiniType>(schema: T, kind: FactKind): T {
  FACT_KINDS.add(schema, kind);
  return schema;
}

export const text = (key: string, example: string) => {
  const error = `${key} must be a text such as "${example}"`;
  return factOf(
    z.optional(z.string({ error }).check(z.regex(/\S/, { error: `${key} must not be empty; leave it out` }))),
    { kind: "text", sentence: error },
  );
};
export const texts = (key: string, example: string) => {
  const error = `${key} must be a list of texts such as ["${example}"]`;
  return factOf(z.optional(z.array(z.string({ error }).check(z.regex(/\S/, { error })), { error })), {
    kind: "texts",
    sentence: error,
  });
};
export const oneOf = <const T extends readonly string[]>(key: string, values: T) => {
  const error = `${key} must be one of ${values.join(", ")}`;
  return factOf(z.optional(z.enum(values, { error })), { kind: "choice", choices: values, sentence: error });
};
export const flag = (key: string) => {
  const error = `${key} must be true or false`;
  return factOf(z.optional(z.boolean({ error })), { kind: "flag", sentence: error });
};
export const positive = (key: string, what: string) => {
  const error = `${key} must be a number above 0: ${what}`;
  return factOf(z.optional(z.number({ error }).check(z.gt(0, { error }))), {
    kind: "number",
    sentence: error,
  });
};
export const day = (key: string) => {
  const error = `${key} must be a day such as "2026-01-31"`;
  return factOf(
    z.optional(
      z
        .string({ error })
        .check(z.refine((value) => /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value), { error })),
    ),
    { kind: "day", sentence: error },
  );
};

const isDay = (value: string): boolean => {
  const time = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(value);
};

export const table = <T extends z.core.$ZodLooseShape>(key: string, shape: T) =>
  z.optional(z.strictObject(shape, { error: `${key} must be a table` }));

/** Names of the user's own, such as columns or features, and what is said of each. */
export const named = (key: string, example: string) => {
  const error = `${key} must be a table such as ${example}`;
  return factOf(
    z.optional(z.record(z.string(), z.string({ error }).check(z.regex(/\S/, { error })), { error })),
    { kind: "named", sentence: error },
  );
};
/** Names of the user's own, and which of the values each stands for. */
export const namedOf = <const T extends readonly string[]>(values: T, error: string) =>
  factOf(z.optional(z.record(z.string(), z.enum(values, { error }), { error })), {
    kind: "named",
    choices: values,
    sentence: error,
  });
export const someOf = <const T extends readonly string[]>(key: string, values: T) => {
  const error = `${key} must be a list of ${values.map((value) => `"${value}"`).join(", ")}`;
  return factOf(z.optional(z.array(z.enum(values, { error }), { error })), {
    kind: "choices",
    choices: values,
    sentence: error,
  });
};
