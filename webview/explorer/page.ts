/** The threshold explorer: waits for the table, then hands over to its parts. */

import "./page.css";
import { chartHost } from "../charts/chart-host.ts";
import { readTheme, watchTheme } from "../charts/theme.ts";
import { fill } from "../protocol.ts";
import { h, replaceChildren, setText } from "../ui/dom.ts";
import { kitButton, kitRing, registerKit } from "../ui/kit.ts";
import { Asker } from "./asker.ts";
import { Explorer } from "./explorer.ts";
import { Model } from "./model.ts";
import { amount } from "./numbers.ts";
import type { ExplorerStrings, HostMessage } from "./protocol.ts";
import { openWire } from "./state.ts";

registerKit();
const wire = openWire();
const main = document.querySelector("main")!;
const progress = h("p", { role: "status" });
let theme = readTheme();
let strings: ExplorerStrings | undefined;
let explorer: Explorer | undefined;
let asker: Asker | undefined;

function showLoading(): void {
  explorer = undefined;
  replaceChildren(main, h("div", { class: "loading" }, kitRing(main.dataset.loading ?? ""), progress));
}

function hydrate({ strings: words, explored, table }: Extract<HostMessage, { type: "hydrate" }>): void {
  strings = words as ExplorerStrings;
  // What was set for another table says nothing about this one.
  if (JSON.stringify(wire.state.explored) !== JSON.stringify(explored))
    wire.save({
      explored,
      grouping: [],
      facet: null,
      strategy: "single",
      custom: [],
      hidden: [],
      row: null,
      edits: [],
      scatter: null,
      feature: null,
    });
  if (!table) {
    showLoading();
    return;
  }
  // Answers to questions of an earlier page have nobody who waits for them.
  asker = new Asker((message) => wire.post(message));
  const charts = chartHost(wire, strings, () => theme);
  const context = { wire, strings, model: new Model(), charts, asker };
  explorer = new Explorer(context, table);
  replaceChildren(main, explorer.element);
  // A chart takes its size from where it stands, which it does only now.
  explorer.redraw();
}

function apply(message: HostMessage): void {
  switch (message.type) {
    case "hydrate":
      hydrate(message);
      return;
    case "reading": {
      if (!strings || explorer) return;
      const rows = amount(message.rows);
      setText(
        progress,
        message.part === null
          ? fill(strings["page.reading"], rows)
          : fill(strings["page.readingPart"], rows, Math.floor(100 * message.part)),
      );
      return;
    }
    case "unusable":
      if (!strings) return;
      explorer = undefined;
      replaceChildren(
        main,
        h(
          "div",
          { class: "unusable" },
          h("h1", {}, strings["page.unusable"]),
          h("p", { role: "alert" }, message.text),
          kitButton(strings["head.columns"], () => wire.post({ type: "chooseColumns" }), true),
        ),
      );
      return;
    case "facet":
      explorer?.facet(message);
      return;
    case "nearest":
      explorer?.nearest(message);
      return;
    case "answer":
    case "progress":
      asker?.hear(message);
      return;
    case "model":
      explorer?.model(message.model);
  }
}

watchTheme(() => {
  theme = readTheme();
  explorer?.redraw();
});

wire.listen(apply);
setText(progress, main.dataset.loading ?? "");
showLoading();
wire.post({ type: "ready" });
