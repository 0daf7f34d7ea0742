/** A library's own numbers beside Fairwatt's, as parts of a document. */

import {
  agreementText,
  type EngineReport,
  valuesToRead,
  valueTexts,
} from "../../fairness/libraries/agreement.ts";
import type { Block } from "./blocks.ts";

const MAX_ROWS = 60;

/** `leftOut`: groups were too small to be passed on; the library's exact numbers would tell of them. */
export function engineBlocks(report: EngineReport, leftOut: boolean): Block[] {
  const { title, adapter } = report;
  const dependencies = Object.entries(adapter.dependencies).map(([name, version]) => `${name} ${version}`);
  return [
    { heading: `${title} ${adapter.version}, its own numbers beside Fairwatt's`, level: 2 },
    {
      text: `${agreementText(report)}. Computed by ${title} ${adapter.version} in Python ${adapter.python} (${dependencies.join(", ")}), on the same machine.`,
    },
    ...(leftOut
      ? [{ text: "The library's numbers are left out, as some groups are too small to be passed on." }]
      : report.views.flatMap((view) => viewBlocks(view, report))),
    ...(report.warnings.length > 0 ? [{ list: report.warnings.map((warning) => `Note: ${warning}`) }] : []),
  ];
}

function viewBlocks(
  { by, view, convention, values }: EngineReport["views"][number],
  { library, title }: EngineReport,
): Block[] {
  const { measures, apart, others } = valuesToRead(values, MAX_ROWS);
  const name = `by ${by.join(" x ")}${view === library ? "" : ` (${view})`}`;
  const rest =
    others === 0
      ? ""
      : ` ${others} more, of single groups and metrics: ${apart.length === 0 ? "none differs" : `${apart.length} differ and are listed`}.`;
  return [
    {
      table: {
        caption: `${title} and Fairwatt ${name}.${rest}`,
        columns: [
          { title: "Measure" },
          { title, align: "right" },
          { title: "Fairwatt", align: "right" },
          { title: "Difference", align: "right" },
        ],
        rows: [...measures, ...apart].map(valueTexts),
      },
    },
    {
      list: [
        `Direction: ${convention.direction}`,
        `Reference: ${convention.reference}`,
        `Zero denominators: ${convention.zeroDenominators}`,
        `Missing values: ${convention.missingValues}; weights: ${convention.weights}`,
        ...(convention.caution ? [`Caution: ${convention.caution}`] : []),
      ],
    },
  ];
}
