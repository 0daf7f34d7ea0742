/** A group's scores in one strip: labelled positive above the line, negative below, and a threshold that can be dragged. */

import { type Bins, type Histogram, histogramOf } from "../../src/fairness/thresholds/histogram.ts";
import type { ScoreGroup } from "../../src/fairness/thresholds/score-cells.ts";
import { h, setAttribute, svg } from "../ui/dom.ts";
import { keyed, snapped } from "./numbers.ts";

const HALF = 30;
/** So far past the upper end, in parts of the strip, the pointer means that nobody is to be selected. */
const BEYOND = 0.01;

export interface StripEvents {
  move(threshold: number): void;
  /** The person has let go, or pressed a key. */
  settle(): void;
}

export class ScoreStrip {
  readonly element: HTMLElement;
  readonly #above = svg("path", { class: "strip-positive", d: "" });
  readonly #below = svg("path", { class: "strip-negative", d: "" });
  readonly #handle = h("div", { class: "handle", role: "slider", tabindex: 0 });
  readonly #veil = h("div", { class: "veil", "aria-hidden": "true" });
  readonly #plot: SVGElement;
  #bins: Bins = { low: 0, high: 1, count: 1 };
  #threshold = 0;

  constructor(readonly events: StripEvents) {
    this.#plot = svg(
      "svg",
      { class: "strip-plot", preserveAspectRatio: "none", role: "img" },
      this.#above,
      this.#below,
    );
    this.element = h("div", { class: "strip" }, this.#veil, this.#handle);
    this.element.prepend(this.#plot);
    this.element.addEventListener("pointerdown", (event) => this.#grab(event));
    this.#handle.addEventListener("keydown", (event) => {
      const { low, high } = this.#bins;
      const threshold = keyed(event.key, this.#threshold, low, high);
      if (threshold === undefined) return;
      event.preventDefault();
      events.move(threshold);
      events.settle();
    });
  }

  /** Largest part of the group's rows in one bin of one label: strips of a page share the largest of all. */
  static peak(histogram: Histogram): number {
    const all = [...histogram.positives, ...histogram.negatives];
    const sum = all.reduce((a, b) => a + b, 0);
    return sum === 0 ? 0 : Math.max(...all) / sum;
  }

  /** Draws the group's rows. `peak`: the part of a group's rows that fills a half of the strip. */
  draw({ counts }: ScoreGroup, bins: Bins, peak: number, label: string): void {
    this.#bins = bins;
    const { positives, negatives } = histogramOf(counts, bins);
    const rows = [...positives, ...negatives].reduce((a, b) => a + b, 0) || 1;
    const height = (value: number) => (peak === 0 ? 0 : (value / rows / peak) * (HALF - 1));
    setAttribute(this.#plot, "viewBox", `0 0 ${bins.count} ${2 * HALF}`);
    setAttribute(this.#plot, "aria-label", label);
    this.#above.setAttribute(
      "d",
      bars(positives, (value) => -height(value)),
    );
    this.#below.setAttribute("d", bars(negatives, height));
  }

  /** `text`: how the threshold is read out; `name`: of what. */
  set(threshold: number, text: string, name: string): void {
    this.#threshold = threshold;
    const { low, high } = this.#bins;
    const part = Math.min(1, Math.max(0, (threshold - low) / (high - low)));
    const place = `${(100 * part).toFixed(3)}%`;
    this.#handle.style.setProperty("left", place);
    this.#veil.style.setProperty("width", place);
    setAttribute(this.#handle, "aria-label", name);
    setAttribute(this.#handle, "aria-valuemin", low);
    setAttribute(this.#handle, "aria-valuemax", high);
    setAttribute(this.#handle, "aria-valuenow", Math.min(high, Math.max(low, threshold)));
    setAttribute(this.#handle, "aria-valuetext", text);
  }

  #grab(event: PointerEvent): void {
    if (event.button !== 0) return;
    event.preventDefault();
    this.#handle.focus();
    const box = this.element.getBoundingClientRect();
    const move = ({ clientX }: PointerEvent) => {
      const { low, high } = this.#bins;
      const part = (clientX - box.left) / box.width;
      const value = low + Math.min(1, Math.max(0, part)) * (high - low);
      this.events.move(part > 1 + BEYOND ? Infinity : snapped(value, low, high));
    };
    const end = () => {
      this.element.removeEventListener("pointermove", move);
      this.element.removeEventListener("pointerup", end);
      this.element.removeEventListener("pointercancel", end);
      this.events.settle();
    };
    this.element.setPointerCapture(event.pointerId);
    this.element.addEventListener("pointermove", move);
    this.element.addEventListener("pointerup", end);
    this.element.addEventListener("pointercancel", end);
    move(event);
  }
}

/** One path of all bars, from the middle line. */
const bars = (values: Float64Array, heightOf: (value: number) => number): string =>
  Array.from(values, (value, bin) =>
    value === 0 ? "" : `M${bin + 0.06} ${HALF}h0.88v${heightOf(value).toFixed(2)}h-0.88z`,
  ).join("");
