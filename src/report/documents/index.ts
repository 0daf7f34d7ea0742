/** The documents, in the order of lists. Adding one is adding a file and a line. */

import { aiActCompute } from "./ai-act-compute.ts";
import { annexIv } from "./annex-iv.ts";
import { art4a } from "./art-4a.ts";
import { budgetSheet } from "./budget-sheet.ts";
import type { ReportDocument } from "./document.ts";
import { ecoaReasons } from "./ecoa-reasons.ts";
import { evidenceMatrix } from "./evidence-matrix.ts";
import { fairnessAudit } from "./fairness-audit.ts";
import { ghgDataSheet } from "./ghg-data-sheet.ts";
import { gpaiCompute } from "./gpai-compute.ts";
import { mlBom } from "./ml-bom.ts";
import { modelCard } from "./model-card.ts";
import { register } from "./register.ts";
import { sciReport } from "./sci-report.ts";
import { tradeoffMatrix } from "./tradeoff-matrix.ts";

export const DOCUMENTS: readonly ReportDocument[] = [
  aiActCompute,
  annexIv,
  art4a,
  gpaiCompute,
  fairnessAudit,
  ecoaReasons,
  ghgDataSheet,
  sciReport,
  modelCard,
  mlBom,
  evidenceMatrix,
  budgetSheet,
  register,
  tradeoffMatrix,
];

/** Undefined when there is none of that id. */
export const documentNamed = (id: string): ReportDocument | undefined =>
  DOCUMENTS.find((document) => document.id === id);
