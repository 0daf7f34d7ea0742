/** Compute and energy part of the GPAI Model Documentation Form: for providers of general-purpose models, on request. */

import { formatDuration } from "../../quantity.ts";
import { type Evidence, newestTime, type RecordedRun, totalOf } from "../evidence.ts";
import { hardwareFlop, pueWords, waterRow } from "./ai-act-compute.ts";
import { AI_ACT } from "./ai-act-terms.ts";
import type { FieldRow } from "./blocks.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { computed, factor, fixed, given, MEASUREMENT, number, recorded } from "./fields.ts";
import { figure } from "./figures.ts";
import { inferenceRow } from "./inference-rows.ts";
import { runsByPhase } from "./phases.ts";
import { countedRuns, deviceWords, notCoveredWords, outsideWords } from "./workload-blocks.ts";

export const gpaiCompute: ReportDocument = {
  id: "gpai-compute",
  title: "GPAI Model Documentation Form: compute and energy",
  summary: "AI Act, general-purpose models: compute and energy of training, on request of authorities",
  form: 1,
  legalTextAsOf: `${AI_ACT}; Model Documentation Form of the GPAI Code of Practice, 10 July 2025; Guidelines C(2025) 7719`,
  build,
};

type ComputeFacts = NonNullable<NonNullable<Facts["report"]>["compute"]>;

/** Indicative criterion of a general-purpose model, and presumption of systemic risk: FLOP. */
const GENERAL_PURPOSE = 1e23;
const SYSTEMIC = 1e25;
const TRAINING_RUN = "a measured run of training: fairwatt run COMMAND";

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const { runs } = evidence;
  const training = runsByPhase(runs, facts).find(({ phase }) => phase === "training")?.runs ?? [];
  const total = totalOf(training);
  const { report = {} } = facts;
  const compute = report.compute ?? {};
  const gpai = report.gpai ?? {};
  const some = training.length > 0;
  return {
    blocks: [
      {
        text: "Confidential under Art. 78. Recipients: AI Office (AIO) and national authorities (NCA), on request; energy is not owed to downstream providers (Annex XII). Which runs are training is decided as in the statement on computational resources.",
      },
      { heading: "Model", level: 2 },
      {
        fields: {
          caption: "Head of the form.",
          rows: [
            given("Legal name of the provider", report.organisation, "Form"),
            given("Model name", report.system, "Form"),
            given("Version", report.version, "Form"),
            recorded("Last updated", newestTime(evidence)?.slice(0, 10), "Form", "an entry in the ledger"),
            given("Release date", gpai["release-date"], "Annex XI 1(1)(c)"),
            given("Release date in the Union", gpai["union-release-date"], "Form"),
            given(
              "Models that it depends on",
              gpai.dependencies ?? report["model-card"]?.["base-model"],
              "Form",
            ),
          ],
        },
      },
      { heading: "Whether Art. 53 applies", level: 2 },
      {
        fields: {
          caption: "Threshold test.",
          rows: [
            given("General-purpose model", report["general-purpose-model"], "Art. 3(63), 53"),
            computed("Against the thresholds", thresholdWords(compute.flop), "Guidelines; Art. 51(2), 52(1)"),
            fixed(
              "Modification",
              "Who modifies a model becomes its provider, for the modification, above a third of the original's training compute; where that is not known, above a third of 1e23 FLOP, or of 1e25 FLOP for a model with systemic risk.",
              "Guidelines",
            ),
            ...(gpai["original-flop"] === undefined
              ? []
              : [
                  computed(
                    "Against a third of the original's",
                    modificationWords(compute.flop, gpai["original-flop"]),
                    "Guidelines",
                  ),
                ]),
          ],
        },
      },
      { heading: "Training", level: 2 },
      {
        fields: {
          caption: "Time and computation.",
          rows: [
            computed("Training time, band (NCA)", some ? bandWords(training) : null, "Form", TRAINING_RUN),
            recorded(
              "Training time, wall clock (AIO)",
              some
                ? `${figure(total.seconds / 86_400, 2)} days (${formatDuration(total.seconds)}) in ${countedRuns(training.length)}`
                : null,
              "Annex XI 1(2)(d)",
              TRAINING_RUN,
            ),
            recorded(
              "Hardware time (AIO)",
              some ? deviceWords(training) : null,
              "Annex XI 1(2)(d)",
              TRAINING_RUN,
            ),
            given(
              "Computation used for training",
              compute.flop === undefined ? undefined : `${compute.flop.toExponential(1)} FLOP`,
              "Annex XI 1(2)(d)",
            ),
            computed(
              "Order of magnitude (NCA)",
              compute.flop === undefined ? null : `1e${Math.floor(Math.log10(compute.flop))} FLOP`,
              "Form",
            ),
            ...computeChecks(training, compute),
            fixed(
              "What counts",
              "Counted is what contributes directly to updates of the parameters; not counted are recomputation of activations, failed and exploratory runs, evaluation, and the parent models of a distillation.",
              "Guidelines, annex",
            ),
            given(
              "Method of the computation, with assumptions; overall error at most 30 %",
              compute["flop-method"],
              "Guidelines, annex",
            ),
          ],
        },
      },
      { heading: "Energy", level: 2 },
      {
        fields: {
          caption: "Energy of training.",
          rows: [
            number(
              "Energy used for training (AIO, NCA)",
              total.energy,
              "MWh",
              "Annex XI 1(2)(e)",
              "M",
              TRAINING_RUN,
            ),
            energyMethod(training),
            given(
              "Benchmarked computation of inference, FLOP, with its method (AIO, NCA)",
              compute["inference-benchmark"],
              "Form",
            ),
            given(
              "Hardware and software needed for use (DP)",
              report["annex-iv"]?.hardware,
              "Form; Annex XII",
            ),
          ],
        },
      },
      { heading: "Voluntary addendum", level: 2 },
      {
        fields: {
          caption: "Not part of the form.",
          rows: [
            number(
              "CO2e of training, location-based",
              total.footprint,
              "t",
              undefined,
              "C",
              "a grid zone: zone in the project file",
            ),
            inferenceRow(evidence),
            factor(
              "Power usage effectiveness",
              some ? pueWords(training) : null,
              "ISO/IEC 30134-2",
              TRAINING_RUN,
            ),
            waterRow(total.energy, facts),
          ],
        },
      },
    ],
  };
}

function thresholdWords(flop: number | undefined): string | null {
  if (flop === undefined) return null;
  const stated = `${flop.toExponential(1)} FLOP as stated`;
  if (flop > SYSTEMIC)
    return `${stated}: above 1e25, presumption of systemic risk, notification within two weeks (Art. 52(1))`;
  return flop > GENERAL_PURPOSE
    ? `${stated}: above 1e23, the indicative criterion, where the model generates text, speech, images or video`
    : `${stated}: form filled voluntarily; Art. 53 not triggered on the stated figures`;
}

function modificationWords(flop: number | undefined, original: number): string | null {
  if (flop === undefined) return null;
  const part = `${figure(flop / original)} of the ${original.toExponential(1)} FLOP of the original, as stated`;
  return flop > original / 3 ? `${part}: above a third` : `${part}: not above a third`;
}

/** The two ways of the Guidelines beside each other, where what they need is known. */
function computeChecks(training: readonly RecordedRun[], compute: ComputeFacts): FieldRow[] {
  const { parameters, "training-tokens": tokens, flop } = compute;
  const hardware = hardwareFlop(training, compute);
  const architecture = parameters === undefined || tokens === undefined ? undefined : 6 * parameters * tokens;
  const ways = [flop, hardware?.flop, architecture].filter((each) => each !== undefined);
  const apart = Math.max(...ways) / Math.min(...ways) - 1;
  return [
    computed(
      "By the hardware, N x L x H x U",
      hardware && [`≈${hardware.flop.toExponential(1)} FLOP, estimated`, hardware.basis],
      "Guidelines, annex",
      "the provider: peak-flops-per-second and utilisation in [report.compute], and a run on a GPU",
    ),
    computed(
      "By the architecture, 6 x P x D",
      architecture === undefined
        ? null
        : `≈${architecture.toExponential(1)} FLOP, estimated: P ${parameters!.toExponential(1)} parameters, D ${tokens!.toExponential(1)} tokens of all passes, as stated`,
      "Guidelines, annex",
      "the provider: parameters and training-tokens in [report.compute]",
    ),
    ...(ways.length < 2
      ? []
      : [
          computed(
            "Between these figures",
            `the largest is ${figure(100 * apart, 2)} % above the smallest${apart > 0.3 ? ": more than the 30 % that the error may be" : ""}`,
            "Guidelines, annex",
          ),
        ]),
  ];
}

/** From the first start to the last end. */
function bandWords(training: readonly RecordedRun[]): string {
  const from = Math.min(...training.map(({ body }) => Date.parse(body.startedAt)));
  const to = Math.max(
    ...training.map(({ body }) => Date.parse(body.startedAt) + body.durationSeconds * 1000),
  );
  const months = (to - from) / ((365.25 * 86_400_000) / 12);
  const band =
    months < 1
      ? "less than 1 month"
      : months < 3
        ? "1 to 3 months"
        : months < 6
          ? "3 to 6 months"
          : "more than 6 months";
  return `${band}, from the first start to the last end of the runs`;
}

function energyMethod(training: readonly RecordedRun[]): FieldRow {
  const total = totalOf(training);
  const clause = "Form; no delegated act under Art. 53(5) is in force";
  if (!total.energy) return computed("How the energy was found", null, clause, MEASUREMENT);
  return computed(
    "How the energy was found",
    [
      `Energy of the computers, ${total.energy.method}, by ${total.energy.instrument}; the facility's overhead is not inside.`,
      `Not metered: ${notCoveredWords(training)}. Not inside: ${outsideWords({ unmetered: total.unmetered, unplaced: 0 }) || "no run is left out"}. Runs that did not finish are inside: ${total.unfinished} of ${training.length}.`,
    ],
    clause,
  );
}
