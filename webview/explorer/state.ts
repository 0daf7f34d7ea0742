/** What the page keeps while it is hidden and over window reloads, through the editor's own store. */

import { type HostMessage, hostMessage, type PageMessage, type PageState, pageState } from "./protocol.ts";

interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

export const EMPTY_STATE: PageState = {
  v: 1,
  explored: null,
  grouping: [],
  facet: null,
  strategy: "single",
  mode: "exact",
  costRatio: 1,
  tolerance: 0.02,
  measure: "demographic_parity",
  together: false,
  custom: [],
  hidden: [],
  open: [],
};

/** The page's end of the wire: typed messages out, parsed messages in, saved state. */
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
