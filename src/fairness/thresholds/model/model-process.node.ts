/** The Python process that keeps a model loaded: one request after the other, each with a limit. */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { modelReply } from "./model-answers.ts";
import { ModelError } from "./model-error.ts";

export interface PythonStart {
  /** The interpreter and what always comes before the script. */
  command: readonly string[];
  /** src/python/predict.py as it is installed. */
  script: string;
  cwd: string;
}

export interface AskLimits {
  /** After so long without an answer the process is ended, ms. */
  limit: number;
  signal?: AbortSignal;
}

/** How long a request that nobody waits for any more may keep the process busy before it is ended, ms. */
const GRACE = 2_000;
const KEPT_ERRORS = 4_000;

interface InFlight {
  id: number;
  answer(value: unknown): void;
  fail(error: Error): void;
}

export class ModelProcess {
  readonly #child: ChildProcess;
  #ended: string | undefined;
  #inFlight: InFlight | undefined;
  /** Resolves when the process is free for the next request. */
  #free: Promise<void> = Promise.resolve();
  #next = 0;
  #complaint = "";

  /** @param onEnd hears once when nothing can be asked any more, however that came */
  constructor(
    start: PythonStart,
    readonly onEnd: () => void,
  ) {
    const [program, ...before] = start.command;
    this.#child = spawn(program!, [...before, start.script], {
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...process.env, MPLBACKEND: "Agg" },
      cwd: start.cwd,
      // A group of its own, so that what the model's code starts ends with it.
      detached: process.platform !== "win32",
      windowsHide: true,
    });
    this.#child.once("error", (error) => {
      this.#end(`${start.command.join(" ")} cannot be started: ${error.message}`);
    });
    this.#child.once("exit", (code, signal) => {
      const last = this.#complaint.trimEnd().split("\n").at(-1) ?? "";
      this.#end(`Python ended by itself (${signal ?? `exit code ${code}`})${last ? `: ${last}` : ""}`);
    });
    this.#child.stderr!.setEncoding("utf8").on("data", (text: string) => {
      this.#complaint = (this.#complaint + text).slice(-KEPT_ERRORS);
    });
    // It may end before it has read everything; how it ended says why.
    this.#child.stdin!.on("error", () => undefined);
    createInterface({ input: this.#child.stdout! }).on("line", (line) => this.#take(line));
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /**
   * Rejects with a ModelError that says what went wrong, and at once with the signal's reason when it aborts; the request is
   * then left to end by itself for two seconds.
   */
  async ask(request: Record<string, unknown>, { limit, signal }: AskLimits): Promise<unknown> {
    const before = this.#free;
    let free = () => {};
    this.#free = new Promise((resolve) => {
      free = resolve;
    });
    await before;
    if (signal?.aborted || this.#ended !== undefined) {
      free();
      throw signal?.aborted ? signal.reason : new ModelError(this.#ended);
    }
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      const tooLate = () =>
        this.#kill(`there was no answer within ${limit / 1000} s, and the Python that was asked was ended`);
      const timer = setTimeout(tooLate, limit);
      let grace: NodeJS.Timeout | undefined;
      const abandon = () => {
        reject(signal!.reason);
        grace = setTimeout(() => this.#kill("the request was cancelled"), GRACE);
      };
      const settle = () => {
        clearTimeout(timer);
        clearTimeout(grace);
        signal?.removeEventListener("abort", abandon);
        this.#inFlight = undefined;
        free();
      };
      this.#inFlight = {
        id,
        answer: (value) => {
          settle();
          resolve(value);
        },
        fail: (error) => {
          settle();
          reject(error);
        },
      };
      signal?.addEventListener("abort", abandon, { once: true });
      this.#child.stdin!.write(`${JSON.stringify({ id, ...request })}\n`);
    });
  }

  /** Resolves when the process is no more. */
  async dispose(): Promise<void> {
    this.#kill("the page was closed");
    const { pid, exitCode, signalCode } = this.#child;
    if (pid !== undefined && exitCode === null && signalCode === null) await once(this.#child, "exit");
  }

  #take(line: string): void {
    const { data } = modelReply.safeParse(jsonOf(line));
    const waiting = this.#inFlight;
    if (!data || data.id !== waiting?.id) this.#kill("Python answered what was not asked, and was ended");
    else if ("problem" in data) waiting.fail(new ModelError(data.problem));
    else waiting.answer(data.answer);
  }

  #kill(why: string): void {
    this.#end(why);
    const { pid } = this.#child;
    if (pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    killGroup(pid);
    this.#child.kill("SIGKILL");
  }

  #end(why: string): void {
    if (this.#ended !== undefined) return;
    this.#ended = why;
    this.#inFlight?.fail(new ModelError(why));
    this.onEnd();
  }
}

/** What the model's code has started, too. */
export function killGroup(pid: number): void {
  try {
    process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
