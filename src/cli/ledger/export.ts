/** `fairwatt ledger export`: the entries for another program: all as JSON, or the runs as a table. */

import * as fs from "node:fs";
import Papa from "papaparse";
import type { RunBody } from "../../ledger/entry.ts";
import { knownEntry } from "../../ledger/history.ts";
import { JOULES_PER_KWH } from "../../quantity.ts";
import { print } from "../table.ts";
import { type LedgerItem, readProjectLedger } from "./project-ledger.ts";

export interface ExportOptions {
  cwd: string;
  format: string;
  /** Standard output where absent. */
  out?: string;
}

const FORMATS: Record<string, (items: readonly LedgerItem[]) => string> = { json, csv };

/** 0: written; 1: cannot be written; 2: no such format. */
export async function ledgerExport({ cwd, format, out }: ExportOptions): Promise<number> {
  const write = FORMATS[format];
  if (!write) {
    process.stderr.write(`fairwatt: "${format}" is not a format: json or csv\n`);
    return 2;
  }
  const text = write((await readProjectLedger(cwd)).items);
  if (out === undefined) {
    await print([text]);
    return 0;
  }
  try {
    fs.writeFileSync(out, `${text}\n`);
  } catch (error) {
    process.stderr.write(`fairwatt: ${out} cannot be written: ${(error as Error).message}\n`);
    return 1;
  }
  return 0;
}

/** Oldest first; each is an entry with its hash, which is that of its canonical JSON (RFC 8785) without the hash. */
function json(items: readonly LedgerItem[]): string {
  return JSON.stringify(
    items.map(({ hash, envelope }) => ({ hash, ...envelope })),
    null,
    2,
  );
}

function csv(items: readonly LedgerItem[]): string {
  const rows = items.flatMap(({ hash, envelope, line }) => {
    const entry = knownEntry(envelope);
    return entry?.type === "run" ? [runRow(hash, entry.body, line.correctedBy.length > 0)] : [];
  });
  // Cells that a spreadsheet would run are made text.
  return Papa.unparse({ fields: FIELDS, data: rows }, { escapeFormulae: true, newline: "\n" });
}

const FIELDS = [
  "entry",
  "run",
  "name",
  "started",
  "ended",
  "duration_s",
  "state",
  "host",
  "commit",
  "dirty",
  "energy_kwh",
  "energy_low_kwh",
  "energy_high_kwh",
  "energy_method",
  "pue",
  "zone",
  "co2e_g",
  "co2e_low_g",
  "co2e_high_g",
  "co2e_basis",
  "not_measured",
  "author",
  "corrected",
];

function runRow(hash: string, body: RunBody, corrected: boolean): unknown[] {
  const { energy, footprint, git, grid } = body;
  const kwh = (joules: number) => joules / JOULES_PER_KWH;
  return [
    hash,
    body.run,
    body.name,
    body.startedAt,
    body.endedAt,
    body.durationSeconds,
    body.state,
    body.host,
    git?.commit,
    git?.dirty,
    kwh(energy.value),
    kwh(energy.low),
    kwh(energy.high),
    energy.method,
    body.pue,
    grid?.zone,
    footprint?.value,
    footprint?.low,
    footprint?.high,
    footprint?.basis,
    body.notCovered.join("; "),
    body.author,
    corrected,
  ];
}
