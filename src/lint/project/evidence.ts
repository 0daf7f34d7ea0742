/** What the rest of the project says of a file: built in the background (project/index), used to silence or to confirm. */

import type { Quantity } from "../../quantity.ts";
import type { TableSource } from "../python/table-reads.ts";
import type { ColumnConstant } from "./constants.ts";
import type { DocumentFacts } from "./document-facts.ts";

/** A table that a program reads, and what its file names its columns. */
export interface TableColumns {
  source: TableSource;
  /** Relative to the project's folder. */
  file: string;
  columns: string[];
}

export interface ProjectEvidence {
  /** Fairness checks in sibling files (same package or notebook folder), file and what it calls. */
  fairnessChecks: { file: string; what: string }[];
  /** Fairwatt's own audits in the ledger, by the artefact or run they are of. */
  audits: { run?: string; file?: string }[];
  /** Versions that requirements, lock files, pyproject, Dockerfiles pin or bound: "transformers" -> { min?, max?, exact? }. */
  versions: Readonly<Record<string, { exact?: string; min?: string; below?: string; file: string }>>;
  /** Distributions that the project names at all, lower-case. */
  dependencies: ReadonlySet<string>;
  /** Precision or quantization decided in another file for a model or a handler that this file names. */
  precisionDecidedIn: { subject: string; file: string; value: string }[];
  /** Quantization calls anywhere in the project (quantize_dynamic, ORTQuantizer, TensorRT, ...). */
  quantizationCalls: { file: string; what: string }[];
  /** Lower-case base names of documentation files: "readme.md", "model_card.md", "datasheet.md". */
  documents: ReadonlySet<string>;
  /** Of the documents about this file's models and data (above it, beside it, below it), what they say. */
  documentation: readonly DocumentFacts[];
  /** What the project's settings say that its models are for, and the file of them. */
  intendedUse?: { file: string; text: string };
  /** Files near this one that record requests or decisions: middleware, loggers of predictions. */
  decisionRecords: { file: string; what: string }[];
  /** Programs that serve a model in a precision that a rule speaks of: "FW201", "FW202", and its message. */
  servedPrograms: { file: string; rule: string; what: string }[];
  /** A program that imports this one and serves; what shows it. */
  servedBy?: { file: string; what: string };
  /** Tables that this file reads and that lie in the project. */
  tables: readonly TableColumns[];
  /** Columns that constants of other files name. */
  constants: readonly ColumnConstant[];
  /** Tools that record energy: codecarbon, zeus, ...; and whether Fairwatt has measured runs here. */
  energyTools: ReadonlySet<string>;
  /** The newest measured run of this file: for the figure in a finding's hover. */
  measured?: {
    run: string;
    energyJoules: number;
    /** The same with its interval and method, for sentences. */
    energy?: Quantity<"J">;
    durationSeconds: number;
    epochs: {
      index: number;
      energyJoules?: number;
      /** True: recorded between the epoch's marks; else the run's mean power over its time. */
      recorded?: boolean;
      metrics: Record<string, number>;
    }[];
  };
}
