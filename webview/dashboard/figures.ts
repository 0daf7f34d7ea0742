/** The big numbers: energy, CO2e, power, forecast; each with its range, method and basis. */

import { formatQuantity, formatRange } from "../../src/quantity.ts";
import { byComponent } from "../charts/series-buffer.ts";
import { fill, type RunDetail, type Shown } from "../protocol.ts";
import { h, replaceChildren, setAttribute, setHidden, setText } from "../ui/dom.ts";
import { kitLink } from "../ui/kit.ts";
import type { PageContext } from "./context.ts";
import type { Forecast } from "./epochs.ts";

class Figure {
  readonly element: HTMLElement;
  readonly #value = h("dd", { class: "figure-value" });
  readonly #term = h("dt", {});
  readonly #range = h("dd", { class: "figure-note" });
  readonly #note = h("dd", { class: "figure-note" });

  constructor() {
    this.element = h("div", { class: "figure" }, this.#term, this.#value, this.#range, this.#note);
  }

  update(term: string, value: string, range: string, note: string | Node, hint = ""): void {
    setText(this.#term, term);
    setText(this.#value, value);
    setText(this.#range, range);
    if (typeof note === "string") setText(this.#note, note);
    else if (this.#note.firstChild !== note) replaceChildren(this.#note, note);
    setAttribute(this.#value, "title", hint || null);
  }
}

export class Figures {
  readonly element: HTMLElement;
  readonly #energy = new Figure();
  readonly #footprint = new Figure();
  readonly #power = new Figure();
  readonly #forecast = new Figure();
  readonly #zoneLink: HTMLElement;

  constructor(readonly context: PageContext) {
    this.#zoneLink = kitLink(context.strings["action.chooseZone"], () =>
      context.command("fairwatt.chooseZone", null),
    );
    const figures = [this.#energy, this.#footprint, this.#power, this.#forecast];
    this.element = h("dl", { class: "figures-row" }, ...figures.map((figure) => figure.element));
  }

  update(detail: RunDetail, forecast: Forecast | null): void {
    const { strings } = this.context;
    const running = detail.state === "running";
    this.#energy.update(
      strings[running ? "figure.energySoFar" : "figure.energy"],
      detail.energy.text,
      this.#rangeOf(detail.energy),
      fill(strings["figure.machine"], detail.machineEnergy.text),
      `${detail.energy.instrument}: ${detail.energy.basis}`,
    );
    if (detail.footprint) {
      const { footprint } = detail;
      this.#footprint.update(
        strings["figure.footprint"],
        footprint.text,
        footprint.range,
        detail.zone ?? "",
        footprint.basis,
      );
    } else if (detail.zone !== null) {
      this.#footprint.update(strings["figure.footprint"], "–", "", detail.zone);
    } else {
      this.#footprint.update(strings["figure.footprint"], "–", strings["figure.noZone"], this.#zoneLink);
    }
    this.#updatePower(detail, running);
    setHidden(this.#forecast.element, forecast === null || !running);
    if (forecast) this.#updateForecast(detail, forecast);
  }

  #rangeOf(figure: Shown): string {
    if (figure.range === "") return "";
    return `${figure.range}, ${this.context.strings[`method.${figure.method}`]}`;
  }

  #updatePower(detail: RunDetail, running: boolean): void {
    const { strings } = this.context;
    if (running && detail.power) {
      const parts = byComponent(detail.meters)
        .filter((meter) => meter.power !== null)
        .map((meter) => `${meter.label} ${Math.round(meter.power!)}`);
      this.#power.update(
        strings["figure.powerNow"],
        detail.power.text,
        detail.power.range,
        parts.join(" · "),
      );
      return;
    }
    const mean = detail.meanPower;
    this.#power.update(strings["figure.meanPower"], mean?.text ?? "–", mean?.range ?? "", "");
  }

  #updateForecast(detail: RunDetail, forecast: Forecast): void {
    const { strings } = this.context;
    const ratio = (bound: number) => (detail.energy.value > 0 ? bound / detail.energy.value : 1);
    const quantity = {
      unit: "J" as const,
      value: forecast.joules,
      low: forecast.low * ratio(detail.energy.low),
      high: forecast.high * ratio(detail.energy.high),
      method: detail.energy.method,
      instrument: "",
      covers: [],
      basis: "",
    };
    const lastEpochAt = detail.marks.findLast((mark) => mark.kind === "epoch")?.at ?? detail.duration;
    const done = new Date(detail.startedAt + (lastEpochAt + forecast.seconds) * 1000);
    const clock = `${String(done.getHours()).padStart(2, "0")}:${String(done.getMinutes()).padStart(2, "0")}`;
    this.#forecast.update(
      fill(strings["figure.forecast"], clock),
      `≈${formatQuantity(quantity, detail.energy.symbol).replace("≈", "")}`,
      formatRange(quantity, detail.energy.symbol),
      fill(strings["figure.forecastBasis"], forecast.left, forecast.from),
    );
  }
}
