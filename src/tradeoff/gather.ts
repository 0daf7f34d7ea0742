/** The candidates of a project: what its settings name, filled with what its ledger knows. Pure. */

import type { SciConfig } from "../config/carbon-settings.ts";
import type { CandidateConfig, TradeoffConfig } from "../config/tradeoff-settings.ts";
import { isAuditOf } from "../ledger/audited-run.ts";
import type { AuditBody } from "../ledger/entries/audit.ts";
import type { BenchBody } from "../ledger/entries/bench.ts";
import type { RunBody } from "../ledger/entries/run.ts";
import type { ModelVersion } from "../ledger/model-versions.ts";
import type { Candidate, Valued } from "./candidate.ts";
import { embodiedPer1000, inferenceCost, trainingCost } from "./costs.ts";
import { findModel } from "./find-model.ts";
import { gapOf, isWorstLeftOut, qualityOf, worstGroupOf } from "./from-audit.ts";
import { trainingOf } from "./training.ts";

interface Stored<Body> {
  hash: string;
  body: Body;
}

/** What a ledger knows, sound entries only, oldest first; `models` newest first. */
export interface TradeoffEvidence {
  runs: readonly Stored<RunBody>[];
  audits: readonly Stored<AuditBody>[];
  benches: readonly Stored<BenchBody>[];
  models: readonly ModelVersion[];
}

export interface Gathered {
  candidates: Candidate[];
  notices: string[];
}

/** Models that are taken where the settings name no candidates. */
const MOST = 12;
const LEAST_LETTERS = 4;

export function gatherCandidates(
  evidence: TradeoffEvidence,
  config: TradeoffConfig,
  sci?: SciConfig,
): Gathered {
  const named = config.candidates;
  if (named)
    return { candidates: named.map((each) => candidateOf(each, evidence, config, sci)), notices: [] };
  const known = evidence.models.filter(({ audits, benches }) => audits.length > 0 || benches.length > 0);
  const candidates = known.slice(0, MOST).map((model) => {
    const { name, version, path, artefact } = model;
    const label = name === undefined ? `${path} ${artefact.slice(0, 8)}` : `${name} ${version}`;
    return candidateOf({ name: label, model: artefact }, evidence, config, sci);
  });
  const left = known.length - candidates.length;
  return {
    candidates,
    notices: [
      ...(candidates.length > 0
        ? [
            "the candidates are the models of the ledger that were audited or benched: name them under [[tradeoff.candidates]]",
          ]
        : []),
      ...(left > 0 ? [`${left} older models are not shown`] : []),
    ],
  };
}

function candidateOf(
  given: CandidateConfig,
  evidence: TradeoffEvidence,
  config: TradeoffConfig,
  sci: SciConfig | undefined,
): Candidate {
  const notices: string[] = [];
  const missing = (what: string, reference: string) => {
    notices.push(`the ledger has no ${what} ${reference}`);
    return undefined;
  };
  const model =
    given.model === undefined
      ? undefined
      : (findModel(evidence.models, given.model) ?? missing("model", given.model));
  const bench = benchOf(given, model, evidence);
  const runs = [
    ...(given.run === undefined
      ? model
        ? [model.run]
        : []
      : [findRun(evidence.runs, given.run) ?? missing("run", given.run)]),
    ...(given["also-trained-by"] ?? []).map((each) => findRun(evidence.runs, each) ?? missing("run", each)),
  ];
  const audit = auditOf(given, model, evidence);
  if (given.bench !== undefined && !bench) missing("bench", given.bench);
  if (given.audit !== undefined && !audit) missing("audit", given.audit);
  if (given["worst-group"] === undefined && isWorstLeftOut(audit?.body, config.quality))
    notices.push(
      `the worst group by ${config.quality} is left out of the audit's entry, as small counts could be told from it`,
    );
  const training = trainingOf(runs, given.untrained === true);
  const throughput: Valued | null = bench
    ? { ...bench.body.throughput, source: bench.body.throughput.method }
    : null;
  return {
    name: given.name,
    baseline: given.baseline === true,
    facts: factsOf(given, model, bench?.body),
    quality: givenValue(given.quality) ?? qualityOf(audit?.body, config.quality),
    worstGroup: givenValue(given["worst-group"]) ?? worstGroupOf(audit?.body, config.quality),
    fairnessGap: givenValue(given["fairness-gap"]) ?? gapOf(audit?.body, config.fairness),
    latency: bench?.body.latency ?? null,
    throughput,
    memory: bench?.body.peakMemory?.bytes ?? null,
    unit: bench?.body.unit ?? null,
    training: { energy: training.energy, footprint: training.footprint },
    inference: {
      energy: (bench?.body.energyPer1000 as Candidate["inference"]["energy"] | undefined) ?? null,
      footprint: (bench?.body.footprintPer1000 as Candidate["inference"]["footprint"] | undefined) ?? null,
    },
    embodied: throughput && embodiedPer1000(throughput, sci),
    cost: {
      training: trainingCost(training, given, config),
      per1000: inferenceCost(bench?.body, given, config),
    },
    entries: [
      ...new Set([
        ...runs.flatMap((run) => run?.hash ?? []),
        ...(audit ? [audit.hash] : []),
        ...(bench ? [bench.hash] : []),
      ]),
    ],
    notices: [...notices, ...training.notices],
  };
}

const starts = (hash: string, reference: string) =>
  reference.length >= LEAST_LETTERS && hash.startsWith(reference.toLowerCase());

/** By id, its first letters, or name: the newest. */
function findRun(runs: TradeoffEvidence["runs"], reference: string): Stored<RunBody> | undefined {
  return (
    runs.findLast(({ body }) => body.run === reference) ??
    runs.findLast(({ body }) => reference.length >= 6 && body.run.startsWith(reference.toUpperCase())) ??
    runs.findLast(({ body }) => body.name === reference)
  );
}

function auditOf(
  given: CandidateConfig,
  model: ModelVersion | undefined,
  { audits, runs }: TradeoffEvidence,
) {
  const { audit: reference } = given;
  if (reference !== undefined)
    return audits.findLast(({ hash, body }) => body.file === reference || starts(hash, reference));
  const run = given.run === undefined ? undefined : findRun(runs, given.run);
  const of = run && audits.findLast(({ body }) => isAuditOf(body, run.body));
  return of ?? model?.audits.at(-1);
}

function benchOf(given: CandidateConfig, model: ModelVersion | undefined, { benches }: TradeoffEvidence) {
  const reference = given.bench;
  if (reference === undefined) return model?.benches.at(-1);
  return benches.findLast(({ hash, body }) => body.name === reference || starts(hash, reference));
}

function givenValue(given: CandidateConfig["quality"]): Valued | null {
  if (!given) return null;
  const { value, low, high, source } = given;
  return { value, low: low ?? null, high: high ?? null, source: `given: ${source}` };
}

function factsOf(
  given: CandidateConfig,
  model: ModelVersion | undefined,
  bench: BenchBody | undefined,
): string[] {
  const { parameters, quantization } = given;
  return [
    ...(model?.name === undefined ? [] : [`${model.name} ${model.version}`]),
    ...(model ? [`${model.path} ${model.artefact.slice(0, 12)}`] : []),
    ...(parameters === undefined ? [] : [`${parameters.toLocaleString("en")} parameters`]),
    ...(quantization === undefined ? [] : [quantization]),
    ...(bench?.hardware ? [`benched on ${bench.hardware.cpu}, ${bench.hardware.logicalCpus} CPUs`] : []),
  ];
}
