/** Candidates for deployment side by side, with the decision that people made: cost, quality and carbon. */

import { formatSignificant, inUnit, pickScale } from "../../quantity.ts";
import type { Matrix } from "../../tradeoff/matrix/matrix.ts";
import { breakEvenWords, type MatrixTable, matrixTable } from "../../tradeoff/matrix/matrix-words.ts";
import { tradeoffOf } from "../../tradeoff/tradeoff.ts";
import type { Evidence } from "../evidence.ts";
import type { BarFigure, Block } from "./blocks.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { computed, fixed, given } from "./fields.ts";

export const tradeoffMatrix: ReportDocument = {
  id: "tradeoff-matrix",
  title: "Trade-off matrix for a deployment decision: quality, fairness, energy, CO2e and cost",
  summary: "candidates side by side, with break-even, limits and the decision",
  form: 1,
  legalTextAsOf:
    "NIST AI RMF 1.0 (MAP 3.1, 3.2, MANAGE 1.1, 2.1); ISO/IEC 42001:2023 A.4.5, A.6.2.2; Annex IV 2(b) of Regulation (EU) 2024/1689 for what concerns accuracy, fairness and robustness",
  build,
};

const DECIDER = "who decides on the deployment: [tradeoff.decision] in the project file";
/** Candidates that fit beside each other on a page. */
const BESIDE = 4;

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const matrix = tradeoffOf(evidence, facts);
  return {
    blocks: [
      {
        text: "Candidates for deployment, by what was measured and what people gave. There is no overall score: a weight would hide a decision that people have to make.",
      },
      ...(matrix.rows.length > 0
        ? matrixBlocks(matrix)
        : [
            {
              text: "No candidates: measure inference (fairwatt bench), audit predictions, or name candidates in the project file.",
            },
          ]),
      ...decisionBlocks(matrix, facts),
      ...methodBlocks(matrix, facts),
    ],
  };
}

function matrixBlocks(matrix: Matrix): Block[] {
  const unit = matrix.unit ?? "units";
  const figure = carbonFigure(matrix, unit);
  return [
    { heading: "Candidates", level: 2 },
    {
      table: {
        caption: "What each candidate is.",
        columns: [{ title: "Candidate" }, { title: "What it is" }, { title: "Ledger entries" }],
        rows: matrix.rows.map(({ candidate: { name, baseline, facts, entries } }) => [
          name,
          [...(baseline ? ["simple baseline (MANAGE 2.1)"] : []), ...facts].join(", ") || "not described",
          entries.map((hash) => hash.slice(0, 12)).join(", ") || "none: as given",
        ]),
      },
    },
    { heading: "Matrix", level: 2 },
    ...tables(matrixTable(matrix)),
    ...(figure ? [{ bars: figure }] : []),
    ...(matrix.breakEven.length > 0
      ? [
          { heading: "Break-even", level: 2 } as const,
          { list: matrix.breakEven.map((each) => breakEvenWords(each, unit)) },
        ]
      : []),
  ];
}

/** So many candidates beside each other as a page is wide. */
function tables({ candidates, rows }: MatrixTable): Block[] {
  const blocks: Block[] = [];
  for (let first = 0; first < candidates.length; first += BESIDE) {
    const part = <T>(all: readonly T[]) => all.slice(first, first + BESIDE);
    blocks.push({
      table: {
        caption:
          candidates.length > BESIDE
            ? `Candidates ${first + 1} to ${Math.min(first + BESIDE, candidates.length)} of ${candidates.length}.`
            : "The candidates by what was measured, computed and given; ranges in brackets.",
        columns: [{ title: "Property" }, ...part(candidates).map((title) => ({ title }))],
        rows: rows.map(({ label, cells }) => [label, ...part(cells)]),
      },
    });
  }
  return blocks;
}

/** CO2e over the lifetime, else for 1,000 units, of those whose CO2e is known. */
function carbonFigure({ rows, units }: Matrix, unit: string): BarFigure | undefined {
  const amounts = rows.flatMap(({ candidate, lifetime }) => {
    const amount = units === null ? candidate.inference.footprint : lifetime.CO2e;
    if (!amount) return [];
    return [{ name: candidate.name, amount }];
  });
  if (amounts.length === 0) return undefined;
  const symbol = pickScale("gCO2e", Math.max(...amounts.map(({ amount }) => amount.value)));
  const bars = amounts.map(({ name, amount }) => {
    const [value, low, high] = [amount.value, amount.low, amount.high].map((each) =>
      inUnit("gCO2e", each, symbol),
    ) as [number, number, number];
    const text = (each: number) => formatSignificant(each, 2);
    return { label: name, value, low, high, text: `${text(value)} (${text(low)} to ${text(high)})` };
  });
  return {
    title:
      units === null
        ? `CO2e per 1,000 ${unit}, location-based`
        : `CO2e over ${units.toLocaleString("en")} ${unit}, training included, location-based`,
    unit: `${symbol}CO2e`,
    bars,
  };
}

function decisionBlocks({ rows, notices }: Matrix, facts: Facts): Block[] {
  const decision = facts.tradeoff?.decision ?? {};
  const rejected = Object.entries(decision.rejected ?? {}).map(([name, why]) => `${name}: ${why}`);
  const others = rows.filter(({ candidate }) => candidate.name !== decision.chosen);
  const unexplained = others.filter(({ candidate }) => decision.rejected?.[candidate.name] === undefined);
  const sentences = [
    ...notices,
    ...rows.flatMap(({ candidate }) => candidate.notices.map((notice) => `${candidate.name}: ${notice}`)),
  ];
  return [
    { heading: "Decision", level: 2 },
    {
      fields: {
        caption: "What was decided, by whom and why.",
        rows: [
          given("Chosen option", decision.chosen, "MANAGE 1.1", DECIDER),
          given("Reason", decision.reason, "MAP 3.1, 3.2", DECIDER),
          given("Rejected options, with reasons", rejected, "MANAGE 2.1", DECIDER),
          computed(
            "Options without a reason",
            unexplained.length > 0 && decision.chosen !== undefined
              ? unexplained.map(({ candidate }) => candidate.name).join(", ")
              : "none to name",
            "MANAGE 2.1",
          ),
          given("Decision maker", decision.by, "ISO/IEC 42001 A.6.2.2", DECIDER),
          given("Date", decision.on, undefined, DECIDER),
          given("To be reviewed on", decision.review, undefined, DECIDER),
          given("Residual risk", decision["residual-risk"], "MANAGE 1.4", DECIDER),
        ],
      },
    },
    ...(sentences.length > 0 ? [{ list: sentences }] : []),
  ];
}

function methodBlocks({ axes, currency, fairness, lessIsBetter, quality }: Matrix, facts: Facts): Block[] {
  const price = facts.tradeoff?.["price-per-kwh"];
  return [
    { heading: "Methods", level: 2 },
    {
      code: "T(N) = training + N x inference / 1000, for kWh, CO2e and cost\nbreak-even N = (T_b(0) - T_a(0)) / (inference_a - inference_b) x 1000\nPareto: no other candidate is at least as good in everything compared and better in something\nmarginal = difference of quality / difference of CO2e or cost, against the Pareto neighbour that needs next less",
    },
    {
      fields: {
        caption: "How the figures were made.",
        rows: [
          computed(
            "Compared for Pareto",
            axes.length > 0 ? axes.join(", ") : null,
            undefined,
            "a measured candidate: fairwatt bench, fairwatt audit",
          ),
          fixed(
            "What is not measured",
            "is no zero: a candidate that lacks a compared number neither beats another nor is beaten",
          ),
          fixed(
            "Ranges",
            "95 % of quality and of the scatter between pieces of the steady state, with the instruments' own ranges; sums add the ends up. A limit is met or broken when the whole range is.",
          ),
          computed(
            "Quality and gap",
            `${quality}${lessIsBetter ? ", less is better" : ""}; ${fairness.replaceAll("_", " ")}, the largest among the groupings audited`,
          ),
          given(
            "Price of electricity",
            price === undefined ? undefined : `${price} ${currency} per kWh of facility energy`,
            undefined,
            "the cost owner: price-per-kwh under [tradeoff]",
          ),
          fixed(
            "Scope in law",
            "Of these trade-offs, those that concern accuracy, fairness and robustness are matter of Annex IV 2(b); energy, CO2e and cost are given voluntarily (Art. 95(2)(b)).",
          ),
        ],
      },
    },
  ];
}
