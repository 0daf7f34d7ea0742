/**
 * Passes signals on to the command exactly once. A terminal sends Ctrl-C to the whole foreground group, so the command has
 * it already; `kill` sends it to the runner alone. The two look alike to a process, but the sampler is in the same group:
 * if it saw the signal too, it was for all.
 */

import type { ChildProcess } from "node:child_process";

const RELAYED = ["SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGUSR1", "SIGUSR2"] as const;
/** What a terminal sends to the whole group: without a witness in the group it is taken to have been for all. */
const OF_TERMINALS: readonly NodeJS.Signals[] = ["SIGINT", "SIGHUP", "SIGQUIT"];
/** How long the sampler may take to say that it saw the signal, ms. */
const GROUP_WINDOW = 120;

export class SignalRelay {
  readonly received: NodeJS.Signals[] = [];
  private child: ChildProcess | undefined;
  private readonly groupSeen = new Map<NodeJS.Signals, number>();
  private readonly handlers = new Map<NodeJS.Signals, () => void>();
  private readonly timers = new Set<NodeJS.Timeout>();

  /** @param witnessed whether somebody in the group says which signals went to all of it (`sawGroupSignal`) */
  constructor(private readonly witnessed = true) {
    for (const signal of process.platform === "win32" ? (["SIGINT"] as const) : RELAYED) {
      const handler = () => this.receive(signal);
      this.handlers.set(signal, handler);
      process.on(signal, handler);
    }
  }

  attach(child: ChildProcess): void {
    this.child = child;
  }

  sawGroupSignal(signal: NodeJS.Signals): void {
    this.groupSeen.set(signal, Date.now());
  }

  dispose(): void {
    for (const [signal, handler] of this.handlers) process.off(signal, handler);
    for (const timer of this.timers) clearTimeout(timer);
  }

  private receive(signal: NodeJS.Signals): void {
    this.received.push(signal);
    // On Windows a console's Ctrl-C always reaches the whole group.
    if (process.platform === "win32" || (!this.witnessed && OF_TERMINALS.includes(signal))) return;
    const receivedAt = Date.now();
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const seen = this.groupSeen.get(signal);
      if (seen !== undefined && Math.abs(seen - receivedAt) <= GROUP_WINDOW * 2) return;
      this.child?.kill(signal);
    }, GROUP_WINDOW);
    this.timers.add(timer);
  }
}
