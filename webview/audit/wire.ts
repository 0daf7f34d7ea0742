/** The page's end of the wire: typed messages out, parsed messages in, and what it keeps over hiding and reloads. */

import { type HostMessage, hostMessage, type PageMessage, type PageState, pageState } from "./protocol.ts";

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

const EMPTY_STATE: PageState = {
  v: 1,
  view: null,
  request: null,
  grouping: 0,
  rate: "selection_rate",
  convention: "",
};

export class Wire {
  readonly #api = acquireVsCodeApi();
  state: PageState;

  constructor() {
    const saved = pageState.safeParse(this.#api.getState());
    this.state = saved.success ? saved.data : EMPTY_STATE;
  }

  save(part: Partial<PageState>): void {
    this.state = { ...this.state, ...part };
    this.#api.setState(this.state);
  }

  post(message: PageMessage): void {
    this.#api.postMessage(message);
  }

  /** Calls back with each message that fits the protocol; one that does not is reported to the log and dropped. */
  listen(onMessage: (message: HostMessage) => void): void {
    window.addEventListener("message", (event) => {
      const parsed = hostMessage.safeParse(event.data);
      if (parsed.success) onMessage(parsed.data);
      else {
        const first = parsed.error.issues[0];
        this.post({ type: "problem", text: `${first?.path.join(".")}: ${first?.message}` });
      }
    });
  }
}
