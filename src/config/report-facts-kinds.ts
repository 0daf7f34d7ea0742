/** The kinds of facts that `[report]` has, each with the sentence that says what to write. */

import * as z from "zod/mini";

export const text = (key: string, example: string) => {
  const error = `${key} must be a text such as "${example}"`;
  return z.optional(
    z.string({ error }).check(z.regex(/\S/, { error: `${key} must not be empty; leave it out` })),
  );
};
export const texts = (key: string, example: string) => {
  const error = `${key} must be a list of texts such as ["${example}"]`;
  return z.optional(z.array(z.string({ error }).check(z.regex(/\S/, { error })), { error }));
};
export const oneOf = <const T extends readonly string[]>(key: string, values: T) =>
  z.optional(z.enum(values, { error: `${key} must be one of ${values.join(", ")}` }));
export const flag = (key: string) => z.optional(z.boolean({ error: `${key} must be true or false` }));
export const positive = (key: string, what: string) => {
  const error = `${key} must be a number above 0: ${what}`;
  return z.optional(z.number({ error }).check(z.gt(0, { error })));
};
export const day = (key: string) => {
  const error = `${key} must be a day such as "2026-01-31"`;
  return z.optional(
    z
      .string({ error })
      .check(z.refine((value) => /^\d{4}-\d\d-\d\d$/.test(value) && isDay(value), { error })),
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
  return z.optional(z.record(z.string(), z.string({ error }).check(z.regex(/\S/, { error })), { error }));
};
export const someOf = <const T extends readonly string[]>(key: string, values: T) => {
  const error = `${key} must be a list of ${values.map((value) => `"${value}"`).join(", ")}`;
  return z.optional(z.array(z.enum(values, { error }), { error }));
};
