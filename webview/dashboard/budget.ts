/** The project's budget: how much of it is used, and its burn-down. */

import { BurnDownChart } from "../charts/burn-down.ts";
import type { ChartHost } from "../charts/panel.ts";
import type { BudgetView } from "../protocol.ts";
import { h, replaceChildren, setHidden, setText } from "../ui/dom.ts";

export class Budget {
  readonly element: HTMLElement;
  readonly #title = h("h2", { id: "budget-title" });
  readonly #time = h("span", { class: "budget-time" });
  readonly #list = h("ul", { class: "budget-lines" });
  readonly #notices = h("ul", { class: "budget-notices" });
  readonly #charts: Record<BudgetView["lines"][number]["what"], BurnDownChart>;
  #shown: BudgetView | null = null;

  constructor(host: ChartHost) {
    this.#charts = { CO2e: new BurnDownChart("CO2e", host), energy: new BurnDownChart("energy", host) };
    const panels = Object.values(this.#charts).map(({ panel }) => panel.element);
    this.element = h(
      "section",
      { class: "budget", "aria-labelledby": "budget-title" },
      h("header", { class: "budget-head" }, this.#title, this.#time),
      this.#list,
      h("div", { class: "charts" }, ...panels),
      this.#notices,
    );
    this.update(null);
  }

  update(budget: BudgetView | null): void {
    this.#shown = budget;
    setHidden(this.element, budget === null);
    if (!budget) return;
    setText(this.#title, budget.title);
    setText(this.#time, budget.time);
    replaceChildren(
      this.#list,
      ...budget.lines.map(({ what, used, left, state, over, basis }) =>
        h(
          "li",
          {},
          h("strong", {}, `${what}: `),
          `${used}; ${left}; `,
          h("span", { class: over ? "budget-over" : null }, state),
          h("span", { class: "budget-basis" }, basis),
        ),
      ),
    );
    replaceChildren(this.#notices, ...budget.notices.map((text) => h("li", {}, text)));
    setHidden(this.#notices, budget.notices.length === 0);
    for (const [what, chart] of Object.entries(this.#charts)) {
      const line = budget.lines.find((each) => each.what === what);
      setHidden(chart.panel.element, line === undefined);
      if (line) chart.update(budget, line);
    }
  }

  draw(): void {
    if (this.#shown) for (const chart of Object.values(this.#charts)) chart.draw();
  }
}
