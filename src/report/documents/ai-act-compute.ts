/** Annex IV point 2(c) and Art. 13(3)(e) of the AI Act: what was computed with, and beside it what is told voluntarily. */

import { formatSignificant, JOULES_PER_KWH, type Quantity } from "../../quantity.ts";
import { type Evidence, type RecordedRun, totalOf } from "../evidence.ts";
import { accountOf } from "./account.ts";
import { AI_ACT, annexIiiWords, applicationDate, conformityRoute } from "./ai-act-terms.ts";
import type { Block, FieldRow } from "./blocks.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { computed, factor, fixed, given, MEASUREMENT, number, recorded } from "./fields.ts";
import { figure, hours } from "./figures.ts";
import { inferenceRow, speedRow } from "./inference-rows.ts";
import { PHASE_RULE, runsByPhase } from "./phases.ts";
import {
  computeTable,
  countedRuns,
  deviceWords,
  energyBlocks,
  factorTable,
  gpuNames,
  notCoveredWords,
  outsideWords,
} from "./workload-blocks.ts";

export const aiActCompute: ReportDocument = {
  id: "ai-act-compute",
  title:
    "Computational resources statement (Annex IV point 2(c), Art. 13(3)(e)) and voluntary environmental annex (Art. 95(2)(b))",
  summary: "AI Act: what was computed with, and a voluntary annex on energy and CO2e",
  form: 1,
  legalTextAsOf: AI_ACT,
  build,
};

type ComputeFacts = NonNullable<NonNullable<Facts["report"]>["compute"]>;

function build(evidence: Evidence, facts: Facts): DocumentBody {
  return {
    blocks: [
      ...applicabilityBlocks(facts),
      ...computeBlocks(evidence, facts),
      ...environmentalAnnex(evidence, facts),
    ],
  };
}

/** Part 0: whether and from when the act asks for this. */
export function applicabilityBlocks(facts: Facts): Block[] {
  const report = facts.report ?? {};
  const practice = report["prohibited-practices-checked"];
  const derogation = report.derogation;
  const profiles = report["profiles-persons"];
  const rows: FieldRow[] = [
    given("Intended purpose", report["intended-purpose"] ?? facts["intended-use"], "Annex IV 1(a)"),
    given("Role", report.role, "Art. 3, 25"),
    given("Annex III point", annexIiiWords(report["annex-iii"]), "Art. 6(2)"),
    given(
      "Product or safety component under Annex I",
      report["annex-i-product"] === undefined ? undefined : yesNo(report["annex-i-product"]),
      "Art. 6(1)",
    ),
    given("Prohibited practices checked", practice, "Art. 5(1)(a)-(h), (ba), (bb)"),
    given(
      "Derogation",
      derogation && (derogation === "none" ? "none used" : `ground (${derogation})`),
      "Art. 6(3)",
    ),
    ...(derogation && derogation !== "none"
      ? [
          given("Assessment of the derogation", report["derogation-assessment"], "Art. 6(4), 49(2)"),
          given(
            "Profiles natural persons",
            profiles === undefined
              ? undefined
              : profiles
                ? "yes: the derogation is not available to a system that profiles persons"
                : "no",
            "Art. 6(3)",
          ),
        ]
      : []),
    computed("Conformity route", conformityRoute(facts), "Art. 43"),
    computed("Applies from", applicationDate(facts), "Art. 113, 111(2)"),
    given("Size class", report["size-class"], "Art. 11(1)"),
    given("General-purpose model", report["general-purpose-model"], "Art. 53, 25"),
  ];
  return [
    { heading: "Applicability", level: 2 },
    { fields: { caption: "What the system is, as its provider says.", rows } },
  ];
}

const yesNo = (value: boolean): string => (value ? "yes" : "no");

/** Annex IV 2(c): devices, hours, memory, operations. */
export function computeBlocks(evidence: Evidence, facts: Facts): Block[] {
  const { runs } = evidence;
  const compute = facts.report?.compute ?? {};
  const phases = runsByPhase(runs, facts);
  const training = phases.find(({ phase }) => phase === "training")?.runs ?? [];
  const some = runs.length > 0;
  return [
    { heading: "Computational resources", level: 2 },
    {
      text: "Annex IV point 2(c): the computational resources used to develop, train, test and validate the AI system.",
    },
    ...(some ? [{ table: computeTable(phases) }, { text: PHASE_RULE }] : []),
    {
      fields: {
        caption: "Resources.",
        rows: [
          recorded(
            "Devices, with their hours, of all runs",
            some ? deviceWords(runs) : null,
            "Annex IV 2(c)",
          ),
          recorded(
            "Wall time of all runs",
            some ? `${hours(totalOf(runs).seconds)} in ${countedRuns(runs.length)}` : null,
            "Annex IV 2(c)",
          ),
          speedRow(evidence, "Annex IV 1(e); Art. 13(3)(e)"),
          given("Peak memory of training", compute["peak-memory"], "Annex IV 2(c); Art. 13(3)(e)"),
          given("Storage", compute.storage, "Annex IV 2(c)"),
          operations(training, compute),
          given(
            "Hardware on which to run",
            facts.report?.["annex-iv"]?.hardware,
            "Annex IV 1(e); Art. 13(3)(e)",
          ),
          given(
            "How components build on each other",
            facts.report?.["annex-iv"]?.architecture,
            "Annex IV 2(c)",
          ),
        ],
      },
    },
  ];
}

/** N x L x H x U of the GPUs of the runs, with stated H and U; undefined where one of them is not known. */
export function hardwareFlop(
  training: readonly RecordedRun[],
  { "peak-flops-per-second": peak, utilisation }: ComputeFacts,
): { flop: number; basis: string } | undefined {
  const seconds = training.reduce((sum, { body }) => sum + body.durationSeconds * gpuNames(body).length, 0);
  if (peak === undefined || utilisation === undefined || seconds === 0) return undefined;
  return {
    flop: seconds * peak * utilisation,
    basis: `N x L ${formatSignificant(seconds, 3)} GPU-seconds of the runs in training, measured; H ${peak.toExponential(2)} FLOP/s and U ${utilisation} as stated`,
  };
}

/** Floating-point operations of the training: as stated, else N x L x H x U with stated H and U. */
function operations(training: readonly RecordedRun[], compute: ComputeFacts): FieldRow {
  const clause = "Annex IV 2(c)";
  if (compute.flop !== undefined) {
    return given(
      "Operations of the training",
      [`${compute.flop.toExponential(2)} FLOP, as stated`, compute["flop-method"] ?? "method not stated"],
      clause,
    );
  }
  const estimated = hardwareFlop(training, compute);
  return computed(
    "Operations of the training",
    estimated && [`≈${estimated.flop.toExponential(1)} FLOP, estimated: N x L x H x U`, estimated.basis],
    clause,
  );
}

/** Part 2, which nobody is obliged to give. */
export function environmentalAnnex(evidence: Evidence, facts: Facts): Block[] {
  const { runs } = evidence;
  const account = runs.length > 0 ? accountOf(runs, evidence, facts) : undefined;
  const phases = runsByPhase(runs, facts);
  const total = totalOf(runs);
  const factors = factorTable(runs);
  const compute = facts.report?.compute ?? {};
  return [
    { heading: "Voluntary environmental annex", level: 2 },
    { text: "Voluntary information, Art. 95(2)(b). Not required by Annex IV." },
    ...(runs.length > 0 ? energyBlocks(phases) : []),
    {
      fields: {
        caption: "Energy and CO2e of all runs.",
        rows: [
          number("IT energy", total.energy, "kWh", "Art. 95(2)(b); SCI E"),
          computed(
            "Not inside the sums",
            outsideWords(total) || (runs.length > 0 ? "nothing: every run is inside" : null),
            undefined,
            MEASUREMENT,
          ),
          recorded("Components without a meter", runs.length > 0 ? notCoveredWords(runs) : null, "SCI E"),
          factor(
            "Power usage effectiveness",
            runs.length > 0 ? [pueWords(runs), facts.hosting?.["pue-source"] ?? "source not stated"] : null,
            "ISO/IEC 30134-2",
          ),
          number(
            "CO2e, location-based",
            total.footprint,
            "kg",
            "GHG Protocol scope 2",
            "C",
            "a grid zone: zone in the project file",
          ),
          ...(account?.market
            ? [number("CO2e, market-based", account.market.total, "kg", "GHG Protocol scope 2", "C")]
            : []),
          number(
            "Share of the hardware's making",
            account?.sci.embodied ?? null,
            "kg",
            "SCI M",
            "F",
            "the provider: [[sci.hardware]] in the project file",
          ),
          inferenceRow(evidence, "Art. 95(2)(b); SCI E"),
          waterRow(total.energy, facts),
          given(
            "Baseline for comparison, by the same method",
            facts.report?.["sci-boundary"]?.baseline,
            "SCI, comparison",
          ),
          given("Efficiency measures, before and after", compute["efficiency-measures"], "Art. 40(2)"),
          fixed(
            "Basis",
            "Location-based: yearly average intensity of the grid zone. No certificates, contracts or credits are in it; a market-based figure and the share of the hardware's making stand beside it and are never added to it.",
          ),
        ],
      },
    },
    ...(factors ? [{ table: factors }] : []),
  ];
}

export function waterRow(energy: Quantity | null, { hosting }: Facts): FieldRow {
  const wue = hosting?.wue;
  return factor(
    "Water",
    wue === undefined || !energy
      ? null
      : [
          `${figure((energy.value / JOULES_PER_KWH) * wue, 2)} L: IT energy x ${wue} L/kWh`,
          hosting?.["wue-source"] ?? "source not stated",
        ],
    "ISO/IEC 30134-9",
  );
}

export function pueWords(runs: readonly RecordedRun[]): string {
  const values = [...new Set(runs.map(({ body }) => body.pue))].sort((a, b) => a - b);
  return `${values.join(", ")} as set in the project${values.includes(1) ? " (1: no overhead is counted)" : ""}`;
}
