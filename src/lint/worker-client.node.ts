/** A linter's worker thread, asked by messages. It is started at the first question and again after it died. */

import { Worker } from "node:worker_threads";
import type { Answers, Kind, Request, Response } from "./worker-protocol.ts";

/** A young generation in which the facts of one document fit: what is let go of before it is full costs nothing. MB. */
const LIMITS = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 96 };

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export class LintWorker {
  private worker: Worker | undefined;
  private readonly waiting = new Map<number, Waiting>();
  private next = 0;
  private disposed = false;

  /** @param file the built worker; `onExit` hears of each end that was not asked for */
  constructor(
    private readonly file: string,
    private readonly onExit?: (why: string) => void,
  ) {}

  get running(): boolean {
    return this.worker !== undefined;
  }

  /** Rejects when the worker says that it failed, or when it ends before it answers. */
  ask<K extends Kind>(kind: K, ask: Answers[K]["ask"]): Promise<Answers[K]["answer"]> {
    if (this.disposed) return Promise.reject(new Error("the linter was stopped"));
    const worker = this.started();
    const id = this.next++;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      worker.postMessage({ id, kind, ask } as Request);
      worker.ref();
    });
  }

  /** Starts the thread before the first question. */
  start(): void {
    this.started().unref();
  }

  private started(): Worker {
    if (this.worker) return this.worker;
    const worker = new Worker(this.file, { resourceLimits: LIMITS, name: "fairwatt lint" });
    this.worker = worker;
    worker.on("message", (response: Response) => {
      const waiting = this.waiting.get(response.id);
      this.waiting.delete(response.id);
      // Nothing asked: a process that is done ends though the thread waits for more.
      if (this.waiting.size === 0) worker.unref();
      if ("error" in response) waiting?.reject(new Error(response.error));
      else waiting?.resolve(response.answer);
    });
    let why = "";
    worker.on("error", (error) => {
      why = error.message;
    });
    worker.on("exit", (code) => {
      if (this.worker === worker) this.worker = undefined;
      const message = `the linter's worker ended (${why || `exit code ${code}`})`;
      for (const { reject } of this.waiting.values()) reject(new Error(message));
      this.waiting.clear();
      if (!this.disposed) this.onExit?.(message);
    });
    return worker;
  }

  async dispose(): Promise<void> {
    this.disposed = true;
    await this.worker?.terminate();
  }
}
