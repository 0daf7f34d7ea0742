/** What a comparison with a library comes to, and which of its hundreds of numbers a person reads. Pure. */

import { type ComparedValue, type LibraryComparison, raises } from "./compare.ts";

/** A comparison, and where the Python was found: what a reader needs to make it again. */
export interface EngineReport extends LibraryComparison {
  /** "PATH", "--python", ".venv in /home/me/credit". */
  interpreterFrom: string;
}

/** "312 of 312 numbers are the same to 1e-9" */
export function agreementText({ views }: Pick<LibraryComparison, "views">): string {
  const values = views.flatMap(({ values: each }) => each);
  const compared = values.filter(({ agrees }) => agrees !== null);
  const same = compared.filter(({ agrees }) => agrees).length;
  const raised = values.filter(({ library }) => raises(library)).length;
  const also = raised > 0 ? `; for ${raised} the library raises an error` : "";
  return `${same} of ${compared.length} numbers are the same to 1e-9${also}`;
}

export interface ReadValues {
  /** The measures between groups. */
  measures: readonly ComparedValue[];
  /** Numbers of single groups and metrics that are not the same. */
  apart: readonly ComparedValue[];
  /** Those that are not listed, `apart` among them. */
  others: number;
}

/** At most `most` of each. */
export function valuesToRead(values: readonly ComparedValue[], most: number): ReadValues {
  const measures = values.filter(({ name }) => !isOfGroup(name)).slice(0, most);
  const rest = values.filter((value) => !measures.includes(value));
  return {
    measures,
    apart: rest.filter(({ agrees }) => agrees === false).slice(0, most),
    others: rest.length,
  };
}

/** Numbers of one group, or of one metric of a frame: there are hundreds. Aequitas' disparities are what it is asked for. */
const isOfGroup = (name: string): boolean =>
  !name.includes("_disparity[") &&
  (/by_group\[|^[a-zA-Z_ ]+\[(?!between_groups|to_overall|alpha=)/.test(name) ||
    / (?:overall|group_min|group_max|difference\[.*|ratio\[.*)$/.test(name));

/** Measure, the library's value, Fairwatt's, their difference. */
export function valueTexts({ name, library, native, difference, agrees }: ComparedValue): string[] {
  return [
    name,
    typeof library === "number" ? digits(library) : (library.split(": ")[0] ?? library),
    native === null ? "none" : typeof native === "number" ? digits(native) : native,
    difference === null ? (agrees === false ? "differs" : "") : agrees ? "0" : difference.toExponential(2),
  ];
}

const digits = (value: number): string => value.toFixed(6).replace(/\.?0+$/, "");
