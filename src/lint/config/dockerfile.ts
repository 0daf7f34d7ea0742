/** Dockerfiles: the last stage's image, environment, entry point and command as one launch; what RUN lines start, too. */

import { readJson } from "./json.ts";
import type { Launch, Setting } from "./launch.ts";
import { readShell } from "./shell.ts";
import { scriptAt, shellLaunches } from "./shell-launches.ts";
import { itemsOf } from "./tree.ts";
import type { Word } from "./words.ts";

export interface Instruction {
  name: string;
  /** What follows its name, as written, with continuations. */
  text: string;
  start: number;
  end: number;
}

/** Instructions with their places. */
export function readInstructions(text: string): Instruction[] {
  const found: Instruction[] = [];
  const pattern = /^[ \t]*([A-Za-z]+)[ \t]+((?:[^\r\n]*[\\`][ \t]*\r?\n(?:[ \t]*#[^\n]*\n)*)*[^\r\n]*)/gm;
  for (const match of text.matchAll(pattern)) {
    const name = match[1]!.toUpperCase();
    if (
      !/^(FROM|ARG|ENV|RUN|CMD|ENTRYPOINT|COPY|ADD|EXPOSE|USER|LABEL|WORKDIR|SHELL|HEALTHCHECK)$/.test(name)
    )
      continue;
    const end = match.index + match[0].length;
    found.push({ name, text: match[2]!, start: end - match[2]!.length, end });
  }
  return found;
}

/** Launches of a Dockerfile. */
export function dockerfileLaunches(text: string): Launch[] {
  const args = new Map<string, Setting>();
  let stage = newStage();
  const launches: Launch[] = [];
  for (const one of readInstructions(text)) {
    const substituted = (value: string): { value: string; known: boolean } =>
      substitute(value, args, stage.environment);
    if (one.name === "FROM") {
      const image =
        one.text
          .trim()
          .split(/\s+/)
          .find((word) => !word.startsWith("--")) ?? "";
      const inherited = stage.environment;
      stage = newStage();
      // A stage that builds on an earlier one of the file keeps its environment.
      if (new RegExp(`\\bAS\\s+${image.replace(/[^\w.-]/g, "")}\\b`, "i").test(text))
        stage.environment = new Map(inherited);
      const start = one.start + one.text.indexOf(image);
      stage.image = { name: substituted(image).value, range: { start, end: start + image.length } };
    } else if (one.name === "ARG" || one.name === "ENV")
      for (const [name, setting] of assignments(one, one.name === "ENV")) {
        const value = { ...setting, ...substituted(setting.value) };
        if (one.name === "ARG") args.set(name, value);
        else stage.environment.set(name, value);
        if (one.name === "ENV") stage.last = one;
      }
    else if (one.name === "ENTRYPOINT") stage.entrypoint = command(one, args, stage.environment);
    else if (one.name === "CMD") stage.command = command(one, args, stage.environment);
    else if (one.name === "RUN") {
      if (
        /ollama|trtexec|optimum-cli|tf2onnx|ct2-|transformers\.onnx|tensorflowjs_converter|export\.py|local-dir|huggingface\.co/.test(
          one.text,
        )
      )
        launches.push(...shellLaunches(one.text, one.start));
      const download = /\b(?:hf|huggingface-cli)[ \t]+download[ \t]+["']?([^\s"'\\]+)/.exec(one.text);
      if (download !== null) stage.downloads.push(downloaded(download, one, substituted));
    }
  }
  const { last } = stage;
  const words = runsItsArguments(stage) ? stage.command : [...stage.entrypoint, ...stage.command];
  const image = stage.image;
  if (image === undefined) return launches;
  // A server's image that only its checkpoint is added to.
  const [checkpoint] = stage.downloads;
  if (words.length === 0 && stage.downloads.length === 1 && checkpoint !== undefined)
    stage.environment.set("MODEL_ID", stage.environment.get("MODEL_ID") ?? checkpoint);
  const script = scriptAt(words);
  const base: Launch = {
    image,
    words,
    environment: stage.environment,
    range: words[0]?.range ?? image.range,
    ...(last === undefined
      ? {}
      : {
          insertVariable: (name, value) => ({
            range: { start: last.end, end: last.end },
            newText: `\nENV ${name}=${value}`,
          }),
        }),
  };
  if (script > 0) {
    const inner = words[script]!;
    for (const launch of shellLaunches(inner.value, inner.range.start + 1))
      launches.push({
        ...launch,
        image,
        environment: new Map([...stage.environment, ...launch.environment]),
      });
    return launches;
  }
  return [...launches, base];
}

interface Stage {
  image?: { name: string; range: { start: number; end: number } };
  environment: Map<string, Setting>;
  entrypoint: Word[];
  command: Word[];
  /** Checkpoints that are fetched when the image is built. */
  downloads: Setting[];
  last?: Instruction;
}

function newStage(): Stage {
  return { environment: new Map(), entrypoint: [], command: [], downloads: [] };
}

/** A script as entry point that is given a whole command ends with `exec "$@"`: the command is what is started. */
function runsItsArguments({ entrypoint, command }: Stage): boolean {
  return (
    entrypoint.length === 1 &&
    /\.sh$|entry-?_?point$/.test(entrypoint[0]!.value) &&
    /^[/\w]/.test(command[0]?.value ?? "")
  );
}

/** `RUN hf download "$MODEL_REPO" --local-dir ...`: the checkpoint that the image is built with. */
function downloaded(
  match: RegExpExecArray,
  one: Instruction,
  substituted: (value: string) => { value: string; known: boolean },
): Setting {
  const end = one.start + match.index + match[0].length;
  const range = { start: end - match[1]!.length, end };
  return { ...substituted(match[1]!), range, keyRange: range };
}

/** `ENV A=b C="d"`, `ENV A b`, `ARG A=b`, `ARG A`. */
function assignments(one: Instruction, isEnvironment: boolean): [string, Setting][] {
  const found: [string, Setting][] = [];
  for (const match of one.text.matchAll(/([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s\\]*)/g)) {
    const start = one.start + match.index;
    const quoted = /^["']/.test(match[2]!) ? 1 : 0;
    found.push([
      match[1]!,
      {
        value: match[2]!.slice(quoted, match[2]!.length - quoted),
        range: { start: start + match[1]!.length + 1, end: start + match[0].length },
        keyRange: { start, end: start + match[1]!.length },
        known: true,
      },
    ]);
  }
  const spaced = /^([A-Za-z_]\w*)[ \t]+([^=\s][^\r\n]*)$/.exec(one.text.trim());
  if (found.length === 0 && isEnvironment && spaced !== null) {
    const start = one.start + one.text.indexOf(spaced[2]!);
    found.push([
      spaced[1]!,
      {
        value: spaced[2]!,
        range: { start, end: start + spaced[2]!.length },
        keyRange: { start: one.start, end: one.start + spaced[1]!.length },
        known: true,
      },
    ]);
  }
  return found;
}

function substitute(
  value: string,
  args: ReadonlyMap<string, Setting>,
  environment: ReadonlyMap<string, Setting>,
): { value: string; known: boolean } {
  let known = true;
  const text = value.replace(
    /\$\{(\w+)(?::?-([^}]*))?\}|\$(\w+)/g,
    (whole, braced?: string, fallback?: string, plain?: string) => {
      const found = environment.get(braced ?? plain ?? "") ?? args.get(braced ?? plain ?? "");
      if (found?.known) return found.value || (fallback ?? "");
      if (fallback !== undefined) return fallback;
      known = false;
      return whole;
    },
  );
  return { value: text, known };
}

/** Exec form (a JSON list) or shell form. */
function command(
  one: Instruction,
  args: ReadonlyMap<string, Setting>,
  environment: ReadonlyMap<string, Setting>,
): Word[] {
  const text = one.text.replace(/\\[ \t]*\r?\n/g, (part) => " ".repeat(part.length));
  const list = text.trimStart().startsWith("[") ? readJson(text, one.start) : undefined;
  if (list?.kind === "list")
    return itemsOf(list).flatMap((item) => {
      if (item.kind !== "scalar") return [];
      const end = item.range.end;
      const after: Word["after"] = (words) => ({
        range: { start: end, end },
        newText: words.map((word) => `, ${JSON.stringify(word)}`).join(""),
      });
      return [{ range: item.range, after, ...substitute(item.value, args, environment) }];
    });
  const words = readShell(text, one.start).commands.at(-1)?.words ?? [];
  return words.map((word) => ({ ...word, ...substitute(word.value, args, environment) }));
}
