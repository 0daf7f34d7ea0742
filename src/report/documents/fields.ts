/** How the rows of forms are made: what is there, and by whom what is missing is to be completed. Pure. */

import { inUnit, type Quantity } from "../../quantity.ts";
import type { FieldRow, NumberRecord } from "./blocks.ts";
import { inFormUnit } from "./figures.ts";

type Given = string | readonly string[] | undefined | null;

/** A fact that only people know. */
export function given(label: string, value: Given, clause?: string, completedBy = "the provider"): FieldRow {
  return row("U", label, value, clause, completedBy);
}

/** A text that the tool made from what it measured or was told. */
export function computed(
  label: string,
  value: Given,
  clause?: string,
  completedBy = "the provider",
): FieldRow {
  return row("C", label, value, clause, completedBy);
}

/** A text from what was recorded; missing until something is. */
export function recorded(label: string, value: Given, clause?: string, completedBy = MEASUREMENT): FieldRow {
  return row("M", label, value, clause, completedBy);
}

/** A factor with its source. */
export function factor(label: string, value: Given, clause?: string, completedBy = "the provider"): FieldRow {
  return row("F", label, value, clause, completedBy);
}

export const fixed = (label: string, value: string, clause?: string): FieldRow =>
  row("X", label, value, clause);

/** What is missing until a run was measured. */
export const MEASUREMENT = "a measured run: fairwatt run COMMAND";

/** A number with its range and method, in the unit that the form asks for. */
export function number(
  label: string,
  quantity: Quantity | null,
  symbol: string,
  clause?: string,
  source: "M" | "C" | "F" = "M",
  completedBy = MEASUREMENT,
): FieldRow {
  if (!quantity) return row(source, label, null, clause, completedBy);
  return {
    ...row(source, label, quantityText(quantity, symbol), clause),
    number: numberRecord(quantity, symbol),
  };
}

/** "13.2 kWh (13.0 to 13.4 kWh), measured: NVML energy counter; basis". */
function quantityText(quantity: Quantity, symbol: string): string[] {
  const by = quantity.instrument ? `: ${quantity.instrument}` : "";
  return [
    `${inFormUnit(quantity, symbol)}, ${quantity.method}${by}`,
    ...(quantity.covers.length > 0 ? [`covers ${quantity.covers.join(", ")}`] : []),
    quantity.basis,
  ];
}

/** In the unit of the text beside it; CO2e is said in the unit, which a bare "kg" does not say. */
export function numberRecord(quantity: Quantity, symbol: string): NumberRecord {
  const { unit } = quantity;
  const scaled = (value: number) =>
    unit === "J" || unit === "W" || unit === "gCO2e" ? plain(inUnit(unit, value, symbol)) : value;
  return {
    value: scaled(quantity.value),
    unit: unit === "gCO2e" ? `${symbol}CO2e` : unit === "J" || unit === "W" ? symbol : unit,
    method: quantity.method,
    instrument: quantity.instrument,
    covers: quantity.covers,
    low: scaled(quantity.low),
    high: scaled(quantity.high),
    basis: quantity.basis,
  };
}

/** Without the noise of binary fractions. */
const plain = (value: number): number => Number(value.toPrecision(12));

function row(
  source: FieldRow["source"],
  label: string,
  value: Given,
  clause?: string,
  completedBy?: string,
): FieldRow {
  const paragraphs = typeof value === "string" ? [value] : value ? [...value] : [];
  const filled = paragraphs.filter((paragraph) => paragraph.trim() !== "");
  return {
    label,
    source,
    ...(clause !== undefined && { clause }),
    ...(filled.length > 0 ? { value: filled } : { completedBy: completedBy ?? "the provider" }),
  };
}
