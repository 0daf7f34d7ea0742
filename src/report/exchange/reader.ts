/** What reads a file of another tool. Pure: text in, records out. */

import type { ImportedRecord, Sourced } from "../../ledger/entries/imported.ts";

/** `source`: what the file says of the record, word for word; its hash tells records that are known already. */
export type ReadRecord = Omit<ImportedRecord, "sha256"> & { source: Readonly<Record<string, string>> };

export interface ReadFile {
  tool: string;
  toolVersion?: string;
  toolMethod: string;
  records: ReadRecord[];
  /** Rows that could not be taken over, and why. */
  problems: string[];
}

export interface ForeignReader {
  tool: string;
  /** Whether the text is one of this tool's files. */
  recognises(text: string): boolean;
  read(text: string, name: string): ReadFile;
}

export function sourced<U extends "J" | "gCO2e">(
  unit: U,
  value: number | null,
  words: Pick<Sourced, "instrument" | "covers" | "basis"> & { error?: number },
): Sourced | null {
  if (value === null) return null;
  const { error, ...rest } = words;
  const [low, high] = error === undefined ? [null, null] : [value * (1 - error), value * (1 + error)];
  return { value, unit, method: "sourced", ...rest, low, high };
}

/** A number that a person's program wrote; null where there is none. Never an empty string as zero. */
export function numberOf(text: string | undefined): number | null {
  if (text === undefined || text.trim() === "") return null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

/** More than any file of these tools can mean, be it J, kWh, kg or s: all data centres of the world use 4e14 Wh a year. */
const BEYOND_ALL = 1e16;

/** Neither below zero nor beyond all measure, else a sentence for `problems`. */
export function plausible(what: string, value: number | null): string | undefined {
  if (value === null) return undefined;
  if (value < 0) return `${what} is negative (${value})`;
  return value > BEYOND_ALL ? `${what} cannot be (${value})` : undefined;
}

/** A local time as these tools write it, "2026-11-22T12:40:58"; null for what is no time. */
export function timeOf(text: string | undefined): string | null {
  const time = text?.trim().replace(" ", "T") ?? "";
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(time) && !Number.isNaN(Date.parse(time)) ? time : null;
}
