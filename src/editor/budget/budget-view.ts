/** A project's budget as the dashboard shows it. Pure. */

import type { BudgetView } from "../../../webview/protocol.ts";
import { type BudgetLine, type BudgetState, isOver } from "../../carbon/budget/budget.ts";
import { amount, unitOf, usedWords } from "../../carbon/budget/budget-words.ts";
import { formatPercent, inUnit, pickScale } from "../../quantity.ts";
import type { Translate } from "../words.ts";

const DAY = 86_400_000;
/** Of runs in the table; all are in the chart and the CSV. */
const ROWS = 30;

/** @param now Unix ms */
export function budgetView(state: BudgetState, now: number, t: Translate, locale?: string): BudgetView {
  const { period, burnDown, lines } = state;
  const days = Math.max(0, Math.ceil((period.to - now) / DAY));
  const when = (at: number) =>
    new Date(at).toLocaleString(locale, {
      month: "short",
      day: "numeric",
      hour: "2-digit",
      minute: "2-digit",
      timeZone: "UTC",
    });
  return {
    title: t("Budget of {0}", period.name),
    time: days === 1 ? t("1 day left (UTC)") : t("{0} days left (UTC)", days),
    from: period.from,
    to: period.to,
    now: Math.min(now, period.to),
    notices: state.notices,
    lines: lines.map((line) => {
      const symbol = pickScale(unitOf(line), line.limit);
      const scaled = (value: number) => inUnit(unitOf(line), value, symbol);
      const used = burnDown.map(({ grams, joules }) => (line.what === "CO2e" ? grams : joules));
      const name = line.what === "CO2e" ? t("CO2e") : t("Energy");
      const head = [t("After run at (UTC)"), t("used"), t("left")];
      const rows = burnDown.map(({ at }, index) => [
        when(at),
        amount(line, used[index]!),
        leftWords(line, line.limit - used[index]!, t),
      ]);
      return {
        what: line.what,
        title: t("{0} left of the budget", name),
        symbol,
        limit: scaled(line.limit),
        points: burnDown.map(({ at }, index) => ({ at, left: scaled(line.limit - used[index]!) })),
        used: `${usedWords(line)}, ${formatPercent(line.used.value / line.limit)}`,
        left: leftWords(line, line.left, t),
        state: stateWords(line, t),
        over: isOver(line.state),
        basis: `${line.limitBasis}; ${line.used.basis}`,
        table: {
          caption:
            rows.length > ROWS
              ? t("{0}: the newest {1} of {2} runs; Copy as CSV has all", name, ROWS, rows.length)
              : t("{0}, after each run of the period", name),
          head,
          rows: rows.slice(-ROWS),
        },
        even: t("even use"),
        label: t(
          "{0} left of the budget of {1}: {2}; the same figures are under Show as table",
          name,
          period.name,
          leftWords(line, line.left, t),
        ),
      };
    }),
  };
}

const leftWords = (line: BudgetLine, left: number, t: Translate): string =>
  left >= 0 ? t("{0} left", amount(line, left)) : t("{0} too much", amount(line, -left));

function stateWords({ state }: BudgetLine, t: Translate): string {
  switch (state) {
    case "within":
      return t("within the budget");
    case "may":
      return t("may be passed: its range reaches over the limit");
    case "likely":
      return t("passed by the figure, though its range reaches below the limit");
    case "passed":
      return t("passed");
  }
}
