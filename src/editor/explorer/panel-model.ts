/** The model of a panel's table: what the page shows of it, and when it is loaded. */

import type { ModelView } from "../../../webview/explorer/questions.ts";
import type { ExplorerWorker } from "../../fairness/thresholds/worker-client.node.ts";
import type { ModelAccess, NamedModel } from "./model-access.ts";

type Worker = Pick<ExplorerWorker, "ask">;

export class PanelModel {
  #named: NamedModel | undefined;
  #view: ModelView | null = null;
  #loading: AbortController | undefined;

  constructor(
    readonly access: Pick<ModelAccess, "of" | "choose" | "permit">,
    readonly show: (view: ModelView | null) => void,
  ) {}

  get view(): ModelView | null {
    return this.#view;
  }

  /** Another table, or another worker for it: nothing is loaded. */
  reset(table: string): void {
    this.#loading?.abort();
    this.#loading = undefined;
    this.#named = this.access.of(table);
    this.#set(this.#named ? { isLoading: false, loaded: null, problem: "" } : null);
  }

  async choose(table: string, worker: Worker): Promise<void> {
    const named = await this.access.choose(table);
    if (!named) return;
    this.#named = named;
    await this.load(table, worker);
  }

  /** Shows why, where it cannot be loaded. */
  async load(table: string, worker: Worker): Promise<void> {
    const named = this.#named;
    if (!named) return this.choose(table, worker);
    this.#loading?.abort();
    const controller = new AbortController();
    this.#loading = controller;
    this.#set({ isLoading: true, loaded: null, problem: "" });
    try {
      const permitted = await this.access.permit(table, named);
      if (this.#loading !== controller) return;
      if (!permitted || controller.signal.aborted)
        return this.#set({ isLoading: false, loaded: null, problem: "" });
      const { model, given, agreement } = await worker.ask(
        "load",
        permitted.start,
        undefined,
        controller.signal,
      );
      if (this.#loading !== controller) return;
      const { source } = permitted;
      this.#set({ isLoading: false, loaded: { ...model, columns: given, agreement, source }, problem: "" });
    } catch (error) {
      if (this.#loading !== controller) return;
      const problem = controller.signal.aborted ? "" : (error as Error).message;
      this.#set({ isLoading: false, loaded: null, problem });
    }
  }

  cancel(): void {
    this.#loading?.abort();
  }

  #set(view: Omit<ModelView, "name" | "from"> | null): void {
    this.#view = view && { ...this.#named!, ...view };
    this.show(this.#view);
  }
}
