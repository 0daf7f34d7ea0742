/** Asks the panel, and waits for what it answers. */

import type { HostMessage, PageMessage } from "./protocol.ts";
import { type AnswerTo, answers, type Question, type QuestionOf } from "./questions.ts";

interface Waiting {
  take(answer: unknown): void;
  fail(problem: string): void;
  onProgress?: (part: number) => void;
}

export interface Asked<T> {
  /** Rejects with an Error whose message is for the person. */
  answer: Promise<T>;
  /** The answer will not come; `answer` rejects with what the panel says then. */
  cancel(): void;
}

export class Asker {
  readonly #waiting = new Map<number, Waiting>();
  #next = 0;

  constructor(readonly post: (message: PageMessage) => void) {}

  ask<K extends Question["kind"]>(
    kind: K,
    asked: QuestionOf<K>,
    onProgress?: (part: number) => void,
  ): Asked<AnswerTo<K>> {
    const ask = this.#next++;
    const answer = new Promise<AnswerTo<K>>((resolve, reject) => {
      this.#waiting.set(ask, {
        take: (given) => {
          const parsed = answers[kind].safeParse(given);
          if (parsed.success) resolve(parsed.data as AnswerTo<K>);
          else reject(new Error(String(parsed.error.issues[0]?.message)));
        },
        fail: (problem) => reject(new Error(problem)),
        ...(onProgress && { onProgress }),
      });
    });
    this.post({ type: "ask", ask, question: { kind, ...asked } as unknown as Question });
    return { answer, cancel: () => this.post({ type: "cancel", ask }) };
  }

  hear(message: Extract<HostMessage, { type: "answer" | "progress" }>): void {
    const waiting = this.#waiting.get(message.ask);
    if (message.type === "progress") {
      waiting?.onProgress?.(message.part);
      return;
    }
    this.#waiting.delete(message.ask);
    if (message.problem === "") waiting?.take(message.answer);
    else waiting?.fail(message.problem);
  }
}
