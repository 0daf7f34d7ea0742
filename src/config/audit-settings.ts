/** What a project says on the audits of its tables: `[audit]`, and in it a table for each file or pattern. */

import * as z from "zod/mini";

/** Measures of a gap between groups that a limit can be set on: the largest difference that is accepted. */
export const GAP_LIMITS = [
  "demographic_parity",
  "equal_opportunity",
  "predictive_equality",
  "equalized_odds",
  "average_odds",
  "predictive_parity",
  "accuracy_equality",
] as const;

/** Limits of regressions: the gap of the mean errors in the label's unit, and the distance of the predictions' distributions. */
export const REGRESSION_LIMITS = ["mean_error", "prediction_distance"] as const;

export const FOUR_FIFTHS = "four_fifths";

export const AUDIT_CONVENTIONS = ["native", "fairlearn", "aif360", "aequitas", "all"] as const;
export type AuditConvention = (typeof AUDIT_CONVENTIONS)[number];

/** Counts of fewer people than this are left out of what is passed on. */
export const DEFAULT_SUPPRESS_BELOW = 10;

const text = (key: string, example: string) => {
  const error = `${key} must be a text such as ${example}`;
  return z.string({ error }).check(z.regex(/\S/, { error }));
};

const limitError = "a limit must be a number above 0 and below 1: the largest difference that is accepted";
const gap = z
  .number({ error: limitError })
  .check(z.gt(0, { error: limitError }), z.lt(1, { error: limitError }));
const meanErrorLimit = "mean_error must be a number above 0, in the label's unit";
const fourFifthsError = "four_fifths must be true or false: it is 4/5 of the highest rate";

const limits = z.strictObject(
  {
    demographic_parity: z.optional(gap),
    equal_opportunity: z.optional(gap),
    predictive_equality: z.optional(gap),
    equalized_odds: z.optional(gap),
    average_odds: z.optional(gap),
    predictive_parity: z.optional(gap),
    accuracy_equality: z.optional(gap),
    four_fifths: z.optional(z.boolean({ error: fourFifthsError })),
    mean_error: z.optional(z.number({ error: meanErrorLimit }).check(z.gt(0, { error: meanErrorLimit }))),
    prediction_distance: z.optional(gap),
  } satisfies Record<
    (typeof GAP_LIMITS)[number] | (typeof REGRESSION_LIMITS)[number] | typeof FOUR_FIFTHS,
    z.ZodMiniType
  >,
  { error: "limits must be a table such as {equalized_odds = 0.1, four_fifths = true}" },
);

/** A class or a group's value: in a table all are texts, so that 1 and "1" are the same. */
const cell = (key: string) =>
  z.pipe(
    z.union([z.string(), z.number(), z.boolean()], {
      error: `${key} must be a text or a number, as it is written in the table`,
    }),
    z.transform(String),
  );

const sensitiveError = 'sensitive must be a list of columns such as ["sex", "age_group"]';
const toleranceError = "tolerance must lie between 0 and 1, such as 0.1";

/** How one table is audited. Everything may be left out here and given on the command line. */
const auditTable = z.strictObject(
  {
    task: z.optional(
      z.enum(["binary", "multiclass", "regression"], {
        error: 'task must be "binary", "multiclass" or "regression"',
      }),
    ),
    /** Column with the true outcome. */
    label: z.optional(text("label", '"y"')),
    /** Column with the predicted class or number. */
    prediction: z.optional(text("prediction", '"predicted"')),
    /** Column with the score of the positive class. */
    score: z.optional(text("score", '"score"')),
    /** From this score on a row is predicted positive. */
    threshold: z.optional(z.number({ error: "threshold must be a number such as 0.5" })),
    /** The class that counts as positive. */
    positive: z.optional(cell("positive")),
    /** Which prediction is good for the person. */
    favourable: z.optional(
      z.enum(["positive", "negative"], {
        error: 'favourable must be "positive" or "negative": which prediction is good for the person',
      }),
    ),
    /** Column with the weight of each row. */
    weight: z.optional(text("weight", '"weight"')),
    sensitive: z.optional(
      z
        .array(z.string({ error: sensitiveError }), { error: sensitiveError })
        .check(z.minLength(1, { error: sensitiveError })),
    ),
    /** Column -> value of the group that others are compared with. */
    reference: z.optional(
      z.record(z.string(), cell("a reference group"), {
        error: 'reference must be a table such as {sex = "male"}',
      }),
    ),
    limits: z.optional(limits),
    /** Difference of a rate that verdicts accept. */
    tolerance: z.optional(
      z
        .number({ error: toleranceError })
        .check(z.gt(0, { error: toleranceError }), z.lt(1, { error: toleranceError })),
    ),
    /** A limit that cannot be decided counts as broken. */
    strict: z.optional(z.boolean({ error: "strict must be true or false" })),
    /** Whose way of computing is shown. */
    convention: z.optional(
      z.enum(AUDIT_CONVENTIONS, { error: `convention must be one of ${AUDIT_CONVENTIONS.join(", ")}` }),
    ),
    /** What gives the scores: a model's file below the project's folder, or "module:function" of the project. */
    model: z.optional(text("model", '"outputs/model.joblib" or "scoring:score"')),
    /** Rows without a label or prediction are left out instead of refused. */
    "leave-out-incomplete": z.optional(z.boolean({ error: "leave-out-incomplete must be true or false" })),
  },
  {
    error:
      'the settings of a table must be a table such as {label = "y", prediction = "p", sensitive = ["sex"]}',
  },
);

const suppressError =
  "suppress-below must be a whole number from 0 to 1000: smaller counts of people are left out";

export const auditConfig = z.strictObject(
  {
    /** Counts of fewer people are left out of files and JSON; 0 leaves out none. */
    "suppress-below": z._default(
      z
        .int({ error: suppressError })
        .check(z.gte(0, { error: suppressError }), z.lte(1000, { error: suppressError })),
      DEFAULT_SUPPRESS_BELOW,
    ),
    /** Path below the project's folder, or a pattern as in .gitignore -> settings of the tables that it fits. */
    tables: z.optional(
      z.record(z.string(), auditTable, {
        error: 'tables must have a table for each file: [audit.tables."scored.csv"]',
      }),
    ),
  },
  { error: "audit must be a table of settings" },
);

export type AuditTable = z.infer<typeof auditTable>;
export type AuditLimits = z.infer<typeof limits>;
export type AuditConfig = z.infer<typeof auditConfig>;
