/** The page once a table is there: its parts, and what a change of each means for the others. */

import type { MeasureName } from "../../src/fairness/metrics/measures.ts";
import { curvesOf } from "../../src/fairness/thresholds/curves.ts";
import { thresholdReport } from "../../src/fairness/thresholds/threshold-report.ts";
import { type CurveGroup, RateCurves } from "../charts/rate-curves.ts";
import { fill } from "../protocol.ts";
import { h } from "../ui/dom.ts";
import { kitButton } from "../ui/kit.ts";
import type { ExplorerContext } from "./context.ts";
import { Controls } from "./controls.ts";
import { curveKinds } from "./curve-kinds.ts";
import { Groups, MAX_DRAWN } from "./groups.ts";
import { cellOf, groupingsOf } from "./model.ts";
import { amount } from "./numbers.ts";
import { PointViews } from "./point-views.ts";
import type { HostMessage, SentCell, TableView } from "./protocol.ts";
import type { ModelView } from "./questions.ts";
import { Rates } from "./rates.ts";
import { isMeasure, Summary } from "./summary.ts";

/** Thresholds by hand that are kept; the latest ones. */
const MAX_KEPT = 1000;

export class Explorer {
  readonly element: HTMLElement;
  readonly #controls: Controls;
  readonly #summary: Summary;
  readonly #groups: Groups;
  readonly #rates: Rates;
  readonly #points: PointViews;
  readonly #curves: RateCurves[];
  #drawn: (CurveGroup & { index: number })[] = [];
  #frame = 0;

  constructor(
    readonly context: ExplorerContext,
    readonly table: TableView,
  ) {
    const { strings } = context;
    this.#mendState();
    this.#controls = new Controls(context, table, {
      regroup: () => this.#regroup(),
      choose: () => this.#choose(),
      measure: () => this.#numbers(),
    });
    this.#summary = new Summary(context);
    this.#groups = new Groups(context, {
      move: (index, threshold) => this.#move(index, threshold),
      settle: () => this.#settle(),
    });
    this.#rates = new Rates(context);
    this.#points = new PointViews(context, table);
    this.#curves = curveKinds(context, () => this.#drawn).map((kind) => new RateCurves(context.charts, kind));
    const names = table.columns;
    const facts = fill(strings["head.rows"], amount(table.rows), table.positive, table.attributes.join(", "));
    this.element = h(
      "div",
      { class: "explorer" },
      h(
        "header",
        { class: "page-header" },
        h(
          "div",
          {},
          h("h1", {}, table.name),
          h(
            "p",
            { class: "muted" },
            names.weight === undefined ? facts : `${facts}; ${fill(strings["head.weighted"], names.weight)}`,
          ),
          ...table.notes.map((note) => h("p", { class: "muted" }, note)),
        ),
        h(
          "div",
          { class: "buttons" },
          kitButton(strings["head.export"], () => this.#export(), true),
          kitButton(strings["head.columns"], () => context.wire.post({ type: "chooseColumns" })),
        ),
      ),
      this.#controls.element,
      this.#summary.element,
      this.#groups.element,
      h("div", { class: "curves" }, ...this.#curves.map(({ panel }) => panel.element)),
      this.#rates.element,
      ...this.#points.elements,
    );
    this.#regroup();
  }

  facet({ feature, cells }: Extract<HostMessage, { type: "facet" }>): void {
    if (feature === this.context.wire.state.facet) this.#setCells(cells, [...this.table.attributes, feature]);
  }

  nearest(message: Extract<HostMessage, { type: "nearest" }>): void {
    this.#points.nearest(message);
  }

  model(model: ModelView | null): void {
    this.#points.model(model);
  }

  redraw(): void {
    this.#groups.draw();
    for (const curve of this.#curves) curve.draw();
    this.#points.redraw();
  }

  /** A state that was kept for another table may name what this one does not have. */
  #mendState(): void {
    const { wire } = this.context;
    const { grouping, facet, measure } = wire.state;
    const groupings = groupingsOf(this.table.attributes);
    const fits = groupings.some((each) => each.join("\n") === grouping.join("\n"));
    wire.save({
      grouping: fits && grouping.length > 0 ? grouping : groupings[0]!,
      facet: facet !== null && this.table.features.includes(facet) ? facet : null,
      measure: isMeasure(measure) ? measure : ("demographic_parity" satisfies MeasureName),
    });
  }

  #regroup(): void {
    const { wire } = this.context;
    const { facet } = wire.state;
    if (facet === null) this.#setCells(this.table.cells, this.table.attributes);
    else wire.post({ type: "facet", feature: facet });
  }

  /** `attributes`: of the cells' keys. */
  #setCells(cells: readonly SentCell[], attributes: readonly string[]): void {
    const { model, strings, wire } = this.context;
    const { grouping, facet } = wire.state;
    const wanted = facet === null ? grouping : [...grouping, facet];
    model.regroup(
      cells.map(cellOf),
      wanted.map((name) => attributes.indexOf(name)),
      strings["groups.everyone"],
    );
    this.#recompute();
    const { positive, negative } = this.table;
    this.#groups.rebuild({ positive, negative: negative ?? `≠ ${positive}` });
    this.#rates.rebuild();
    this.#drawn = model.drawn(MAX_DRAWN).map((index) => {
      const { name, counts } = model.groups[index]!;
      return { index, name, curves: curvesOf(counts) };
    });
    for (const curve of this.#curves) curve.update(this.#drawn, this.#thresholdPoints());
    this.#numbers();
    this.#points.regroup();
  }

  #recompute(): void {
    const { model, wire } = this.context;
    const { strategy, mode, costRatio, tolerance, custom } = wire.state;
    const byHand = new Map(custom.map(([name, threshold]) => [name, threshold ?? Infinity]));
    model.choose(strategy, { mode, costRatio, tolerance }, byHand);
  }

  #choose(): void {
    this.#recompute();
    this.#numbers();
    this.#curvesLater();
  }

  #move(index: number, threshold: number): void {
    const { model, wire } = this.context;
    model.move(index, threshold, wire.state.together);
    if (wire.state.strategy !== "custom") {
      wire.save({ strategy: "custom" });
      this.#controls.update();
    }
    this.#numbers();
    this.#curvesLater();
  }

  /** What was set by hand is kept once it stands, also of groups that are not shown now. */
  #settle(): void {
    const { model, wire } = this.context;
    const custom = new Map(wire.state.custom);
    for (const [index, { name }] of model.groups.entries()) {
      const { threshold } = model.choices[index]!;
      custom.delete(name);
      custom.set(name, Number.isFinite(threshold) ? threshold : null);
    }
    wire.save({ custom: [...custom].slice(-MAX_KEPT) });
  }

  #numbers(): void {
    this.#summary.update();
    this.#groups.update();
    this.#rates.update();
    this.#points.update();
  }

  /** Numbers follow the pointer at once; the points on the curves with the next picture. */
  #curvesLater(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = requestAnimationFrame(() => {
      for (const curve of this.#curves) curve.move(this.#thresholdPoints());
    });
  }

  /** Place of each drawn group's threshold on its curves, which go from nobody to everyone. */
  #thresholdPoints(): number[] {
    const { model } = this.context;
    return this.#drawn.map(
      ({ index }) => model.groups[index]!.counts.scores.length - model.choices[index]!.cut,
    );
  }

  #export(): void {
    const { model, wire } = this.context;
    const { strategy, mode, costRatio, tolerance, grouping, facet } = wire.state;
    const { name, sha256, bytes, columns, positive, fairwatt } = this.table;
    const sensitive = facet === null ? grouping : [...grouping, facet];
    const { groups, choices } = model;
    const report = thresholdReport(
      { strategy, settings: { mode, costRatio, tolerance }, groups, choices },
      { file: name, sha256, bytes, columns: { ...columns, sensitive }, positive },
      fairwatt,
    );
    wire.post({ type: "export", json: `${JSON.stringify(report, null, 2)}\n` });
  }
}
