/** Facts of one file. Readers make them, rules use them; a rule never sees the text's syntax. */

import type { ConfigFacts } from "./config/config-facts.ts";
import type { TextRange } from "./finding.ts";
import type { PythonFacts } from "./python/python-facts.ts";

export type Facts = PythonFacts | ConfigFacts;

/** The text that ranges point into, with what every rule may need of it. */
export interface FactsBase {
  /** Path with forward slashes, relative to the project's folder where there is one. */
  file: string;
  text: string;
  /** Comments in order: for suppressions and for switches that are commented out. */
  comments: { text: string; range: TextRange }[];
  /** What it writes, holds or runs in another language. */
  written: readonly WrittenFile[];
}

/** A file within a file: `%%writefile serving.properties` of a notebook, a program in a ConfigMap; commands have a name of ours. */
export interface WrittenFile {
  path: string;
  text: string;
  /** Where the text begins in what holds it. */
  start: number;
}

/**
 * A model being served, wherever that is said: a command line, a manifest, a settings file, Python. Rules of family FW2
 * look at these, so that each serving system is read once.
 */
export interface ServingFact {
  /** "vllm", "tgi", "triton", "sagemaker", "kserve", "ollama", ... */
  system: string;
  /** Where it starts: the command, the image, the resource. */
  range: TextRange;
  /** The checkpoint as written, and where; undefined when it is a variable or not named. */
  model?: { id: string; range: TextRange };
  /** The variable of the environment that names the model, where it has no default. */
  modelVariable?: { name: string; range: TextRange };
  /** Settings as written, by the system's own name without dashes ("quantization", "dtype", "max-model-len"). */
  settings: ReadonlyMap<string, { value: string; range: TextRange; keyRange: TextRange }>;
  /** Switches that stand commented out near it, same naming. */
  commentedOut: ReadonlyMap<string, { value: string; range: TextRange }>;
  /** Accelerators where they are said: instance type, count, or GPU limit. */
  accelerator?: { kind?: string; count?: number; range: TextRange };
  replicas?: { min?: number; fixed?: number; autoscaled: boolean; range: TextRange };
  /** Batching keys found, by their own name. */
  batching: ReadonlyMap<string, { value: string; range: TextRange }>;
  /** How a switch of this system is written here: where to insert it and in which form. */
  insertSetting?(name: string, value: string): { range: TextRange; newText: string } | undefined;
}
