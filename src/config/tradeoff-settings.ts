/** What is weighed against what before a model is deployed: `[tradeoff]`, with `[[tradeoff.candidates]]`. */

import * as z from "zod/mini";
import { GAP_LIMITS, REGRESSION_LIMITS } from "./audit-settings.ts";

/** Measures of quality that audits of regressions tell, of which less is better. */
const ERRORS: readonly string[] = ["root_mean_squared_error", "mean_absolute_error"];
const GAPS = [...GAP_LIMITS, ...REGRESSION_LIMITS] as const;

const text = (key: string, example: string) => {
  const error = `${key} must be a text such as "${example}"`;
  return z.string({ error }).check(z.regex(/\S/, { error }));
};
const number = (key: string, meaning: string) => z.number({ error: `${key} must be a number: ${meaning}` });
const atLeast0 = (key: string, meaning: string) => {
  const error = `${key} must be a number, 0 or above: ${meaning}`;
  return z.number({ error }).check(z.gte(0, { error }));
};
const above0 = (key: string, meaning: string) => {
  const error = `${key} must be a number above 0: ${meaning}`;
  return z.number({ error }).check(z.gt(0, { error }));
};
const flag = (key: string, meaning: string) =>
  z.boolean({ error: `${key} must be true or false: ${meaning}` });
const day = (key: string) => {
  const error = `${key} must be a day such as "2026-12-01"`;
  return z
    .string({ error })
    .check(
      z.refine(
        (value) =>
          /^\d{4}-\d\d-\d\d$/.test(value) &&
          new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true,
        { error },
      ),
    );
};

/** What a person says of a quality that no audit tells. */
const givenValue = (key: string) =>
  z.optional(
    z.strictObject(
      {
        value: number("value", `the ${key}`),
        low: z.optional(number("low", "the lower end of its 95 % interval")),
        high: z.optional(number("high", "the upper end of its 95 % interval")),
        source: text("source", "test set of 2026, 10,000 rows"),
      },
      { error: `${key} must be a table such as {value = 0.91, low = 0.90, high = 0.92, source = "..."}` },
    ),
  );

const candidate = z.strictObject(
  {
    name: text("name", "int8"),
    /** A rule, a smaller model, or none: what the others have to be better than. */
    baseline: z.optional(
      flag("baseline", "whether this is the simple solution that the others are held against"),
    ),
    /** A model of the ledger: path, NAME@VERSION or letters of its hash. */
    model: z.optional(text("model", "model.onnx")),
    /** Its training; by default the run that wrote the model. */
    run: z.optional(text("run", "01JD3M8Q")),
    /** Further runs without which it would not be, such as the training of the model that it was compressed from. */
    "also-trained-by": z.optional(
      z.array(text("also-trained-by", "01JD3M8Q"), {
        error: 'also-trained-by must be a list of runs such as ["01JD3M8Q"]',
      }),
    ),
    /** By default the newest audit of the model's run. Its entry's first letters, or the file that was audited. */
    audit: z.optional(text("audit", "outputs/predictions.csv")),
    /** By default the newest bench of the model. Its entry's first letters, or its name. */
    bench: z.optional(text("bench", "model.onnx")),
    quality: givenValue("quality"),
    "worst-group": givenValue("worst-group"),
    "fairness-gap": givenValue("fairness-gap"),
    /** Nothing was trained: training took no energy. */
    untrained: z.optional(flag("untrained", "whether there was nothing to train")),
    parameters: z.optional(above0("parameters", "how many it has")),
    quantization: z.optional(text("quantization", "int8, dynamic")),
    "training-cost": z.optional(atLeast0("training-cost", "what its training cost, beside electricity")),
    "cost-per-hour": z.optional(
      atLeast0("cost-per-hour", "what an hour of the serving machine costs, beside electricity"),
    ),
    "cost-per-1000": z.optional(
      atLeast0("cost-per-1000", "what 1,000 units cost, in place of electricity and machine"),
    ),
  },
  { error: "tradeoff.candidates must be a list of tables, each under [[tradeoff.candidates]]" },
);

const limits = z.strictObject(
  {
    "min-quality": z.optional(number("min-quality", "the least that a candidate must reach")),
    "max-quality": z.optional(number("max-quality", "the most that it may be, where less is better")),
    "min-worst-group": z.optional(number("min-worst-group", "the least in every group")),
    "max-worst-group": z.optional(number("max-worst-group", "the most in every group, where less is better")),
    "max-fairness-gap": z.optional(atLeast0("max-fairness-gap", "the largest gap between groups")),
    "max-latency-p95-ms": z.optional(above0("max-latency-p95-ms", "milliseconds")),
    "max-memory-mib": z.optional(above0("max-memory-mib", "mebibytes")),
    "max-wh-per-1000": z.optional(above0("max-wh-per-1000", "Wh for 1,000 units")),
    "max-g-per-1000": z.optional(above0("max-g-per-1000", "gCO2e for 1,000 units")),
    "max-cost-per-1000": z.optional(above0("max-cost-per-1000", "the cost of 1,000 units")),
    "max-kwh": z.optional(above0("max-kwh", "kWh over the lifetime")),
    "max-kg": z.optional(above0("max-kg", "kgCO2e over the lifetime")),
    "max-cost": z.optional(above0("max-cost", "the cost over the lifetime")),
  },
  { error: "tradeoff.limits must be a table of limits" },
);

export const tradeoffConfig = z.strictObject(
  {
    /** Measure of quality: one that audits tell, or the name of what candidates give. */
    quality: z._default(text("quality", "accuracy"), "accuracy"),
    /** By default what is known of the measure: less is better of errors, more of all others. */
    "less-is-better": z.optional(flag("less-is-better", "whether quality is an error or a loss")),
    /** Measure of the gap between groups that is compared. */
    fairness: z._default(
      z.enum(GAPS, {
        error: `fairness must be one of ${GAPS.map((name) => `"${name}"`).join(", ")}`,
      }),
      "equalized_odds",
    ),
    /** Units over the lifetime. */
    units: z.optional(above0("units", "how many units the deployed model will do over its lifetime")),
    "units-per-month": z.optional(above0("units-per-month", "how many units a month")),
    "price-per-kwh": z.optional(atLeast0("price-per-kwh", "what a kWh of electricity costs")),
    currency: z._default(text("currency", "EUR"), "EUR"),
    candidates: z.optional(
      z.array(candidate, {
        error: "tradeoff.candidates must be a list of tables, each under [[tradeoff.candidates]]",
      }),
    ),
    limits: z.optional(limits),
    /** Only people decide. */
    decision: z.optional(
      z.strictObject(
        {
          chosen: z.optional(text("chosen", "int8")),
          reason: z.optional(text("reason", "within the limits, and half the energy")),
          /** Name of a candidate -> why not. */
          rejected: z.optional(
            z.record(z.string(), text("a reason of rejected", "its gap is above the limit"), {
              error: 'rejected must be a table of reasons such as {fp32 = "twice the energy"}',
            }),
          ),
          by: z.optional(text("by", "Ada Lovelace, head of risk")),
          on: z.optional(day("on")),
          review: z.optional(day("review")),
          "residual-risk": z.optional(text("residual-risk", "fewer than 100 applicants above 70")),
        },
        { error: "tradeoff.decision must be a table" },
      ),
    ),
  },
  { error: "tradeoff must be a table of settings" },
);

export const isLessBetter = (config: TradeoffConfig): boolean =>
  config["less-is-better"] ?? ERRORS.includes(config.quality);

export type TradeoffConfig = z.infer<typeof tradeoffConfig>;
export type CandidateConfig = z.infer<typeof candidate>;
export type TradeoffLimits = z.infer<typeof limits>;
