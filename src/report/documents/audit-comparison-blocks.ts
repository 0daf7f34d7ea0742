/** What the tests of an audit's groups said, and what they could have seen, as the ledger keeps it. Pure. */

import type { RecordedAudit } from "../evidence.ts";
import type { GroupTable } from "./audit-group-blocks.ts";
import { labelOf, named, probability, rate } from "./audit-values.ts";
import type { Block } from "./blocks.ts";

/** What was tested, and what could have been seen at all. */
export function comparisonBlocks(
  { groups, reference, tests }: GroupTable,
  of: string,
  settings: RecordedAudit["body"]["settings"],
): Block[] {
  const rows = groups.flatMap(({ group, rates }) =>
    rates.flatMap(({ measure, against }) =>
      against
        ? [
            [
              named(group),
              labelOf(measure),
              probability(against.p) || "no test",
              against.verdict,
              against.detectable === null ? "none" : rate(against.detectable),
            ],
          ]
        : [],
    ),
  );
  if (reference === undefined || rows.length === 0) return [];
  const power = settings.power === undefined ? "" : ` with a power of ${settings.power}`;
  return [
    {
      table: {
        caption: `Groups ${of} against ${named(reference)}: ${tests}; p after Holm over the comparisons; the verdict accepts a difference of ${settings.tolerance}. Smallest gap seen: smaller ones go unseen at this size${power} and p below ${settings.alpha}.`,
        columns: [
          { title: "Group" },
          { title: "Rate" },
          { title: "p" },
          { title: "Verdict" },
          { title: "Smallest gap seen", align: "right" },
        ],
        rows,
      },
    },
  ];
}
