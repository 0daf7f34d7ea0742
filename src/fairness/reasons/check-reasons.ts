/** What is looked for in reasons before a notice goes out. Each check says what it looked at and what it found. Pure. */

import type { Attributions } from "./attributions.ts";
import { type ApplicantReasons, reasonCounts, USUAL_MOST } from "./principal-reasons.ts";

/** "found": a person has to look; "nothing found" is no proof that there is nothing. */
const CHECK_STATES = ["nothing found", "found", "not checked"] as const;
export interface ReasonCheck {
  check: string;
  state: (typeof CHECK_STATES)[number];
  finding: string;
}

/** What the texts of the project file say, and what is known of the features. */
export interface ReasonContext {
  /** Feature -> what the consumer reads. */
  texts: Readonly<Record<string, string>>;
  /** Whether the feature is, or stands for, a prohibited basis. */
  isProhibited(feature: string): boolean;
  most: number;
  /** Mean change of the score when one feature is taken from the background, per feature and adverse action; from the model alone. */
  replaced?: readonly (readonly number[])[];
}

/** 12 CFR 1002.9(b)(2): "internal standards or policies" and "failed to achieve a qualifying score" are no specific reasons. */
const GENERIC =
  /internal (?:standards?|polic(?:y|ies)|criteria)|(?:qualif|pass|suffic|minim|requir)\w* (?:credit )?scor|scor\w*.{0,20}(?:too low|insufficient|cut-?off|threshold)|insufficient score|(?:credit|our) polic(?:y|ies)|did not meet (?:our|the) (?:criteria|requirements|standards)|(?:the|our) (?:model|algorithm|system|ai)\b/i;
const PROHIBITED_WORDS =
  /\b(?:race|racial|colou?r of|religion|religious|national origin|nationality|sex|gender|marital|married|unmarried|divorced|age(?! of)|too (?:young|old)|elderly|public assistance|welfare|neighbou?rhood|zip code|surname)\b/i;
const SAYS_HIGH = /\btoo (?:many|high|much|large|long|recent)\b|\b(?:excessive|high|numerous|large)\b/i;
const SAYS_LOW =
  /\btoo (?:few|low|little|small|short)\b|\b(?:insufficient|low|few|limited|short|lack|small)\b/i;
/** A weaker relation between value and contribution has no direction that a text could contradict. */
const CLEAR = 0.3;

const list = (names: readonly string[]): string =>
  names.length <= 8 ? names.join(", ") : `${names.slice(0, 8).join(", ")} and ${names.length - 8} more`;

export function checkReasons(
  attributions: Attributions,
  all: readonly ApplicantReasons[],
  context: ReasonContext,
): ReasonCheck[] {
  const stated = [...reasonCounts(all).keys()];
  const texts = stated.flatMap((feature) =>
    Object.hasOwn(context.texts, feature) ? [[feature, context.texts[feature]!] as const] : [],
  );
  const found = (check: string, names: readonly string[], what: string, nothing: string): ReasonCheck => ({
    check,
    state: names.length > 0 ? "found" : "nothing found",
    finding: names.length > 0 ? `${what}: ${list(names)}` : nothing,
  });
  return [
    found(
      "every principal reason has a text of its own",
      stated.filter((feature) => !Object.hasOwn(context.texts, feature)),
      "no text in [report.ecoa.reasons] for",
      `texts for all ${stated.length} features that are a principal reason`,
    ),
    found(
      "texts are specific",
      texts.filter(([, text]) => GENERIC.test(text)).map(([feature]) => feature),
      "the text says what 1002.9(b)(2) finds insufficient (internal standards, a score that was not reached), of",
      "no text names internal standards or a score as the reason",
    ),
    found(
      "no prohibited basis or proxy among the principal reasons",
      stated.filter(context.isProhibited),
      "listed because they were scored, and counsel has to see them first",
      "by names of features and [report.ecoa] prohibited-features",
    ),
    found(
      "no text speaks of a prohibited basis",
      texts.filter(([, text]) => PROHIBITED_WORDS.test(text)).map(([feature]) => feature),
      "words of 1002.2(z), or that stand for them, in the text of",
      "by the words of the texts",
    ),
    principalLeftOut(all),
    {
      check: "number of reasons",
      state: context.most > USUAL_MOST ? "found" : "nothing found",
      finding:
        context.most > USUAL_MOST
          ? `up to ${context.most}: the commentary finds more than ${USUAL_MOST} not likely to be helpful; it sets no number`
          : `at most ${context.most}`,
    },
    withoutReason(all),
    directions(attributions, texts),
    additivity(attributions),
    fidelity(attributions, all, context.replaced),
  ];
}

function principalLeftOut(all: readonly ApplicantReasons[]): ReasonCheck {
  const tied = all.filter(({ tied: names }) => names.length > 0).length;
  return {
    check: "no principal factor left out",
    state: tied > 0 ? "found" : "nothing found",
    finding:
      tied > 0
        ? `in ${actions(tied, all)} a factor that is not listed weighs as much as the last one that is: list it, too (--most)`
        : "no factor beyond the list weighs as much as the last one on it",
  };
}

function withoutReason(all: readonly ApplicantReasons[]): ReasonCheck {
  const none = all.filter(({ reasons }) => reasons.length === 0).length;
  return {
    check: "every adverse action has a reason",
    state: none > 0 ? "found" : "nothing found",
    finding:
      none > 0
        ? `in ${actions(none, all)} no feature lies on the side of denial of the reference: another reference, or a reason that is not in the score`
        : "at least one feature of each spoke for denial",
  };
}

/** "some": a number below ten is that many people. */
function actions(count: number, all: readonly ApplicantReasons[]): string {
  return count < 10 && all.length > count
    ? `fewer than 10 of ${all.length} actions`
    : `${count} of ${all.length} actions`;
}

/** A text that says "too many" of a feature whose higher values speak for approval contradicts the model. */
function directions(
  { values, features, contributions, higherMeans }: Attributions,
  texts: readonly (readonly [string, string])[],
): ReasonCheck {
  const check = "texts do not contradict the model's direction";
  if (!values)
    return {
      check,
      state: "not checked",
      finding: "needs the applicants' values: --values TABLE, or --model",
    };
  const side = higherMeans === "approval" ? 1 : -1;
  const wrong = texts.filter(([feature, text]) => {
    const at = features.indexOf(feature);
    const column = values[at];
    if (column?.kind !== "number") return false;
    const relation = side * correlation(column.values, contributions[at]!);
    return (
      (relation > CLEAR && SAYS_HIGH.test(text) && !SAYS_LOW.test(text)) ||
      (relation < -CLEAR && SAYS_LOW.test(text) && !SAYS_HIGH.test(text))
    );
  });
  return wrong.length > 0
    ? {
        check,
        state: "found",
        finding: `the text says the opposite of how values and contributions go together: ${list(wrong.map(([feature]) => feature))}`,
      }
    : {
        check,
        state: "nothing found",
        finding: "by the correlation of values with contributions, for features of numbers",
      };
}

/** Contributions of a sound method sum to the score, up to a constant. */
function additivity({ scores, contributions }: Attributions): ReasonCheck {
  const check = "contributions add up to the score";
  if (!scores || scores.length < 2)
    return { check, state: "not checked", finding: "needs the scores: --score COLUMN" };
  const rows = [...scores.keys()].filter((row) => !Number.isNaN(contributions[0]![row]!));
  const rests = rows.map(
    (row) => scores[row]! - contributions.reduce((sum, values) => sum + values[row]!, 0),
  );
  const spread = extent(rests);
  const part = spread / (extent(rows.map((row) => scores[row]!)) || 1);
  return part <= 0.01
    ? {
        check,
        state: "nothing found",
        finding: "score minus their sum is the same for all applicants, within 1 %",
      }
    : {
        check,
        state: "found",
        finding: `score minus their sum differs between applicants by ${(100 * part).toPrecision(2)} % of the scores' extent: they are of another unit (log odds?), or leave a feature out`,
      };
}

function fidelity(
  { features, higherMeans }: Attributions,
  all: readonly ApplicantReasons[],
  replaced: ReasonContext["replaced"],
): ReasonCheck {
  const check = "stated factors change the score";
  if (!replaced) return { check, state: "not checked", finding: "needs the model: --model" };
  const side = higherMeans === "approval" ? 1 : -1;
  let stated = 0;
  let moved = 0;
  for (const [at, { reasons }] of all.entries())
    for (const { feature } of reasons) {
      stated++;
      if (side * replaced[at]![features.indexOf(feature)]! > 0) moved++;
    }
  return {
    check,
    state: moved < stated ? "found" : "nothing found",
    finding: `with the factor taken from the reference population instead, the mean score goes towards approval in ${stated === 0 ? "none" : `${((100 * moved) / stated).toFixed(1)} %`} of the stated reasons${moved < stated ? "; in the others it acts only together with other factors, or not" : ""}`,
  };
}

const extent = (values: readonly number[]): number =>
  values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY) -
  values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);

/** Of the rows that have both; 0 where one of them does not vary. */
function correlation(a: Float64Array, b: Float64Array): number {
  const rows = [...a.keys()].filter((row) => !Number.isNaN(a[row]!) && !Number.isNaN(b[row]!));
  const mean = (of: Float64Array) => rows.reduce((sum, row) => sum + of[row]!, 0) / rows.length;
  const [meanA, meanB] = [mean(a), mean(b)];
  let [product, squareA, squareB] = [0, 0, 0];
  for (const row of rows) {
    const [x, y] = [a[row]! - meanA, b[row]! - meanB];
    product += x * y;
    squareA += x * x;
    squareB += y * y;
  }
  return squareA > 0 && squareB > 0 ? product / Math.sqrt(squareA * squareB) : 0;
}
