/** A model of the user's that stays loaded: started when it is first needed, loaded anew when its process has ended. */

import * as path from "node:path";
import { pythonFolder } from "../../libraries/python-folder.node.ts";
import { type LoadedModel, loadedModel, modelScores } from "./model-answers.ts";
import type { SentColumn } from "./model-columns.ts";
import { ModelProcess } from "./model-process.node.ts";
import type { ModelStart } from "./model-spec.ts";

/** What the model is told of the table. */
export interface ModelTable {
  columns: readonly string[];
  positive: string;
  negative: string | undefined;
}

/** Importing a library the first time reads hundreds of megabytes on a slow disk. */
const LOAD_LIMIT = 120_000;
const PREDICT_LIMIT = 60_000;

interface Loaded {
  model: LoadedModel;
  process: ModelProcess;
}

export class WarmModel {
  #process: ModelProcess | undefined;
  #loaded: Promise<Loaded> | undefined;
  /** What the process holds. */
  #held: readonly SentColumn[] | undefined;

  /** @param onProcess hears the pid of the process, and undefined when it is no more */
  constructor(
    readonly start: ModelStart,
    readonly table: ModelTable,
    readonly onProcess: (pid: number | undefined) => void,
  ) {}

  /** Rejects with a ModelError; then, or when its process has ended, the next call loads again. */
  async load(signal?: AbortSignal): Promise<LoadedModel> {
    return (await this.#ready(signal)).model;
  }

  async predict(columns: readonly SentColumn[], signal?: AbortSignal): Promise<number[]> {
    const { process } = await this.#ready(signal);
    return scoresOf(process, { columns }, signal);
  }

  /** Scores of `rows`, all with the one value of `change` in that column. The same `rows` are sent only once. */
  async predictWith(
    rows: readonly SentColumn[],
    change: SentColumn,
    signal?: AbortSignal,
  ): Promise<number[]> {
    const { process } = await this.#ready(signal);
    if (this.#held !== rows) {
      await process.ask({ do: "hold", columns: rows }, { limit: PREDICT_LIMIT, signal });
      this.#held = rows;
    }
    return scoresOf(process, { change }, signal);
  }

  async dispose(): Promise<void> {
    await this.#process?.dispose();
  }

  #ready(signal?: AbortSignal): Promise<Loaded> {
    this.#loaded ??= this.#load(signal).catch((error) => {
      this.#loaded = undefined;
      throw error;
    });
    return this.#loaded;
  }

  async #load(signal?: AbortSignal): Promise<Loaded> {
    const { spec, python, folder } = this.start;
    const script = path.join(pythonFolder(), "predict.py");
    const own = new ModelProcess({ command: python, script, cwd: folder }, () => {
      if (this.#process !== own) return;
      this.#process = undefined;
      this.#loaded = undefined;
      this.#held = undefined;
      this.onProcess(undefined);
    });
    void this.#process?.dispose();
    this.#process = own;
    this.onProcess(own.pid);
    const file = "file" in spec ? path.resolve(folder, spec.file) : undefined;
    const answer = await own.ask(
      {
        do: "load",
        ...(file === undefined ? spec : { file }),
        folders: [...new Set([folder, ...(file === undefined ? [] : [path.dirname(file)])])],
        columns: this.table.columns,
        positive: this.table.positive,
        negative: this.table.negative ?? null,
      },
      { limit: LOAD_LIMIT, signal },
    );
    return { model: loadedModel.parse(answer), process: own };
  }
}

async function scoresOf(
  process: ModelProcess,
  request: Record<string, unknown>,
  signal?: AbortSignal,
): Promise<number[]> {
  const answer = await process.ask({ do: "predict", ...request }, { limit: PREDICT_LIMIT, signal });
  return modelScores.parse(answer).scores;
}
