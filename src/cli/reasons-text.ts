/** Reasons for adverse actions in the terminal. */

import { formatPercent } from "../quantity.ts";
import { type ReasonsPack, textOf } from "../report/documents/ecoa-pack.ts";
import { notifyBy } from "../report/documents/ecoa-terms.ts";
import { printable } from "./printable.ts";
import { bold, dim, formatTable, yellow } from "./table.ts";

/** Applicants that the terminal shows; files have all. */
const SHOWN = 5;

export function describeReasons(pack: ReasonsPack, entry: string | undefined): string[] {
  const { applicants, checks, warnings } = pack;
  const more = applicants.length - SHOWN;
  return [
    bold(
      printable(
        `${pack.file}: reasons for ${applicants.length.toLocaleString("en")} adverse ${applicants.length === 1 ? "action" : "actions"}`,
      ),
    ),
    printable(`${pack.method}; against ${pack.reference}; a higher score means ${pack.higherMeans}`),
    ...applicants.slice(0, SHOWN).flatMap(({ applicant, reasons, completed }) => {
      const by = notifyBy(completed);
      return [
        "",
        `${bold(printable(applicant))}${by === null ? "" : `, notice by ${by}`}`,
        ...reasons.map(
          ({ feature, share, value }, at) =>
            `  ${at + 1}. ${printable(textOf(pack, feature))} ${dim(printable(`(${feature}${value === null ? "" : ` ${value}`}, ${formatPercent(share)})`))}`,
        ),
        ...(reasons.length === 0 ? ["  no feature lies on the side of denial of the reference"] : []),
      ];
    }),
    ...(more > 0 ? ["", dim(`${more.toLocaleString("en")} more are in --format csv, json, md or html`)] : []),
    "",
    ...formatTable(
      [{ title: "check" }, { title: "result" }, { title: "finding" }],
      checks.map(({ check, state, finding }) => [
        check,
        state === "found" ? yellow(state) : state,
        printable(finding),
      ]),
    ),
    ...warnings.map((warning) => dim(`note: ${printable(warning)}`)),
    ...(entry === undefined ? [] : [dim(`ledger entry ${entry.slice(0, 12)}`)]),
  ];
}
