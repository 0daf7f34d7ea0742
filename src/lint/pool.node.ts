/** This thread and a few more for a big tree: each takes the next batch of files when it is done with one. */

import { setImmediate } from "node:timers/promises";
import { LintWorker } from "./worker-client.node.ts";
import type { Answers, Kind } from "./worker-protocol.ts";
import type { Handlers } from "./worker-service.node.ts";

/** Each holds a grammar and the rules, about 40 MB. */
const MOST_WORKERS = 7;

type Ask = <K extends Kind>(kind: K, ask: Answers[K]["ask"]) => Promise<Answers[K]["answer"]>;

export class LintPool {
  private readonly workers: LintWorker[];
  private readonly takers: Ask[];

  /**
   * @param file the built worker
   * @param threads how many are started beside this one
   * @param own answers on this thread
   */
  constructor(file: string, threads: number, own: () => Promise<Handlers>) {
    this.workers = Array.from({ length: Math.min(MOST_WORKERS, threads) }, () => new LintWorker(file));
    for (const worker of this.workers) worker.start();
    // A worker has its next batch while this thread, busy with its own, cannot give it one.
    const theirs = this.workers.flatMap((worker): Ask[] => {
      const ask: Ask = (kind, question) => worker.ask(kind, question);
      return [ask, ask];
    });
    this.takers = [...theirs, onThisThread(own)];
  }

  /** Batches of so many things that every thread gets several. */
  batches<T>(all: readonly T[], most = 50): T[][] {
    const size = Math.min(most, Math.ceil(all.length / (8 * (this.workers.length + 1))));
    return Array.from({ length: size === 0 ? 0 : Math.ceil(all.length / size) }, (_, index) =>
      all.slice(index * size, (index + 1) * size),
    );
  }

  /** Answers in the order of `asks`. Rejects with the first failure. */
  async all<K extends Kind>(kind: K, asks: readonly Answers[K]["ask"][]): Promise<Answers[K]["answer"][]> {
    const answers: Answers[K]["answer"][] = [];
    let next = 0;
    const run = async (ask: Ask) => {
      while (next < asks.length) {
        const index = next++;
        answers[index] = await ask(kind, asks[index]!);
      }
    };
    await Promise.all(this.takers.map(run));
    return answers;
  }

  async dispose(): Promise<void> {
    await Promise.all(this.workers.map((worker) => worker.dispose()));
  }
}

function onThisThread(own: () => Promise<Handlers>): Ask {
  let started: Promise<Handlers> | undefined;
  return async (kind, ask) => {
    started ??= own();
    const handlers = await started;
    await setImmediate(); // what the workers said meanwhile is heard first
    return handlers[kind](ask);
  };
}
