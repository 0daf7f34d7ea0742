/** What a Hugging Face model card's front matter says of a model, from evidence and facts. CO2e is in grams there. Pure. */

import { formatSignificant } from "../../quantity.ts";
import { FAIRWATT_VERSION } from "../../version.ts";
import { type Evidence, newestAudits, type RecordedRun, totalOf } from "../evidence.ts";
import type { Facts } from "./document.ts";
import { runsByPhase } from "./phases.ts";
import { gpuNames } from "./workload-blocks.ts";

export interface ModelCardMetadata {
  license?: string;
  language?: readonly string[];
  datasets?: readonly string[];
  base_model?: string;
  pipeline_tag?: string;
  library_name?: string;
  tags?: readonly string[];
  co2_eq_emissions?: {
    /** Grams. */
    emissions: number;
    source: string;
    training_type?: string;
    geographical_location?: string;
    hardware_used?: string;
  };
  "model-index"?: ModelIndexEntry[];
}

export interface ModelIndexEntry {
  name: string;
  results: {
    task: { type: string };
    dataset: { type: string; name: string };
    metrics: { type: string; value: number; name: string }[];
  }[];
}

/** Data sets that are tables of our audits, so that a newer audit takes the place of an older one. */
export const AUDITED = "fairwatt-audit";

/** Runs of training, whose emissions a model card tells; those before and after are in the text. */
export const trainingRuns = (evidence: Evidence, facts: Facts): RecordedRun[] =>
  runsByPhase(evidence.runs, facts).find(({ phase }) => phase === "training")?.runs ?? [];

export function modelCardMetadata(evidence: Evidence, facts: Facts): ModelCardMetadata {
  const report = facts.report ?? {};
  const card = report["model-card"] ?? {};
  const index = modelIndex(evidence, facts);
  const emissions = emissionsOf(trainingRuns(evidence, facts), facts);
  return {
    ...(card.license !== undefined && { license: card.license }),
    ...(card.language && { language: card.language }),
    ...(card.datasets && { datasets: card.datasets }),
    ...(card["base-model"] !== undefined && { base_model: card["base-model"] }),
    ...(card["pipeline-tag"] !== undefined && { pipeline_tag: card["pipeline-tag"] }),
    ...(card["library-name"] !== undefined && { library_name: card["library-name"] }),
    ...(card.tags && { tags: card.tags }),
    ...(emissions && { co2_eq_emissions: emissions }),
    ...(index && { "model-index": [index] }),
  };
}

function emissionsOf(runs: readonly RecordedRun[], facts: Facts): ModelCardMetadata["co2_eq_emissions"] {
  const { footprint, unmetered, unplaced } = totalOf(runs);
  if (!footprint) return undefined;
  const card = facts.report?.["model-card"] ?? {};
  const years = [
    ...new Set(
      runs.flatMap(({ body: { grid } }) => (grid ? [`${grid.name} ${grid.year}, ${grid.source}`] : [])),
    ),
  ].sort();
  const left = unmetered + unplaced;
  const hardware = hardwareWords(runs);
  return {
    emissions: Number(footprint.value.toPrecision(4)),
    source: `Fairwatt ${FAIRWATT_VERSION}, ${footprint.method}, location-based, grid intensity: ${years.join("; ")}; ${formatSignificant(footprint.low, 3)} to ${formatSignificant(footprint.high, 3)} g${left > 0 ? `; ${left} of ${runs.length} runs are not inside` : ""}`,
    ...(card["training-type"] !== undefined && { training_type: card["training-type"] }),
    ...(card["geographical-location"] !== undefined && {
      geographical_location: card["geographical-location"],
    }),
    ...(hardware !== "" && { hardware_used: hardware }),
  };
}

/** "1 x NVIDIA H100", else the processors. */
export function hardwareWords(runs: readonly RecordedRun[]): string {
  const words = runs.map(({ body }) => {
    const gpus = gpuNames(body);
    if (gpus.length === 0) return body.hardware?.cpu ?? "";
    return [...new Set(gpus)]
      .map((gpu) => `${gpus.filter((each) => each === gpu).length} x ${gpu}`)
      .join(", ");
  });
  return [...new Set(words.filter(Boolean))].sort().join("; ");
}

/** Null without the model's name and task, which an index must have. */
function modelIndex(evidence: Evidence, facts: Facts): ModelIndexEntry | null {
  const name = facts.report?.system;
  const task = facts.report?.["model-card"]?.["pipeline-tag"];
  const audits = newestAudits(evidence);
  if (name === undefined || task === undefined || audits.length === 0) return null;
  const results = audits.flatMap(({ body }) => {
    const quality = (body.quality ?? []).map(({ measure, value }) => ({
      type: measure,
      value: Number(value.toPrecision(4)),
      name: `${measure.replaceAll("_", " ")}, all rows`,
    }));
    const gaps = body.measures.flatMap(({ measure, by, difference }) =>
      difference.value === null
        ? []
        : [
            {
              type: `${measure.replace(/[^\w]+/g, "_")}_difference`,
              value: Number(difference.value.toPrecision(4)),
              name: `${measure}, difference between groups by ${by.join(" x ")}`,
            },
          ],
    );
    const metrics = [...quality, ...gaps];
    return metrics.length > 0
      ? [{ task: { type: task }, dataset: { type: AUDITED, name: body.file }, metrics }]
      : [];
  });
  return results.length > 0 ? { name, results } : null;
}
