/**
 * Counts, selection or scoring rates and impact ratios by sex, race/ethnicity and their intersections, as NYC Local Law 144
 * defines them (6 RCNY 5-300, 5-301). The law has no threshold, and an independent auditor decides. Pure.
 */

import { type CategoryColumn, MISSING } from "../table/column.ts";
import type { BinaryTable } from "../table/scored-table.ts";

/** Categories of fewer than this part of the data may be left out of the ratios, with a justification. */
const SMALL_PART = 0.02;

export interface Ll144Request {
  /** Names of sensitive columns. */
  sex: string;
  race: string;
  measure: "selection" | "score";
  sexes: readonly string[];
  /** The first one is Hispanic or Latino, of any race; the others are not Hispanic or Latino. */
  races: readonly string[];
  /** What the table writes -> category; a category's own name stands for itself. */
  categories: Readonly<Record<string, string>>;
  /** Counts of fewer people are left out; what remains is then rounded to multiples of it. */
  below: number;
}

/** null: left out, or not estimable. */
export interface Ll144Row {
  category: string;
  applicants: number | null;
  /** Selected; of scores: above the sample's median. */
  selected: number | null;
  rate: number | null;
  /** Rate divided by the highest of the table. */
  ratio: number | null;
  /** The same without categories of less than 2 % of the data; null for those. */
  ratioWithoutSmall: number | null;
  /** Less than 2 % of the data. */
  small: boolean;
}

export interface Ll144 {
  measure: "selection" | "score";
  /** Of all scores of the table; absent for selections. */
  median?: number;
  applicants: number;
  below: number;
  /** Something was left out, and the other counts are rounded. */
  rounded: boolean;
  tables: {
    by: "sex" | "race/ethnicity" | "intersection";
    /** Applicants whose category is not known; null: fewer than `below`. */
    unknown: number | null;
    rows: Ll144Row[];
  }[];
}

/** Undefined where the table is not grouped by both columns, or has no scores to take a median of. */
export function ll144Of(table: BinaryTable, request: Ll144Request): Ll144 | undefined {
  const [sex, race] = [request.sex, request.race].map((name) =>
    table.sensitive.find((column) => column.name === name),
  );
  if (!sex || !race) return undefined;
  const chosen = chosenRows(table, request.measure);
  if (!chosen) return undefined;
  const { sexes, races, categories } = request;
  const sexOf = categoryOf(sex, sexes, categories);
  const raceOf = categoryOf(race, races, categories);
  const tables = [
    tableOf("sex", sexes, sexOf, chosen.selected),
    tableOf("race/ethnicity", races, raceOf, chosen.selected),
    tableOf(
      "intersection",
      races.flatMap((name) => sexes.map((each) => `${name}, ${each}`)),
      (row) => {
        const [ofRace, ofSex] = [raceOf(row), sexOf(row)];
        return ofRace === undefined || ofSex === undefined ? undefined : `${ofRace}, ${ofSex}`;
      },
      chosen.selected,
    ),
  ];
  return protectedTables(
    {
      measure: request.measure,
      ...(chosen.median !== undefined && { median: chosen.median }),
      applicants: table.rows,
      below: request.below,
      rounded: false,
      tables,
    },
    request.below,
  );
}

/** Values of the two columns that stand for no category, sorted; an empty cell is none of them. */
export function unknownValues(table: BinaryTable, request: Ll144Request): string[] {
  return [[request.sex, request.sexes] as const, [request.race, request.races] as const].flatMap(
    ([name, known]) => {
      const column = table.sensitive.find((each) => each.name === name);
      if (!column) return [];
      const find = finder(known, request.categories);
      return column.levels.filter((level) => find(level) === undefined).map((level) => `${name} ${level}`);
    },
  );
}

function chosenRows(
  { prediction, score, favourable, rows }: BinaryTable,
  measure: Ll144["measure"],
): { selected: boolean[]; median?: number } | undefined {
  const good = favourable === "positive" ? 1 : 0;
  if (measure === "selection") return { selected: Array.from(prediction, (predicted) => predicted === good) };
  if (!score) return undefined;
  const sorted = Float64Array.from(score).sort();
  const middle = rows >> 1;
  const median = rows % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  // Where a high score is bad for the person, the better half is the lower one.
  return { selected: Array.from(score, (value) => (good === 1 ? value > median : value < median)), median };
}

function finder(known: readonly string[], categories: Ll144Request["categories"]) {
  const byName = new Map(known.map((name) => [name.toLowerCase(), name]));
  return (level: string): string | undefined => {
    const mapped = Object.hasOwn(categories, level) ? categories[level]! : level;
    return byName.get(mapped.trim().toLowerCase());
  };
}

function categoryOf(
  { codes, levels }: CategoryColumn,
  known: readonly string[],
  categories: Ll144Request["categories"],
): (row: number) => string | undefined {
  const byCode = levels.map(finder(known, categories));
  return (row) => (codes[row] === MISSING ? undefined : byCode[codes[row]!]);
}

function tableOf(
  by: Ll144["tables"][number]["by"],
  names: readonly string[],
  nameOf: (row: number) => string | undefined,
  selected: readonly boolean[],
): Ll144["tables"][number] {
  const counts = new Map(names.map((name) => [name, { applicants: 0, selected: 0 }]));
  let unknown = 0;
  for (const [row, isSelected] of selected.entries()) {
    const count = counts.get(nameOf(row) ?? "");
    if (!count) unknown++;
    else {
      count.applicants++;
      if (isSelected) count.selected++;
    }
  }
  const rows = names.map((category) => {
    const count = counts.get(category)!;
    return {
      category,
      ...count,
      rate: count.applicants === 0 ? null : count.selected / count.applicants,
      small: count.applicants / selected.length < SMALL_PART,
    };
  });
  const highest = (of: typeof rows) => of.reduce((high, { rate }) => Math.max(high, rate ?? 0), 0);
  const [all, large] = [highest(rows), highest(rows.filter(({ small }) => !small))];
  return {
    by,
    unknown,
    rows: rows.map((row) => ({
      ...row,
      ratio: row.rate === null || all === 0 ? null : row.rate / all,
      ratioWithoutSmall: row.rate === null || row.small || large === 0 ? null : row.rate / large,
    })),
  };
}

/**
 * By the rule of what an audit passes on (small-cells.ts): a sum minus its parts must not tell what was left out. A rate
 * times its applicants tells the selected, and a ratio beside a rate tells the highest rate: both go with what they tell.
 */
function protectedTables(all: Ll144, below: number): Ll144 {
  const isFew = (count: number | null) => count !== null && count > 0 && count < below;
  const touched = all.tables.some(
    ({ unknown, rows }) =>
      isFew(unknown) || rows.some(({ applicants, selected }) => isFew(applicants) || isFew(selected)),
  );
  if (!touched) return all;
  const whole = (count: number | null) =>
    count === null || isFew(count) ? null : Math.round(count / below) * below;
  const digits = (value: number | null) => (value === null ? null : Number(value.toPrecision(3)));
  return {
    ...all,
    applicants: whole(all.applicants) ?? all.applicants,
    rounded: true,
    tables: all.tables.map(({ by, unknown, rows }) => {
      const hasFew = ({ applicants, selected }: Ll144Row) => isFew(applicants) || isFew(selected);
      const isHighestTold = (of: "ratio" | "ratioWithoutSmall") =>
        !rows.some((row) => row[of] === 1 && hasFew(row));
      const [isRatioTold, isOtherTold] = [isHighestTold("ratio"), isHighestTold("ratioWithoutSmall")];
      return {
        by,
        unknown: whole(unknown),
        rows: rows.map((row) => {
          const few = hasFew(row);
          return {
            category: row.category,
            applicants: whole(row.applicants),
            selected: few ? null : whole(row.selected),
            rate: few ? null : digits(row.rate),
            ratio: few || !isRatioTold ? null : digits(row.ratio),
            ratioWithoutSmall: few || !isOtherTold ? null : digits(row.ratioWithoutSmall),
            small: row.small,
          };
        }),
      };
    }),
  };
}
