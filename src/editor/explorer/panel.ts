/** One panel of the threshold explorer: has its table read by a worker, hydrates its page each time it shows, answers it. */

import * as path from "node:path";
import * as vscode from "vscode";
import {
  type Explored,
  type ExplorerStrings,
  type HostMessage,
  type PageMessage,
  pageMessage,
  type SentCell,
  type TableView,
} from "../../../webview/explorer/protocol.ts";
import type { Roles } from "../../fairness/table/roles.ts";
import { TableError } from "../../fairness/table/table-error.ts";
import type { ScoreCell } from "../../fairness/thresholds/score-cells.ts";
import type { ExplorerWorker } from "../../fairness/thresholds/worker-client.node.ts";
import { hashFile } from "../../ledger/hash-file.node.ts";
import { FAIRWATT_VERSION } from "../../version.ts";
import { obeyPage } from "../page/page-commands.ts";
import { type Asked, PagePanel } from "../page/page-panel.ts";
import type { ModelAccess } from "./model-access.ts";
import { PanelModel } from "./panel-model.ts";
import { PanelQuestions } from "./panel-questions.ts";
import { saveThresholds } from "./save-thresholds.ts";

export interface ExplorerDependencies {
  extensionUri: vscode.Uri;
  strings: ExplorerStrings;
  log: Pick<vscode.LogOutputChannel, "warn" | "error">;
  startWorker(): Pick<ExplorerWorker, "ask" | "dispose">;
  /** Asks the person; undefined when they left. */
  chooseColumns(now: Explored): Promise<Explored | undefined>;
  models: Pick<ModelAccess, "of" | "choose" | "permit">;
}

export class ExplorerPanel extends PagePanel<PageMessage, HostMessage> {
  #explored: Explored;
  #worker: Pick<ExplorerWorker, "ask" | "dispose"> | undefined;
  #table: TableView | undefined;
  #unusable: string | undefined;
  readonly #model: PanelModel;
  readonly #questions = new PanelQuestions((message) => void this.post(message));

  constructor(
    panel: vscode.WebviewPanel,
    readonly deps: ExplorerDependencies,
    explored: Explored,
  ) {
    super(panel, { ...deps, page: "explorer", called: "The thresholds page", message: pageMessage });
    this.#explored = explored;
    this.#model = new PanelModel(deps.models, (model) => void this.post({ type: "model", model }));
    void this.#read();
  }

  /** Another table, or other columns of this one. */
  explore(explored: Explored): void {
    this.#explored = explored;
    void this.#read();
  }

  override dispose(): void {
    this.#worker?.dispose();
    this.#worker = undefined;
    super.dispose();
  }

  async refresh(): Promise<void> {
    const messages: HostMessage[] = [
      {
        type: "hydrate",
        strings: this.deps.strings,
        explored: this.#explored,
        table: this.#table ?? null,
      },
      { type: "model", model: this.#model.view },
    ];
    if (this.#unusable !== undefined) messages.push({ type: "unusable", text: this.#unusable });
    await Promise.all(messages.map((message) => this.post(message)));
  }

  /** The worker of an earlier table is ended, also while it still reads. */
  async #read(): Promise<void> {
    this.#worker?.dispose();
    this.#table = undefined;
    this.#unusable = undefined;
    void this.refresh();
    const worker = this.deps.startWorker();
    this.#worker = worker;
    const { file } = this.#explored;
    this.#model.reset(file);
    const roles = rolesOf(this.#explored);
    try {
      const [opened, hashed] = await Promise.all([
        worker.ask(
          "open",
          { file, roles },
          ({ rows, part }) => void this.post({ type: "reading", rows, part: part ?? null }),
        ),
        hashFile(file),
      ]);
      if (this.#worker !== worker) return;
      const { label, score, weight, sensitive } = roles;
      this.#table = {
        ...opened,
        ...hashed,
        name: path.basename(file),
        cells: opened.cells.map(sentCell),
        columns: { label, score: score!, ...(weight !== undefined && { weight }), sensitive: [...sensitive] },
        fairwatt: FAIRWATT_VERSION,
      };
      void this.refresh();
    } catch (error) {
      if (this.#worker !== worker) return;
      const { message } = error as Error;
      const isTable = error instanceof TableError || (error as NodeJS.ErrnoException).code !== undefined;
      if (!isTable) this.deps.log.error(`${file} could not be explored: ${(error as Error).stack}`);
      this.#unusable = message;
      void this.post({ type: "unusable", text: message });
    }
  }

  protected async obey(message: Asked<PageMessage>): Promise<void> {
    switch (message.type) {
      case "facet":
        return this.#slice(message.feature);
      case "nearest":
        return this.#nearest(message);
      case "ask":
        return this.#questions.ask(this.#worker!, message.ask, message.question);
      case "cancel":
        return this.#questions.cancel(message.ask);
      case "model":
        if (message.action === "cancel") return this.#model.cancel();
        return this.#model[message.action](this.#explored.file, this.#worker!);
      case "export":
        return saveThresholds(message.json, this.#explored.file);
      case "chooseColumns": {
        const chosen = await this.deps.chooseColumns(this.#explored);
        if (chosen) this.explore(chosen);
        return;
      }
      default:
        return obeyPage(message, this.deps.extensionUri);
    }
  }

  async #slice(feature: string): Promise<void> {
    try {
      const { cells } = await this.#worker!.ask("facet", { feature });
      void this.post({ type: "facet", feature, cells: cells.map(sentCell) });
    } catch (error) {
      void vscode.window.showErrorMessage(
        vscode.l10n.t("The rows could not be sliced by {0}: {1}", feature, (error as Error).message),
      );
    }
  }

  async #nearest({ ask, facet, ...asked }: Extract<PageMessage, { type: "nearest" }>): Promise<void> {
    const { row, distance, thresholds } = asked;
    try {
      const question = { row, distance, thresholds, ...(facet !== null && { facet }) };
      const answer = await this.#worker!.ask("nearest", question);
      void this.post({ type: "nearest", ask, answer, problem: "" });
    } catch (error) {
      void this.post({ type: "nearest", ask, answer: null, problem: (error as Error).message });
    }
  }
}

const rolesOf = ({ roles: { incomplete, ...named } }: Explored): Roles => ({
  task: "binary",
  ...named,
  incomplete: incomplete ?? "refuse",
});

function sentCell({ key, firstRow, counts }: ScoreCell): SentCell {
  const { scores, rowPositives, rowNegatives, positives, negatives } = counts;
  return {
    key: [...key],
    firstRow,
    scores,
    rowPositives,
    rowNegatives,
    weights: positives === rowPositives ? null : { positives, negatives },
  };
}
