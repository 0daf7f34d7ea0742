/** A page's end of the wire to the editor. */

import type * as z from "zod/mini";

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** What a page says when it was sent something that does not fit its protocol. */
interface Problem {
  type: "problem";
  text: string;
}

/** Typed messages out, parsed messages in, and what the page keeps while it is hidden and over reloads of the window. */
export class Wire<PageMessage, HostMessage, State> {
  readonly #api = acquireVsCodeApi();
  readonly #hostMessage: z.ZodMiniType<HostMessage>;
  state: State;

  /** @param empty the state of a page that has kept none, or none that fits */
  constructor(hostMessage: z.ZodMiniType<HostMessage>, state: z.ZodMiniType<State>, empty: State) {
    this.#hostMessage = hostMessage;
    const saved = state.safeParse(this.#api.getState());
    this.state = saved.success ? saved.data : empty;
  }

  save(part: Partial<State>): void {
    this.state = { ...this.state, ...part };
    this.#api.setState(this.state);
  }

  post(message: PageMessage | Problem): void {
    this.#api.postMessage(message);
  }

  /** Calls back with each message that fits the protocol; one that does not is reported to the log and dropped. */
  listen(onMessage: (message: HostMessage) => void): void {
    window.addEventListener("message", (event) => {
      const parsed = this.#hostMessage.safeParse(event.data);
      if (parsed.success) onMessage(parsed.data);
      else {
        const first = parsed.error.issues[0];
        this.post({ type: "problem", text: `${first?.path.join(".")}: ${first?.message}` });
      }
    });
  }
}
