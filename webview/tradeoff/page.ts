/** The trade-off page: candidates for deployment as points and as a matrix, break-even and the decision. */

import "./page.css";
import { chartHost } from "../charts/chart-host.ts";
import { readTheme, watchTheme } from "../charts/theme.ts";
import { h, replaceChildren } from "../ui/dom.ts";
import { kitButton, kitRing, registerKit, setDisabled } from "../ui/kit.ts";
import type { PageCommand, TradeoffStrings, TradeoffView } from "./protocol.ts";
import { CandidateScatter } from "./scatter.ts";
import { openWire } from "./wire.ts";

registerKit();
const wire = openWire();
const main = document.querySelector("main")!;
let theme = readTheme();
let scatter: CandidateScatter | undefined;

const command = (name: PageCommand) => wire.post({ type: "command", command: name });

function show(words: TradeoffStrings, view: TradeoffView): void {
  const { candidates, across, upwards } = view;
  const nothing = view.failure || (candidates.length === 0 ? words["page.none"] : "");
  scatter =
    nothing === "" && across.length > 0 && upwards.length > 0
      ? new CandidateScatter(
          wire,
          words,
          view,
          chartHost(wire, words, () => theme),
          mark,
        )
      : undefined;
  replaceChildren(
    main,
    h(
      "header",
      { class: "page-header" },
      h("h1", {}, view.title),
      h(
        "div",
        { class: "actions" },
        kitButton(words["action.refresh"], () => command("refresh")),
        kitButton(words["action.settings"], () => command("settings")),
        kitButton(words["action.report"], () => command("report")),
      ),
    ),
    nothing === "" ? null : h("p", { class: "sentence", role: "status" }, nothing),
    scatter?.element ?? null,
    nothing === "" ? matrix(words, view) : null,
    list("break-even", words["breakEven.title"], view.breakEven),
    decision(words, view),
    list("notices", words["notices.title"], view.notices),
  );
  // A chart takes its size from where it stands, which it does only now.
  scatter?.draw();
}

function matrix(words: TradeoffStrings, { candidates, rows }: TradeoffView): HTMLElement {
  const name = words["table.title"];
  return h(
    "section",
    { "aria-labelledby": "matrix-title" },
    h("h2", { id: "matrix-title" }, name),
    h(
      "div",
      { class: "scroll-x", role: "group", tabindex: 0, "aria-label": name },
      h(
        "table",
        {},
        h("caption", { class: "visually-hidden" }, name),
        h(
          "thead",
          {},
          h(
            "tr",
            {},
            h("th", { scope: "col" }, words["table.property"]),
            ...candidates.map((candidate, index) =>
              h(
                "th",
                {
                  scope: "col",
                  "data-candidate": String(index),
                  class: candidate.isChosen ? "chosen" : null,
                },
                candidate.name,
              ),
            ),
          ),
        ),
        h(
          "tbody",
          {},
          ...rows.map(({ label, cells }) =>
            h(
              "tr",
              {},
              h("th", { scope: "row" }, label),
              ...cells.map((cell, index) => h("td", { "data-candidate": String(index) }, cell)),
            ),
          ),
        ),
      ),
    ),
  );
}

/** Shows the column of the point that was picked. */
function mark(candidate: number): void {
  for (const cell of main.querySelectorAll<HTMLElement>("[data-candidate]"))
    cell.classList.toggle("picked", cell.dataset.candidate === String(candidate));
  main
    .querySelector(`th[data-candidate="${candidate}"]`)
    ?.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function list(id: string, title: string, texts: readonly string[]): HTMLElement | null {
  if (texts.length === 0) return null;
  const items = texts.map((text) => h("li", {}, text));
  return h(
    "section",
    { "aria-labelledby": `${id}-title` },
    h("h2", { id: `${id}-title` }, title),
    h("ul", { class: "notes" }, ...items),
  );
}

function decision(words: TradeoffStrings, { decision: facts, failure }: TradeoffView): HTMLElement | null {
  if (failure !== "" || facts.length === 0) return null;
  return h(
    "section",
    { "aria-labelledby": "decision-title" },
    h("h2", { id: "decision-title" }, words["decision.title"]),
    h("dl", { class: "facts" }, ...facts.flatMap(([label, text]) => [h("dt", {}, label), h("dd", {}, text)])),
  );
}

wire.listen((message) => {
  if (message.type === "hydrate") {
    wire.save({ project: message.view.project });
    show(message.strings as TradeoffStrings, message.view);
  } else
    for (const button of main.querySelectorAll<HTMLElement>("vscode-button"))
      setDisabled(button, message.busy);
});
watchTheme(() => {
  theme = readTheme();
  scatter?.draw();
});

replaceChildren(main, h("div", { class: "loading" }, kitRing(main.dataset.loading ?? "")));
wire.post({ type: "ready" });
