/** A document as its parts, before it becomes HTML, Markdown, PDF or JSON. All texts are plain: what renders them escapes them. */

import * as z from "zod/mini";

const column = z.object({ title: z.string(), align: z.optional(z.literal("right")) });

const blockTable = z.object({
  caption: z.string(),
  columns: z.readonly(z.array(column)),
  /** The first cell of a row is its heading. */
  rows: z.readonly(z.array(z.readonly(z.array(z.string())))),
});

/** M measured, C computed, F a factor from a table, U given by people, X fixed text. */
const sourceCode = z.enum(["M", "C", "F", "U", "X"]);

/** A number as programs read it: `unit` is that of the text beside it. */
const numberRecord = z.object({
  value: z.number(),
  unit: z.string(),
  method: z.enum(["measured", "modelled", "estimated", "sourced"]),
  instrument: z.string(),
  covers: z.array(z.string()),
  low: z.number(),
  high: z.number(),
  basis: z.string(),
});

const fieldRow = z.object({
  label: z.string(),
  source: sourceCode,
  /** Where the framework asks for it: "Annex IV 2(c)". */
  clause: z.optional(z.string()),
  /** Paragraphs of the answer; absent: it is missing, and `completedBy` says by whom it is to be completed. */
  value: z.optional(z.array(z.string())),
  completedBy: z.optional(z.string()),
  number: z.optional(numberRecord),
});

const fieldTable = z.object({ caption: z.string(), rows: z.readonly(z.array(fieldRow)) });

/** Horizontal bars of one unit. */
const barFigure = z.object({
  title: z.string(),
  unit: z.string(),
  bars: z.readonly(
    z.array(
      z.object({ label: z.string(), value: z.number(), low: z.number(), high: z.number(), text: z.string() }),
    ),
  ),
});

export const block = z.union([
  z.object({ heading: z.string(), level: z.union([z.literal(2), z.literal(3)]) }),
  z.object({ text: z.string() }),
  z.object({ list: z.readonly(z.array(z.string())) }),
  z.object({ facts: z.readonly(z.array(z.readonly(z.tuple([z.string(), z.string()])))) }),
  z.object({ code: z.string() }),
  z.object({ table: blockTable }),
  z.object({ fields: fieldTable }),
  z.object({ bars: barFigure }),
]);

export type Block = z.infer<typeof block>;
export type BlockTable = z.infer<typeof blockTable>;
export type SourceCode = z.infer<typeof sourceCode>;
export type NumberRecord = z.infer<typeof numberRecord>;
export type FieldRow = z.infer<typeof fieldRow>;
export type FieldTable = z.infer<typeof fieldTable>;
export type BarFigure = z.infer<typeof barFigure>;

/** "[TO BE COMPLETED BY THE PROVIDER]" */
export const missingText = (row: FieldRow): string =>
  `[TO BE COMPLETED BY ${(row.completedBy ?? "the provider").toUpperCase()}]`;

const SOURCE_WORDS: Record<SourceCode, string> = {
  M: "measured",
  C: "computed",
  F: "factor",
  U: "given",
  X: "fixed text",
};

/** Where a field's answer is from; a number that no instrument counted is not called measured. */
export const sourceWords = ({ source, number }: FieldRow): string =>
  source === "M" && number ? number.method : SOURCE_WORDS[source];
