/** A few worker threads for a big tree: batches of files, one at a time each. */

import { availableParallelism } from "node:os";
import { LintWorker } from "./worker-client.node.ts";
import type { Answers, Kind } from "./worker-protocol.ts";

/** Each holds a grammar and the rules, about 40 MB. */
const MOST_WORKERS = 8;

export class LintPool {
  private readonly workers: LintWorker[];

  /** @param file the built worker */
  constructor(file: string, size = Math.min(MOST_WORKERS, availableParallelism())) {
    this.workers = Array.from({ length: Math.max(1, size) }, () => new LintWorker(file));
  }

  /** Answers in the order of `asks`. Rejects with the first failure. */
  async all<K extends Kind>(kind: K, asks: readonly Answers[K]["ask"][]): Promise<Answers[K]["answer"][]> {
    const answers: Answers[K]["answer"][] = [];
    let next = 0;
    const run = async (worker: LintWorker) => {
      while (next < asks.length) {
        const index = next++;
        answers[index] = await worker.ask(kind, asks[index]!);
      }
    };
    await Promise.all(this.workers.slice(0, asks.length).map(run));
    return answers;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.dispose()));
  }
}
