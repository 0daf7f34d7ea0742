/** The explorer's worker thread, asked by messages. */

import { Worker } from "node:worker_threads";
import type { ReadProgress } from "../table/read-plan.ts";
import { TableError } from "../table/table-error.ts";
import { killGroup } from "./model/model-process.node.ts";
import type { Answers, Kind, Request, Response } from "./worker-protocol.ts";

/** How long the thread may take to end by itself, ms. */
const PATIENCE = 1_000;
/** The same where it has a process: without the thread nobody hears of its end, and it stays listed. */
const PATIENCE_WITH_PROCESS = 15_000;

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
  onProgress?: (progress: ReadProgress) => void;
}

/** One table: made for it, ended with it. Whoever waits is told when it ends, also by `dispose`. */
export class ExplorerWorker {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  /** Of the Python that has the model. */
  #pid: number | null = null;
  #next = 0;
  #ended = "";

  /** @param file the built worker */
  constructor(file: string) {
    this.#worker = new Worker(file, { name: "fairwatt thresholds" });
    this.#worker.unref();
    this.#worker.on("message", (response: Response) => this.#take(response));
    this.#worker.on("error", (error) => this.#end(`the table's worker failed: ${error.message}`));
    this.#worker.on("exit", () => this.#end("the table's worker ended"));
  }

  /**
   * Rejects with a TableError where the table, its columns or the model are what is wrong. `signal`: of a model, stops what
   * is asked; of a table, nothing. Progress of a dependence is in values of its grid, not in rows.
   */
  ask<K extends Kind>(
    kind: K,
    ask: Answers[K]["ask"],
    onProgress?: (progress: ReadProgress) => void,
    signal?: AbortSignal,
  ): Promise<Answers[K]["answer"]> {
    if (this.#ended) return Promise.reject(new Error(this.#ended));
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject, onProgress });
      this.#worker.postMessage({ id, kind, ask } as Request);
      signal?.addEventListener("abort", () => {
        this.#worker.postMessage({ id, kind: "cancel" } satisfies Request);
      });
    });
  }

  dispose(): void {
    if (this.#ended) return;
    this.#end("the table's worker ended");
    if (this.#pid !== null) killGroup(this.#pid);
    this.#worker.postMessage({ id: this.#next++, kind: "end" } satisfies Request);
    // It may be in the middle of a large table.
    const timer = setTimeout(
      () => void this.#worker.terminate(),
      this.#pid === null ? PATIENCE : PATIENCE_WITH_PROCESS,
    );
    timer.unref();
    this.#worker.once("exit", () => clearTimeout(timer));
  }

  #take(response: Response): void {
    if ("pid" in response) {
      this.#pid = response.pid;
      return;
    }
    const waiting = this.#waiting.get(response.id);
    if ("rows" in response) {
      waiting?.onProgress?.(response);
      return;
    }
    this.#waiting.delete(response.id);
    if ("error" in response)
      waiting?.reject(response.isTable ? new TableError(response.error) : new Error(response.error));
    else waiting?.resolve(response.answer);
  }

  #end(why: string): void {
    this.#ended ||= why;
    for (const { reject } of this.#waiting.values()) reject(new Error(this.#ended));
    this.#waiting.clear();
  }
}
