/** All runs: sorted by a header's button, filtered, one chosen to be shown, two ticked to be compared. */

import { fill, type RunRow } from "../protocol.ts";
import { h, KeyedList, setAttribute, setHidden, setText } from "../ui/dom.ts";
import { kitButton, kitCheckbox, kitRing, kitTextField, setChecked, setDisabled } from "../ui/kit.ts";
import { createSparkline } from "../ui/sparkline.ts";
import type { PageContext } from "./context.ts";
import { createGlyph } from "./glyph.ts";
import { filterRuns, isSortColumn, type SortColumn, sortRuns } from "./sorting.ts";

const NUMERIC: ReadonlySet<SortColumn> = new Set(["duration", "energy", "footprint", "change", "metric"]);
/** Columns whose first click shows the largest, not the smallest. */
const LARGEST_FIRST: ReadonlySet<SortColumn> = new Set(["when", ...NUMERIC]);
const COLUMNS: readonly SortColumn[] = [
  "when",
  "name",
  "commit",
  "duration",
  "energy",
  "footprint",
  "change",
  "outcome",
  "metric",
  "ledger",
];

export interface RunsTableEvents {
  select(run: string): void;
  compare(runs: [string, string]): void;
}

export class RunsTable {
  readonly element: HTMLElement;
  readonly #rows = new Map<string, RunRow>();
  readonly #ticked: string[] = [];
  readonly #heads = new Map<SortColumn, HTMLElement>();
  readonly #list: KeyedList<RunRow>;
  readonly #count = h("span", { class: "count" });
  readonly #none: HTMLElement;
  readonly #ring: HTMLElement;
  readonly #compare: HTMLElement;
  readonly #hint: HTMLElement;
  #total = 0;
  #selected: string | null = null;

  constructor(
    readonly context: PageContext,
    readonly events: RunsTableEvents,
  ) {
    const { strings, wire } = context;
    const body = h("tbody", {});
    this.#list = new KeyedList(
      body,
      (row) => row.id,
      (row) => this.#createRow(row),
    );
    this.#none = h("p", { class: "none", role: "status" }, strings["runs.none"]);
    this.#ring = kitRing(strings["page.loading"]);
    this.#hint = h("span", { class: "hint" }, strings["compare.hint"]);
    this.#compare = kitButton(strings["action.compare"], () => {
      const [a, b] = this.#ticked;
      if (a !== undefined && b !== undefined) events.compare([a, b]);
    });
    const filter = kitTextField(strings["runs.filter"], wire.state.filter, (text) => {
      wire.save({ filter: text });
      this.#render();
    });
    const head = h(
      "tr",
      {},
      h("th", { scope: "col" }, h("span", { class: "visually-hidden" }, strings["runs.pick"])),
      h("th", { scope: "col" }, strings["runs.shape"]),
      ...COLUMNS.map((column) => this.#head(column)),
    );
    const table = h("table", { class: "runs", "aria-labelledby": "runs-title" }, h("thead", {}, head), body);
    this.element = h(
      "section",
      { class: "runs-section" },
      h(
        "div",
        { class: "runs-bar" },
        h("h2", { id: "runs-title" }, strings["runs.title"]),
        this.#count,
        this.#ring,
        h("div", { class: "spacer" }),
        this.#hint,
        filter,
        this.#compare,
      ),
      h("div", { class: "scroll-x", role: "group", tabindex: 0, "aria-labelledby": "runs-title" }, table),
      this.#none,
    );
  }

  /** Replaces all rows. */
  hydrate(rows: readonly RunRow[], total: number): void {
    this.#rows.clear();
    for (const row of rows) this.#rows.set(row.id, row);
    this.#total = total;
    this.#forgetTicks();
    this.#render();
  }

  apply(upsert: readonly RunRow[], removed: readonly string[]): void {
    for (const row of upsert) this.#rows.set(row.id, row);
    for (const id of removed) this.#rows.delete(id);
    this.#total = Math.max(this.#total - removed.length, this.#rows.size);
    this.#forgetTicks();
    this.#render();
  }

  get size(): number {
    return this.#rows.size;
  }

  set selected(run: string | null) {
    this.#selected = run;
    this.#render();
  }

  tick(runs: readonly string[]): void {
    this.#ticked.splice(0, this.#ticked.length, ...runs.filter((id) => this.#rows.has(id)));
    this.#render();
  }

  #forgetTicks(): void {
    const known = this.#ticked.filter((id) => this.#rows.has(id));
    this.#ticked.splice(0, this.#ticked.length, ...known);
  }

  #sort(): { column: SortColumn; descending: boolean } {
    const { column, descending } = this.context.wire.state.sort;
    return isSortColumn(column) ? { column, descending } : { column: "when", descending: true };
  }

  #head(column: SortColumn): HTMLElement {
    const button = h("button", { type: "button", class: "sort" }, this.context.strings[`runs.${column}`]);
    const cell = h("th", { scope: "col", class: NUMERIC.has(column) ? "number" : null }, button);
    button.addEventListener("click", () => {
      const now = this.#sort();
      const descending = now.column === column ? !now.descending : LARGEST_FIRST.has(column);
      this.context.wire.save({ sort: { column, descending } });
      this.#render();
    });
    this.#heads.set(column, cell);
    return cell;
  }

  #render(): void {
    const { strings, wire } = this.context;
    const { column, descending } = this.#sort();
    const rows = sortRuns(filterRuns([...this.#rows.values()], wire.state.filter), column, descending);
    this.#list.update(rows);
    for (const [name, cell] of this.#heads) {
      setAttribute(cell, "aria-sort", name === column ? (descending ? "descending" : "ascending") : null);
    }
    setText(this.#count, fill(strings["runs.count"], rows.length, this.#total));
    setHidden(this.#none, rows.length > 0);
    setHidden(this.#ring, this.#rows.size >= this.#total);
    setHidden(this.#hint, this.#ticked.length === 2 || this.#rows.size < 2);
    setDisabled(this.#compare, this.#ticked.length !== 2);
  }

  #createRow(first: RunRow) {
    const { strings } = this.context;
    const spark = createSparkline();
    const glyph = createGlyph();
    const outcome = h("span", {});
    const change = h("span", {});
    const star = h("span", { class: "star" }, "*");
    const name = h("button", { type: "button", class: "name" });
    const box = kitCheckbox(fill(strings["runs.select"], `${first.name}, ${first.when}`), (checked) => {
      if (checked === this.#ticked.includes(first.id)) return;
      if (checked) this.#ticked.push(first.id);
      else this.#ticked.splice(this.#ticked.indexOf(first.id), 1);
      if (this.#ticked.length > 2) this.#ticked.shift();
      this.#render();
    });
    const cells = Object.fromEntries(
      COLUMNS.map((column) => [column, h("td", { class: NUMERIC.has(column) ? "number" : column })]),
    ) as Record<SortColumn, HTMLTableCellElement>;
    cells.name.append(name);
    cells.outcome.append(glyph.element, " ", outcome);
    cells.change.append(change, star);
    const element = h(
      "tr",
      {},
      h("td", { class: "pick" }, box),
      h("td", { class: "shape" }, spark.element),
      ...COLUMNS.map((column) => cells[column]),
    );
    const select = () => this.events.select(first.id);
    name.addEventListener("click", select);
    element.addEventListener("click", (event) => {
      if (!(event.target as Element).closest("button, vscode-checkbox, .pick")) select();
    });
    return {
      element,
      update: (row: RunRow) => {
        spark.update(row.sparkline);
        setText(cells.when, row.when);
        setText(name, row.name);
        setText(cells.commit, row.commit);
        setText(cells.duration, row.durationText);
        setText(cells.energy, row.energy.text);
        const method = strings[`method.${row.energy.method}`];
        setAttribute(cells.energy, "title", `${row.energy.range}, ${method}: ${row.energy.instrument}`);
        setText(cells.footprint, row.footprint?.text ?? "–");
        setAttribute(cells.footprint, "title", row.footprint?.basis ?? strings["figure.noZone"]);
        setText(change, row.change?.text ?? "");
        star.classList.toggle("shown", (row.change?.flags.length ?? 0) > 0);
        setAttribute(cells.change, "title", this.#changeHint(row));
        glyph.update(row.state);
        setText(outcome, row.outcome);
        setText(cells.metric, row.metric?.text ?? "");
        setText(cells.ledger, row.ledger === null ? "–" : row.ledger.slice(0, 8));
        const mark =
          row.ledger === null ? strings["runs.notInLedger"] : fill(strings["runs.inLedger"], row.ledger);
        setAttribute(cells.ledger, "title", mark);
        setChecked(box, this.#ticked.includes(row.id));
        element.classList.toggle("selected", row.id === this.#selected);
        setAttribute(name, "aria-current", row.id === this.#selected ? "true" : null);
      },
    };
  }

  /** The sentence, and why the two runs are not alike where the star says so. */
  #changeHint({ change }: RunRow): string | null {
    if (!change) return null;
    if (change.flags.length === 0) return change.sentence;
    return `${change.sentence}\n${fill(this.context.strings["runs.notAlike"], change.flags.join("; "))}`;
  }
}
