/** What `fairwatt reasons` was called with, and what the project file says of it. */

import type { ReportFacts } from "../config/report-facts.ts";
import { type AttributionRoles, HIGHER_MEANS, type HigherMeans } from "../fairness/reasons/attributions.ts";
import { REFERENCES, type Reference, USUAL_MOST } from "../fairness/reasons/principal-reasons.ts";

const FORMATS = ["text", "json", "csv", "md", "html"] as const;

export interface ReasonsArguments {
  id?: string;
  features?: string;
  score?: string;
  threshold?: string;
  decision?: string;
  denied?: string;
  higher?: string;
  against?: string;
  most?: string;
  values?: string;
  completed?: string;
  /** A model's file or "module:function": the table then holds values, and SHAP makes the contributions. */
  model?: string;
  python?: string;
  positive?: string;
  background?: string;
  seed?: string;
  applicant?: string;
  format?: string;
  out?: string;
  ledger?: boolean;
  cwd: string;
}

export interface ReasonsRequest {
  roles: AttributionRoles;
  reference: Reference;
  higherMeans: HigherMeans;
  most: number;
  values?: string;
  format: (typeof FORMATS)[number];
}

/** Throws a RangeError that says what to write. */
export function reasonsRequest(
  options: ReasonsArguments,
  facts: NonNullable<ReportFacts["ecoa"]>,
): ReasonsRequest {
  const { decision, denied, score, threshold, model, out } = options;
  const format = among("--format", options.format ?? "text", FORMATS);
  if (out !== undefined && format === "text")
    throw new RangeError("--out needs --format json, csv, md or html");
  const higher = options.higher ?? facts["higher-means"];
  if (higher === undefined)
    throw new RangeError(
      "say what a higher score means: --higher approval, --higher denial, or higher-means under [report.ecoa]",
    );
  if ((decision === undefined) !== (denied === undefined))
    throw new RangeError("--decision COLUMN goes with --denied VALUE");
  if (decision !== undefined && threshold !== undefined)
    throw new RangeError("--decision and --threshold exclude each other");
  if (threshold !== undefined && score === undefined && model === undefined)
    throw new RangeError("--threshold needs --score COLUMN, or --model");
  if (model !== undefined && decision === undefined && threshold === undefined)
    throw new RangeError(
      "name the adverse actions: --decision COLUMN --denied VALUE, or the --threshold of the model's score",
    );
  const higherMeans = among("--higher", higher, HIGHER_MEANS);
  const features = options.features?.split(",").flatMap((name) => name.trim() || []);
  return {
    roles: {
      higherMeans,
      ...(options.id !== undefined && { id: options.id }),
      ...(features && { features }),
      ...(score !== undefined && { score }),
      ...(options.completed !== undefined && { completed: options.completed }),
      ...(decision !== undefined && denied !== undefined && { decision: { column: decision, denied } }),
      ...(threshold !== undefined && { threshold: decimal("--threshold", threshold) }),
    },
    reference: among("--against", options.against ?? (model === undefined ? "baseline" : "all"), REFERENCES),
    higherMeans,
    most: options.most === undefined ? USUAL_MOST : whole("--most", options.most),
    ...(options.values !== undefined && { values: options.values }),
    format,
  };
}

function among<const T extends readonly string[]>(name: string, value: string, values: T): T[number] {
  if (values.includes(value)) return value;
  throw new RangeError(`${name} must be one of ${values.join(", ")}`);
}

function decimal(name: string, text: string): number {
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  throw new RangeError(`${name} must be a number such as 0.5`);
}

export function whole(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new RangeError(`${name} must be a whole number above 0`);
}
