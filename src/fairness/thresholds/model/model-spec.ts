/** How a model is named: in the project file, and to the Python that runs it. Pure. */

/** A model's file, below the project's folder or absolute; or a function (or a model) in a module of the project. */
export type ModelSpec = { file: string } | { module: string; function: string };

/** A model, and the Python that it runs in. */
export interface ModelStart {
  spec: ModelSpec;
  /** The interpreter and what always comes before a script. */
  python: readonly string[];
  /** The project's: files are named below it, modules are looked for in it. */
  folder: string;
}

/** "outputs/model.joblib" is a file, "scoring:score" a function. */
export function modelSpec(written: string): ModelSpec {
  const [, module, name] = /^([\p{L}_][\p{L}\p{N}_.]*):([\p{L}_][\p{L}\p{N}_]*)$/u.exec(written.trim()) ?? [];
  return module === undefined || name === undefined ? { file: written.trim() } : { module, function: name };
}

/** What a trained model is usually written to; others can be named. */
export const MODEL_FILE = /\.(?:joblib|pkl|pickle)$/i;
