/** A person types into an open document; each keystroke is linted by the worker before the next one. */

import type { LintWorker } from "../../../src/lint/worker-client.node.ts";
import { notebook, script } from "./texts.ts";

/** What is typed in the middle of the document, character by character. */
const TYPED = 'checked = model_0.predict(X_test_0)  # and by group\nprint(checked.mean(), "done")\n';
const WARM_UP = 10;

export interface Keystrokes {
  what: string;
  /** Milliseconds of the worker for each keystroke: text to findings. */
  worker: number[];
  /** Milliseconds from the question to its answer, messages between the threads included. */
  answered: number[];
  /** Milliseconds that the asking thread itself was busy with sending: the lesser of two times, without interruptions. */
  sending: number[];
  /** CPU milliseconds of all threads for each keystroke. */
  cpu: number[];
}

export async function typeIn(worker: LintWorker, size: number | "notebook"): Promise<Keystrokes> {
  const isNotebook = size === "notebook";
  const text = isNotebook ? notebook(100) : script(size);
  const path = isNotebook ? "open.ipynb" : `open-${size}.py`;
  const middle = text.indexOf("\n", text.length / 2) + 1;
  const measured: Keystrokes = {
    what: isNotebook ? "notebook of 100 cells" : `${size.toLocaleString("en")} lines`,
    ...{ worker: [], answered: [], sending: [], cpu: [] },
  };
  await typeOnce(worker, { isNotebook, text, middle, path }, measured);
  const { sending } = measured;
  measured.sending = [];
  await typeOnce(worker, { isNotebook, text, middle, path }, measured);
  measured.sending = measured.sending.map((again, index) => Math.min(again, sending[index]!));
  return measured;
}

interface Open {
  isNotebook: boolean;
  text: string;
  /** Where a line begins. */
  middle: number;
  path: string;
}

async function typeOnce(worker: LintWorker, open: Open, measured: Keystrokes): Promise<void> {
  const { isNotebook, text, middle, path } = open;
  const uri = `file:///${path}`;
  // As the editor does: a notebook as a whole, of a script what was written.
  const ask = async (now: string, version: number) => {
    if (isNotebook || version === 0)
      return worker.ask("document", { document: { uri, version, path, text: now }, selection: {} });
    const change = { offset: middle + version - 1, length: 0, text: TYPED.slice(version - 1, version) };
    const edits = { since: version - 1, version, length: now.length, changes: [change] };
    const report = await worker.ask("edited", { uri, edits, selection: {} });
    if (report === undefined) throw new Error("the worker did not have the text");
    return report;
  };
  for (let typed = 0; typed <= TYPED.length; typed++) {
    const soFar = TYPED.slice(0, typed);
    const now = isNotebook ? notebook(100, soFar) : text.slice(0, middle) + soFar + text.slice(middle);
    const cpu = process.cpuUsage();
    const began = performance.now();
    const asked = ask(now, typed);
    const sent = performance.now();
    const report = await asked;
    const answered = performance.now();
    const { user, system } = process.cpuUsage(cpu);
    if (typed < WARM_UP) continue;
    measured.cpu.push((user + system) / 1000);
    measured.worker.push(report.took);
    measured.answered.push(answered - began);
    measured.sending.push(sent - began);
  }
  await worker.ask("close", { uri });
}
