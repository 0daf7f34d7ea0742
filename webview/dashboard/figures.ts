/** The big numbers: energy, CO2e, power, forecast; each with its range, method and basis. */

import { byComponent } from "../charts/series-buffer.ts";
import { type ForecastView, fill, type RunDetail, type Shown } from "../protocol.ts";
import { h, replaceChildren, setAttribute, setHidden, setText } from "../ui/dom.ts";
import { kitLink } from "../ui/kit.ts";
import type { PageContext } from "./context.ts";
import { clock } from "./epochs.ts";

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

  update(detail: RunDetail): void {
    const { strings } = this.context;
    const { forecast } = detail;
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
    setHidden(this.#forecast.element, forecast === null);
    if (forecast) this.#updateForecast(forecast);
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

  #updateForecast(forecast: ForecastView): void {
    const { strings } = this.context;
    if ("why" in forecast) {
      this.#forecast.update(strings["figure.noForecast"], "–", "", forecast.why);
      return;
    }
    const { value, low, high } = forecast.finishAt;
    const [done, early, late] = [value, low, high].map((at) => clock(at, Date.now()));
    this.#forecast.update(
      fill(strings["figure.forecast"], done!, early!, late!),
      forecast.text,
      forecast.range,
      forecast.note,
      forecast.basis,
    );
  }
}
