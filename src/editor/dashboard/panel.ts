/** One dashboard panel: hydrates its page when it shows, sends what changes while it is seen, and nothing while it is not. */

import * as vscode from "vscode";
import {
  type BudgetView,
  type HostMessage,
  type PageMessage,
  type PageStrings,
  pageMessage,
  type RunDetail,
} from "../../../webview/protocol.ts";
import type { RunSummary } from "../../energy/run.ts";
import { obeyPage } from "../page/page-commands.ts";
import { type Asked, PagePanel } from "../page/page-panel.ts";
import type { RunChange, RunStore } from "../runs/run-store.ts";
import { compareForPage } from "./comparison.ts";
import { runDetailOf, type ViewOptions } from "./dashboard-view.ts";
import { RunRows } from "./run-rows.ts";
import { SeriesSender } from "./series-sender.ts";

/** Rows in one message; the first ones come with the hydrate. */
const ROWS_AT_ONCE = 50;
/** The ledger entry is written just after a run's end: its mark is looked for once more after this time, ms. */
const LEDGER_SETTLES = 3_000;

export interface DashboardDependencies {
  store: RunStore;
  extensionUri: vscode.Uri;
  strings: PageStrings;
  /** The budget of the project in a folder; null where it has none. Absent: none is shown. */
  budget?(folder: string): Promise<BudgetView | null>;
  /** Where a message that does not fit, or an unreadable journal, is noted. */
  log: Pick<vscode.LogOutputChannel, "warn">;
}

export class DashboardPanel extends PagePanel<PageMessage, HostMessage> {
  readonly #sender = new SeriesSender();
  readonly #options: ViewOptions;
  readonly #rows: RunRows;
  /** What was sent last: the folder and what is known of its budget. */
  #budget = "null";
  #selected: string | null = null;
  /** True until the person chooses a run: then a newly started run is shown by itself. */
  #following = true;
  #compared: [string, string] | null = null;
  #sending: Promise<void> | undefined;
  #sendAgain = false;
  #hydration = 0;
  #settling: NodeJS.Timeout | undefined;

  constructor(
    panel: vscode.WebviewPanel,
    readonly deps: DashboardDependencies,
    selected: string | null,
  ) {
    super(panel, { ...deps, page: "dashboard", called: "The dashboard page", message: pageMessage });
    this.#options = { strings: deps.strings, locale: vscode.env.language, symbols: new Map() };
    this.#rows = new RunRows(deps.store, this.#options);
    if (selected !== null) this.#choose(selected);
    this.own(
      deps.store.onDidChange((change) => this.#storeChanged(change)),
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.load()),
    );
  }

  /** Shows one run; called when the panel is opened for it. */
  show(run: string): void {
    this.#choose(run);
    void this.refresh();
  }

  override dispose(): void {
    this.#pause();
    super.dispose();
  }

  protected override hidden(): void {
    this.#pause();
    super.hidden();
  }

  /** What is still to be sent is not. */
  #pause(): void {
    clearTimeout(this.#settling);
    this.#hydration++;
  }

  protected override ready(message: Extract<PageMessage, { type: "ready" }>): Promise<void> {
    if (this.#selected === null && message.selected !== null) this.#selected = message.selected;
    this.#compared ??= message.compared;
    return this.refresh();
  }

  protected async obey(message: Asked<PageMessage>): Promise<void> {
    switch (message.type) {
      case "select":
        this.#choose(message.run);
        this.#sender.reset();
        this.#postDetail();
        return this.#postBudget();
      case "compare":
        this.#compared = message.runs;
        return this.post({ type: "comparison", comparison: this.#comparison() });
      default:
        return obeyPage(message, this.deps.extensionUri);
    }
  }

  #choose(run: string): void {
    this.#selected = run;
    this.#following = false;
  }

  /** The run that is shown: the chosen one, else a live one, else the newest. */
  #shown(): RunSummary | undefined {
    const { store } = this.deps;
    const runs = store.runs();
    const chosen = this.#selected === null ? undefined : store.get(this.#selected);
    return chosen ?? runs.find((run) => run.state === "running") ?? runs[0];
  }

  async refresh(): Promise<void> {
    if (!this.isLive) return;
    const turn = ++this.#hydration;
    const runs = this.deps.store.runs();
    const shown = this.#shown();
    this.#selected = shown?.id ?? this.#selected;
    this.#sender.reset();
    await this.post({
      type: "hydrate",
      strings: this.deps.strings,
      runs: runs.slice(0, ROWS_AT_ONCE).map((run) => this.#rows.of(run)),
      total: runs.length,
      detail: shown ? runDetailOf(shown, this.#options) : null,
      comparison: this.#comparison(),
      canLaunch: vscode.workspace.isTrusted,
    });
    this.#postSeries();
    this.#budget = "null";
    void this.#postBudget();
    for (let from = ROWS_AT_ONCE; from < runs.length; from += ROWS_AT_ONCE) {
      await new Promise(setImmediate);
      if (turn !== this.#hydration || !this.isLive) return;
      const upsert = runs.slice(from, from + ROWS_AT_ONCE).map((run) => this.#rows.of(run));
      await this.post({ type: "runs", upsert, removed: [] });
    }
  }

  #storeChanged({ kind, run }: RunChange): void {
    if (kind === "removed") {
      this.#rows.forget(run.id);
      if (this.#selected === run.id) {
        this.#selected = null;
        this.#following = true;
      }
    }
    if (kind === "added" && run.state === "running" && this.#following) this.#selected = run.id;
    if (!this.isLive) return;
    if (kind === "removed") {
      void this.post({ type: "runs", upsert: this.#rows.after(run), removed: [run.id] });
      if (this.#selected === null) this.#selected = this.#shown()?.id ?? null;
      this.#postDetail();
      return;
    }
    const others = kind === "added" ? this.#rows.after(run) : [];
    void this.post({ type: "runs", upsert: [this.#rows.of(run), ...others], removed: [] });
    this.#selected ??= run.id;
    if (this.#selected === run.id) this.#postDetail();
    if (this.#compared?.includes(run.id)) {
      void this.post({ type: "comparison", comparison: this.#comparison() });
    }
    if (run.state !== "running" && !this.#rows.inLedger(run.id)) this.#lookForEntryOf(run.id);
  }

  #lookForEntryOf(id: string): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      const run = this.deps.store.get(id);
      if (run && this.isLive) void this.post({ type: "runs", upsert: [this.#rows.of(run)], removed: [] });
      void this.#postBudget();
    }, LEDGER_SETTLES);
  }

  /** The budget of the shown run's project, where it is another than was sent. */
  async #postBudget(): Promise<void> {
    const run = this.#shown();
    if (!run || !this.deps.budget) return;
    try {
      const budget = await this.deps.budget(run.folder);
      const text = JSON.stringify(budget);
      if (text === this.#budget || this.#shown()?.folder !== run.folder) return;
      this.#budget = text;
      await this.post({ type: "budget", budget });
    } catch (error) {
      this.deps.log.warn(`The budget of ${run.folder} could not be read: ${String(error)}`);
    }
  }

  #comparison() {
    if (!this.#compared) return null;
    const [a, b] = this.#compared.map((id) => this.deps.store.get(id));
    return a && b ? compareForPage(a, b, this.deps.strings) : null;
  }

  #postDetail(): void {
    const run = this.#shown();
    void this.post({ type: "detail", detail: run ? runDetailOf(run, this.#options) : null });
    this.#postSeries();
  }

  /** Sends new points of the shown run; a request while one is under way is answered by one more look after it. */
  #postSeries(): void {
    if (this.#sending) {
      this.#sendAgain = true;
      return;
    }
    this.#sending = this.#sendSeries().finally(() => {
      this.#sending = undefined;
      if (!this.#sendAgain) return;
      this.#sendAgain = false;
      this.#postSeries();
    });
  }

  async #sendSeries(): Promise<void> {
    const run = this.#shown();
    if (!run || !this.isLive) return;
    try {
      const series = await this.deps.store.series(run.id);
      if (!this.isLive || this.#shown()?.id !== run.id) return;
      for (const piece of this.#sender.pieces(run, series)) await this.post({ type: "series", piece });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.deps.log.warn(`The points of ${run.name} (${run.id}) could not be read: ${reason}`);
      const detail: RunDetail = runDetailOf(run, this.#options);
      const notice = vscode.l10n.t(
        "The charts' points could not be read: {0}. The figures are kept.",
        reason,
      );
      await this.post({ type: "detail", detail: { ...detail, notices: [...detail.notices, notice] } });
    }
  }
}
