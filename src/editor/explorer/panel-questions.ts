/** Questions of a page, passed on to the table's worker, and how they are cancelled. */

import type { HostMessage } from "../../../webview/explorer/protocol.ts";
import type { Question } from "../../../webview/explorer/questions.ts";
import type { ExplorerWorker } from "../../fairness/thresholds/worker-client.node.ts";

type Worker = Pick<ExplorerWorker, "ask">;

export class PanelQuestions {
  readonly #running = new Map<number, AbortController>();

  constructor(readonly post: (message: HostMessage) => void) {}

  async ask(worker: Worker, ask: number, question: Question): Promise<void> {
    const controller = new AbortController();
    this.#running.set(ask, controller);
    const onProgress = ({ part }: { part?: number }) => this.post({ type: "progress", ask, part: part ?? 0 });
    try {
      const answer = await answerTo(worker, question, onProgress, controller.signal);
      this.post({ type: "answer", ask, answer, problem: "" });
    } catch (error) {
      this.post({ type: "answer", ask, answer: null, problem: (error as Error).message });
    } finally {
      this.#running.delete(ask);
    }
  }

  cancel(ask: number): void {
    this.#running.get(ask)?.abort();
  }
}

function answerTo(
  worker: Worker,
  question: Question,
  onProgress: (progress: { part?: number }) => void,
  signal: AbortSignal,
): Promise<unknown> {
  const within = (facet: string | null) => (facet === null ? {} : { facet });
  switch (question.kind) {
    case "row":
      return worker.ask("row", question);
    case "place":
      return worker.ask("place", { points: question.points, ...within(question.facet) });
    case "scatter":
      return worker.ask("scatter", { x: question.x, y: question.y, ...within(question.facet) });
    case "predict":
      return worker.ask("predict", question, undefined, signal);
    case "dependence":
      return worker.ask("dependence", question, onProgress, signal);
  }
}
