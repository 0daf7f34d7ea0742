/** Columns while they are read: typed arrays that double as they fill. */

import { type CategoryColumn, MISSING, type NumberColumn, parseNumber } from "./column.ts";

/** What a cell of a typed file (Parquet, Arrow, JSON) may hold. */
export type CellValue = string | number | bigint | boolean | Date | null | undefined;

const FIRST_CAPACITY = 4096;

/** Texts that stand for no value, as pandas writes and reads them; everything else is a value. */
const EMPTY = new Set(["", "NaN", "nan", "NA", "N/A", "null", "NULL", "None", "<NA>", "#N/A"]);

export class CategoryBuilder {
  readonly kind = "category";
  private codes = new Int32Array(FIRST_CAPACITY);
  private readonly codeOf = new Map<string, number>();
  private readonly firstRow: number[] = [];
  private rows = 0;
  private firstMissing = -1;

  constructor(readonly name: string) {}

  /** A cell as text; the empty one, and what pandas writes for it, is missing. */
  addText(text: string): void {
    // Most cells are values seen before: the set is asked only about new ones.
    const known = this.codeOf.get(text);
    if (known !== undefined) this.push(known);
    else if (EMPTY.has(text)) this.push(MISSING);
    else {
      const code = this.firstRow.length;
      this.codeOf.set(text, code);
      this.firstRow.push(this.rows);
      this.push(code);
    }
  }

  addValue(value: CellValue): void {
    if (value === null || value === undefined || (typeof value === "number" && Number.isNaN(value)))
      this.push(MISSING);
    else if (typeof value === "string") this.addText(value);
    else this.addText(value instanceof Date ? value.toISOString() : String(value));
  }

  build(): CategoryColumn {
    return {
      kind: "category",
      name: this.name,
      codes: this.codes.slice(0, this.rows),
      levels: [...this.codeOf.keys()],
      firstRow: this.firstRow,
      firstMissing: this.firstMissing,
    };
  }

  private push(code: number): void {
    if (this.rows === this.codes.length) {
      const larger = new Int32Array(this.codes.length * 2);
      larger.set(this.codes);
      this.codes = larger;
    }
    if (code === MISSING && this.firstMissing < 0) this.firstMissing = this.rows;
    this.codes[this.rows++] = code;
  }
}

export class NumberBuilder {
  readonly kind = "number";
  private values = new Float64Array(FIRST_CAPACITY);
  private rows = 0;
  private firstMissing = -1;

  constructor(readonly name: string) {}

  /** A cell as text. False when it is neither a number nor empty; nothing is added then. */
  addText(text: string): boolean {
    const value = parseNumber(text);
    if (value !== undefined) this.push(value);
    else if (EMPTY.has(text.trim())) this.push(Number.NaN);
    else return false;
    return true;
  }

  /** False when the value is no finite number; nothing is added then. */
  addValue(value: CellValue): boolean {
    if (value === null || value === undefined) this.push(Number.NaN);
    else if (typeof value === "string") return this.addText(value);
    else if (value instanceof Date) return false;
    else {
      const number = Number(value);
      if (number === Number.POSITIVE_INFINITY || number === Number.NEGATIVE_INFINITY) return false;
      this.push(number);
    }
    return true;
  }

  build(): NumberColumn {
    return {
      kind: "number",
      name: this.name,
      values: this.values.slice(0, this.rows),
      firstMissing: this.firstMissing,
    };
  }

  private push(value: number): void {
    if (this.rows === this.values.length) {
      const larger = new Float64Array(this.values.length * 2);
      larger.set(this.values);
      this.values = larger;
    }
    if (Number.isNaN(value) && this.firstMissing < 0) this.firstMissing = this.rows;
    this.values[this.rows++] = value;
  }
}

export type ColumnBuilder = CategoryBuilder | NumberBuilder;
