/** Entry of the explorer's worker thread: one table and one model, read and asked off the editor's thread. */

import { parentPort } from "node:worker_threads";
import type { ReadProgress } from "../table/read-plan.ts";
import { TableError } from "../table/table-error.ts";
import { ExplorerAnswers } from "./explorer-answers.node.ts";
import { ModelError } from "./model/model-error.ts";
import type { ScoreCell } from "./score-cells.ts";
import type { Answers, Kind, Request, Response } from "./worker-protocol.ts";

const port = parentPort;
if (!port) throw new Error("the explorer's worker is started by the editor");

/** Between two messages of progress, ms. */
const PROGRESS_EVERY = 100;

const answers = new ExplorerAnswers((pid) => post({ pid: pid ?? null }));
const running = new Map<number, AbortController>();

port.on("message", async (request: Request) => {
  const { id } = request;
  if (request.kind === "cancel") {
    running.get(id)?.abort(new ModelError("this was cancelled"));
    return;
  }
  if (request.kind === "end") {
    // Whoever starts a process has to hear of its end, or it stays listed as long as the editor runs.
    await answers.dispose();
    process.exit();
  }
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const answer = await answers.answer(request, progressOf(id), controller.signal);
    post({ id, answer }, buffersOf(answer));
  } catch (error) {
    const isMendable =
      error instanceof TableError || error instanceof ModelError || error instanceof RangeError;
    const code = (error as NodeJS.ErrnoException).code;
    const text =
      isMendable || code !== undefined ? (error as Error).message : ((error as Error).stack ?? String(error));
    post({ id, error: text, isTable: isMendable || code !== undefined });
  } finally {
    running.delete(id);
  }
});

function progressOf(id: number): (progress: ReadProgress) => void {
  let said = 0;
  return ({ rows, part }) => {
    const now = performance.now();
    if (now - said < PROGRESS_EVERY) return;
    said = now;
    post({ id, rows, ...(part !== undefined && { part }) });
  };
}

function post(response: Response, transfer: ArrayBuffer[] = []): void {
  port!.postMessage(response, transfer);
}

/** They are handed over, not copied. */
function buffersOf(answer: Answers[Kind]["answer"]): ArrayBuffer[] {
  // Those of cells with counts; the others are small.
  const cells = "cells" in answer && Array.isArray(answer.cells) ? answer.cells : [];
  const counted = cells.filter((cell): cell is ScoreCell => typeof cell === "object" && cell !== null);
  const arrays = counted.flatMap(({ counts }) => Object.values(counts) as Float64Array[]);
  return [...new Set(arrays.map(({ buffer }) => buffer as ArrayBuffer))];
}
