/** One process that is started with its image, environment and hardware: what serving systems are recognised in. */

import type { ServingFact } from "../facts.ts";
import type { TextRange } from "../finding.ts";
import { pattern } from "../pattern.ts";
import type { Word } from "./words.ts";

export interface Setting {
  value: string;
  range: TextRange;
  keyRange: TextRange;
  known: boolean;
}

export interface Launch {
  /** Of a container; without it a command on the host. */
  image?: { name: string; range: TextRange };
  /** The image is made from a Dockerfile of the project. */
  isBuilt?: boolean;
  /** The program and its arguments; with an image and no command, the arguments alone. */
  words: Word[];
  environment: Map<string, Setting>;
  /** The whole of it. */
  range: TextRange;
  /** What stands where in the container: a path there, and what of the host is mounted at it. */
  mounts?: ReadonlyMap<string, string>;
  /** Looked for only when a system is recognised: it walks the whole document. */
  accelerator?: () => ServingFact["accelerator"];
  replicas?: () => ServingFact["replicas"];
  /** Adds an environment variable in the form used there. */
  insertVariable?: (name: string, value: string) => { range: TextRange; newText: string } | undefined;
}

/** `image` without registry, tag and digest, lower case: "vllm/vllm-openai". */
export function imageName(image: string): string {
  return image
    .toLowerCase()
    .replace(/@sha256.*$/, "")
    .replace(/:[^/]*$/, "");
}

const WRAPPERS = pattern()`
  ^(
    sudo|exec|nohup|time|nice|numactl|stdbuf|setsid|srun|mpirun|torchrun-wrapper|tini|dumb-init|xvfb-run|uv|
    uvx|poetry|pipenv|pdm|hatch|rye|pixi|conda|mamba|env|--|start|micromamba|ionice|taskset|timeout|
    unbuffer|screen|tmux|call|proxychains\d?|caffeinate|accelerate-wrapper
  )$
`;

/** Options of wrappers whose value is the next word: `conda run -n env`, `tmux new -s name`, `taskset -c 0-15`. */
const VALUE_OF: readonly [wrapper: RegExp, options: RegExp][] = [
  [/^(?:conda|mamba|micromamba)$/, /^(?:-n|-p|--name|--prefix|--cwd)$/],
  [/^uvx?$/, /^(?:-p|--(?:with|python|from|extra|group|project|directory|env-file))$/],
  [/^(?:tmux|screen)$/, /^-(?:[a-z]*[sSnt]|c)$/],
  [/^(?:taskset|numactl)$/, /^-[a-zA-Z]*[cCNm]$|^--[a-z]*(?:bind|list)$/],
  [/^srun$/, /^-[pwJnNGtcA]$/],
  [/^(?:sudo|env)$/, /^-[ughC]$/],
  [/^pixi$/, /^(?:-e|--environment)$/],
];
const SUBCOMMANDS = /^(?:run|tool|exec|new|new-session|new-window|split-window)$/;

/** The words from the program on: wrappers such as `sudo`, `nohup`, `env A=b`, `uv run`, `srun -N1` are passed by. */
export function program(words: readonly Word[]): Word[] {
  let at = 0;
  let valued: RegExp | undefined;
  for (let guard = 0; guard < 40 && at < words.length; guard++) {
    const value = words[at]!.value;
    const script = entryScript(words, at);
    const base = value.slice(value.lastIndexOf("/") + 1);
    if (WRAPPERS.test(base)) {
      valued = VALUE_OF.find(([wrapper]) => wrapper.test(base))?.[1];
      at++;
    } else if (/^[A-Za-z_]\w*=/.test(value)) at++;
    else if (at > 0 && isOfStart(words, at)) at++;
    else if (valued?.test(value)) at += 2;
    else if (script > 0) at += script;
    else if (
      at > 0 &&
      (SUBCOMMANDS.test(value) || /^-{1,2}[\w-]+(=.*)?$/.test(value) || /^\d+[smh]?$/.test(value))
    )
      at++;
    else break;
  }
  return words.slice(at);
}

/** Words of an image's script that starts what it is given: `/entrypoint.sh vllm serve ...`, `/bin/bash run.sh vllm serve ...`. */
function entryScript(words: readonly Word[], at: number): number {
  const length = /(?:^|\/)(?:ba)?sh$/.test(words[at]!.value) ? 2 : 1;
  const script = words[at + length - 1]?.value ?? "";
  const next = words[at + length]?.value ?? "";
  return /entrypoint[\w.-]*$|\.sh$/.test(script) && /^(?:vllm|python3?|sglang|llama-server)$/.test(next)
    ? length
    : 0;
}

/** cmd's `start "title" /b program`: a title stands before a switch. */
function isOfStart(words: readonly Word[], at: number): boolean {
  const [before, here, next] = [words[at - 1]!.value, words[at]!.value, words[at + 1]?.value ?? ""];
  if (/^\/[a-z]{1,12}$/i.test(here)) return true;
  return /^start$/i.test(before) && (here === "" || /^\/[a-z]{1,12}$/i.test(next));
}

/** True for a program by its file name, with or without a path: "/usr/bin/vllm", "C:\\py\\python.exe". */
export function isProgram(word: Word | undefined, name: RegExp): boolean {
  if (word === undefined) return false;
  const value = word.value.slice(Math.max(word.value.lastIndexOf("/"), word.value.lastIndexOf("\\")) + 1);
  return name.test(value) || (/\.(?:exe|cmd|bat)$/i.test(value) && name.test(value.replace(/\.\w+$/, "")));
}

/** For `python -m module ...` the module and the words after it; for `python path.py ...` the path. */
export function pythonModule(words: readonly Word[]): { module: Word; rest: Word[] } | undefined {
  if (!isProgram(words[0], /^(python|python3|python3\.\d+|py|pypy3)(\.exe)?$/)) return undefined;
  for (let i = 1; i < words.length; i++) {
    const value = words[i]!.value;
    if (value === "-m") {
      const module = words[i + 1];
      return module === undefined ? undefined : { module, rest: words.slice(i + 2) };
    }
    if (!value.startsWith("-")) return { module: words[i]!, rest: words.slice(i + 1) };
  }
  return undefined;
}
