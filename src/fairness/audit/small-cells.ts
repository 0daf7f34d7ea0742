/**
 * What of an audit may be passed on: a count of three is three people. Counts below a size are left out, and so is
 * everything that is counted among fewer rows than that. Where anything was left out, the counts that remain are rounded to
 * multiples of the size and other numbers to three digits: otherwise a sum minus its parts would tell what was left out.
 */

import type { Causes } from "../causes/causes.ts";
import type { Audit, GroupingReport, GroupReport, RateReport } from "./audit.ts";
import type { MulticlassAudit } from "./audit-multiclass.ts";
import type { RegressionAudit } from "./audit-regression.ts";
import type { AnyAudit } from "./audit-table.ts";

/** The same shape; a number that was left out is null. */
export type Passed<T> = T extends number
  ? T | null
  : T extends readonly (infer U)[]
    ? Passed<U>[]
    : T extends object
      ? { [K in keyof T]: K extends "settings" ? T[K] : Passed<T[K]> }
      : T;

export interface Protection {
  /** The size below which counts are left out. */
  below: number;
  /** Groups that were left out, over all groupings. */
  groups: number;
  /** Whether anything was left out, and the rest rounded. */
  rounded: boolean;
  /** One sentence for a person. */
  note: string;
}

export interface PassedOn<T> {
  /** As it may be passed on. */
  value: Passed<T>;
  protection: Protection;
}

/** `below`: 0 leaves out nothing. `causes` of the same table are protected with it. */
export function protect<T extends { audit: AnyAudit; causes?: Causes }>(all: T, below: number): PassedOn<T> {
  const cells = new Cells(below);
  const value = {
    ...all,
    audit: cells.audit(all.audit),
    ...(all.causes && { causes: cells.causes(all.causes) }),
  };
  const protection = { below, groups: cells.groups, rounded: cells.touched, note: cells.note() };
  return { value: (cells.touched ? cells.round(value, "") : value) as Passed<T>, protection };
}

/** Fields that count rows or weight. */
const COUNTS = new Set([
  "rows",
  "weight",
  "numerator",
  "denominator",
  "tp",
  "fp",
  "fn",
  "tn",
  "favourable",
  "total",
  "rowsNeeded",
]);

class Cells {
  groups = 0;
  touched = false;

  constructor(private readonly below: number) {}

  audit(audit: AnyAudit): AnyAudit {
    if (this.below === 0) return audit;
    if (audit.task === "binary") return this.binary(audit);
    return audit.task === "multiclass" ? this.multiclass(audit) : this.regression(audit);
  }

  causes(causes: Causes): Causes {
    if (this.below === 0) return causes;
    return {
      ...causes,
      imbalance: causes.imbalance.map((each) => ({ ...each, groups: this.visible(each.groups) })),
    };
  }

  note(): string {
    if (this.below === 0) return "every count is given, however small";
    if (!this.touched) return `no count is below ${this.below}`;
    const groups =
      this.groups === 0
        ? ""
        : `, ${this.groups} ${this.groups === 1 ? "group" : "groups"} of fewer rows among them`;
    return `counts below ${this.below} and what is counted among fewer rows are left out${groups}; the other counts are rounded to multiples of ${this.below}, rates to three digits`;
  }

  /** Counts to multiples of the size, other numbers to three digits, and the counts in sentences left out. */
  round(value: unknown, key: string): unknown {
    if (typeof value === "number") {
      if (COUNTS.has(key)) return Math.round(value / this.below) * this.below;
      return Number.isInteger(value) ? value : Number(value.toPrecision(3));
    }
    if (typeof value === "string")
      return key === "small" || key === "why" || key === "notes" ? withoutCounts(value) : value;
    if (Array.isArray(value)) return value.map((each) => this.round(each, key));
    if (value === null || typeof value !== "object" || ArrayBuffer.isView(value)) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, each]) => [
        name,
        name === "settings" ? each : this.round(each, name),
      ]),
    );
  }

  private binary(audit: Audit): Audit {
    return {
      ...audit,
      overall: this.group(audit.overall),
      groupings: audit.groupings.map((grouping) => this.grouping(grouping)),
    };
  }

  private multiclass(audit: MulticlassAudit): MulticlassAudit {
    return {
      ...audit,
      groupings: audit.groupings.map((grouping) => ({ ...grouping, groups: this.visible(grouping.groups) })),
      byClass: audit.byClass.map((each) => ({ ...each, audit: this.binary(each.audit) })),
    };
  }

  private regression(audit: RegressionAudit): RegressionAudit {
    return {
      ...audit,
      groupings: audit.groupings.map((grouping) => ({ ...grouping, groups: this.visible(grouping.groups) })),
    };
  }

  private grouping(grouping: GroupingReport): GroupingReport {
    const { groups } = grouping;
    const shown = this.visible(groups);
    const hidden = new Set(groups.filter((group) => !shown.includes(group)).map(({ name }) => name));
    const reference = groups.find(({ isReference }) => isReference);
    const others = <T extends { group: string }>(list: readonly T[]) =>
      list.filter(({ group }) => !hidden.has(group));
    return {
      ...grouping,
      reference: hidden.has(grouping.reference) ? "none" : grouping.reference,
      groups: shown.map((group) => this.group(group, reference)),
      measures: grouping.measures.map((measure) => ({ ...measure, excluded: others(measure.excluded) })),
      fourFifths: grouping.fourFifths && {
        ...grouping.fourFifths,
        groups: others(grouping.fourFifths.groups),
      },
      scores: others(grouping.scores).map((score) => ({
        ...score,
        bins: score.bins.map((bin) => {
          const few = this.isFew(bin.rows);
          return few ? { ...bin, rows: NOT_GIVEN, expected: null, observed: null, interval: null } : bin;
        }),
      })),
      // The libraries' extremes are those of all groups, however small.
      libraries: hidden.size > 0 ? [] : grouping.libraries,
    };
  }

  /** Those that are not small; a group without rows is nobody. */
  private visible<T extends { rows: number }>(groups: readonly T[]): T[] {
    const shown = groups.filter(({ rows }) => !this.isFew(rows));
    this.groups += groups.length - shown.length;
    return shown;
  }

  /** A comparison goes with either of its rates. */
  private group(group: GroupReport, reference?: GroupReport): GroupReport {
    const { tp, fp, fn, tn } = group.counts;
    const shown = (count: number) => (this.isFew(count) ? NOT_GIVEN : count);
    return {
      ...group,
      counts: { tp: shown(tp), fp: shown(fp), fn: shown(fn), tn: shown(tn) },
      rates: group.rates.map((rate): RateReport => {
        if (!this.isFew(rate.rows)) return { ...rate, numerator: shown(rate.numerator) };
        const remark = `left out: among fewer than ${this.below} rows`;
        return {
          ...rate,
          numerator: NOT_GIVEN,
          denominator: NOT_GIVEN,
          rows: NOT_GIVEN,
          value: null,
          interval: null,
          remark,
        };
      }),
      comparisons: group.comparisons.filter(
        ({ rate }) =>
          ![group, reference].some((each) =>
            each?.rates.some(({ name, rows }) => name === rate && this.isFew(rows)),
          ),
      ),
    };
  }

  /** Notes that something has to be left out. */
  private isFew(count: number): boolean {
    const few = count > 0 && count < this.below;
    if (few) this.touched = true;
    return few;
  }
}

/** The types of an audit know no missing count; those of what is passed on do. */
const NOT_GIVEN = null as unknown as number;

/** "3 rows labelled positive, fewer than 10" says what was to be left out. */
const withoutCounts = (text: string): string =>
  text
    .replace(/^[\d,.]+ (.+), fewer than (\d+)$/, "fewer than $2 $1")
    .replace(/^[\d,.]+ of [\d,.]+ rows/, "some rows");
