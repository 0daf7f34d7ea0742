/** Launches in a tree: Kubernetes containers, compose services, ECS containers, and commands in strings wherever they stand. */

import type { ServingFact } from "../facts.ts";
import type { TextRange } from "../finding.ts";
import { pattern } from "../pattern.ts";
import { type ConfigMaps, fromConfigMaps } from "./config-maps.ts";
import { acceleratorIn } from "./hardware.ts";
import type { Launch, Setting } from "./launch.ts";
import { splitItem } from "./launch-arguments.ts";
import { addMount } from "./mounts.ts";
import { readShell } from "./shell.ts";
import { scriptAt, shellLaunches } from "./shell-launches.ts";
import {
  at,
  type ConfigNode,
  entriesOf,
  entryOf,
  itemsOf,
  type ListNode,
  type MapNode,
  maps,
  numberAt,
  type ScalarNode,
  scalarAt,
  scalars,
} from "./tree.ts";
import type { Word } from "./words.ts";

/** In the order of the words: an image's entry point, then its command; Kubernetes calls them `command` and `args`. */
const COMMAND_KEYS = ["entrypoint", "entryPoint", "command", "args", "cmd", "extraArgs", "cli_args"];
/** Shell lines that run in the image beside them: dstack's, and those of pipelines. */
const SCRIPT_KEYS = ["commands", "run", "script"];
/** A string that starts a server; read as shell wherever it stands. */
const LAUNCH_TEXT = pattern()`
  \b(
    vllm serve|vllm\.entrypoints|api_server|sglang|text-generation-launcher|text-embeddings-router|
    llama-server|llama_cpp|ollama (run|pull|serve)|tritonserver|trtexec|trtllm-serve|trtllm-build|
    lmdeploy serve|docker run|podman run|fastchat\.serve|infinity_emb|xinference launch|openllm|
    local-ai run|mlc_llm serve|aphrodite|lightllm\.server|mistralrs-server|litgpt serve|optimum-cli export|
    mlx_v?lm|maxengine_server|jetstream_pt|jpt serve|dynamo\.(?:vllm|sglang)
  )\b
`;

/** All launches of a document; each command is found once. */
export function treeLaunches(root: ConfigNode, text: string, configMaps: ConfigMaps = new Map()): Launch[] {
  const launches: Launch[] = [];
  const taken = new Set<ConfigNode>();
  for (const { node, path } of maps(root)) {
    const image =
      scalarAt(node, "image") ??
      scalarAt(node, "image", "name") ??
      scalarAt(node, "image", "repository") ??
      scalarAt(node, "environment", "image") ??
      scalarAt(node, "build", "image") ??
      scalarAt(node, "Image");
    const hasCommand = COMMAND_KEYS.some((key) => entryOf(node, key) !== undefined);
    const environment = new Map([...fromConfigMaps(node, configMaps), ...environmentOf(node)]);
    const isBuilt = entryOf(node, "build") !== undefined && environment.size > 0;
    if (image === undefined && !hasCommand && !isBuilt) continue;
    const commands = [
      ...COMMAND_KEYS.flatMap((key) => entryOf(node, key)?.value ?? []),
      // Fly's: a command for each process of the image that `build` names.
      ...(image === undefined ? [] : entriesOf(entryOf(node, "processes")?.value).map(({ value }) => value)),
    ];
    const words = commands.flatMap((value) => commandWords(value, text, variablesOf(environment)));
    if (image === undefined && !isBuilt && !commandHolder(node, path) && !startsServer(words)) continue;
    for (const value of commands) taken.add(value);
    const base: Launch = {
      words,
      environment,
      range: image?.range ?? words[0]?.range ?? node.range,
      ...(image === undefined || image.value === ""
        ? {}
        : { image: { name: image.value, range: image.range } }),
      ...(isBuilt ? { isBuilt } : {}),
      mounts: mountsOf(node),
      accelerator: () => acceleratorIn(root, node),
      replicas: () => replicasIn(root),
      insertVariable: (name, value) => insertVariable(node, name, value, text),
    };
    const script =
      words[scriptAt(words)] ??
      (words.length === 1 && LAUNCH_TEXT.test(words[0]!.value) ? words[0] : undefined);
    const scripts = image === undefined || hasCommand ? [] : scriptsBeside(node);
    for (const value of scripts) taken.add(value);
    const inner =
      script === undefined
        ? scripts.flatMap((value) => withVariables(value, environment))
        : scriptsIn(node, script, environment);
    if (inner.length > 0)
      for (const launch of inner)
        launches.push({ ...base, ...launch, image: base.image ?? launch.image, environment });
    else launches.push(base);
  }
  for (const { node } of scalars(root)) {
    if (!LAUNCH_TEXT.test(node.value) || insideTaken(taken, node)) continue;
    // A job's variables stand beside its script: `envs: {MODEL: ...}` and `run: vllm serve $MODEL`.
    const holder = maps(root).find((one) =>
      one.node.entries.some(({ value }) => value === node || itemsOf(value).includes(node)),
    )?.node;
    const inner =
      holder === undefined
        ? shellLaunches(node.content.text, node.content.start)
        : withVariables(node, environmentOf(holder));
    for (const launch of inner)
      launches.push({ accelerator: () => acceleratorIn(root, undefined), ...launch });
  }
  return launches;
}

function insideTaken(taken: ReadonlySet<ConfigNode>, node: ConfigNode): boolean {
  for (const one of taken)
    if (one.range.start <= node.range.start && node.range.end <= one.range.end) return true;
  return false;
}

/** A list that begins with a server's program: `entrypoint = ["vllm", "serve", "org/model"]`. */
function startsServer(words: readonly Word[]): boolean {
  return (
    words.length > 2 &&
    LAUNCH_TEXT.test(
      words
        .slice(0, 3)
        .map(({ value }) => value)
        .join(" "),
    )
  );
}

/** Without an image, only what a container or a job is called holds a command. */
function commandHolder(node: MapNode, path: readonly string[]): boolean {
  return (
    /^(containers|container|predictor|model|main|worker|initContainers|spec|engine|service|services|server|modelSpec|vllmConfig|args)$/i.test(
      path.at(-1) ?? "",
    ) || entryOf(node, "env") !== undefined
  );
}

/** `volumes: ["./llama-2-7b:/model"]` of a compose file, short and long form. */
function mountsOf(node: MapNode): Map<string, string> {
  const mounts = new Map<string, string>();
  for (const item of itemsOf(entryOf(node, "volumes")?.value)) {
    const [source, target] = [scalarAt(item, "source"), scalarAt(item, "target")];
    if (item.kind === "scalar") addMount(mounts, item.value);
    else if (source && target) addMount(mounts, `${source.value}:${target.value}`);
  }
  return mounts;
}

/** Of the lines beside an image those that start a server. */
function scriptsBeside(node: MapNode): ScalarNode[] {
  return SCRIPT_KEYS.flatMap((key) => {
    const value = entryOf(node, key)?.value;
    return value === undefined ? [] : scalars(value).map((each) => each.node);
  }).filter(({ value }) => LAUNCH_TEXT.test(value));
}

/** Shell text given to `sh -c`, with the container's variables. */
function scriptsIn(node: MapNode, script: Word, environment: ReadonlyMap<string, Setting>): Launch[] {
  for (const { node: scalar } of scalars(node))
    if (scalar.range.start <= script.range.start && script.range.end <= scalar.range.end)
      return withVariables(scalar, environment);
  return [];
}

function withVariables(scalar: ScalarNode, environment: ReadonlyMap<string, Setting>): Launch[] {
  const known = [...variablesOf(environment)].map(([name, word]) => `${name}='${word.value}'`);
  // Variables are put before the text, so its places move back by their length.
  const prefix = known.length === 0 ? "" : `${known.filter((line) => !line.includes("\n")).join(";")}\n`;
  return shellLaunches(prefix + scalar.content.text, scalar.content.start - prefix.length);
}

function variablesOf(environment: ReadonlyMap<string, Setting>): Map<string, Word> {
  const words = new Map<string, Word>();
  // A path says what it ends with: `gs://${BUCKET}/llama-2-7b`.
  for (const [name, { value, range, known }] of environment)
    if ((known || /\/[^/$`{}()]+$/.test(value)) && !value.includes("'"))
      words.set(name, { value, range, known });
  return words;
}

/** A command as words: a list, one string, or a map of switches. */
export function commandWords(node: ConfigNode, text: string, variables: ReadonlyMap<string, Word>): Word[] {
  if (node.kind === "map")
    return node.entries.flatMap((entry) => {
      const key: Word = { value: `--${entry.key}`, range: entry.keyRange, known: true };
      if (entry.value.kind !== "scalar") return [key];
      return [key, { value: entry.value.value, range: entry.value.range, known: entry.value.known }];
    });
  if (node.kind === "scalar") {
    if (
      node.style === "literal" &&
      node.value.includes("\n") &&
      /^\s*\S+.*\n\s*[^-\s]/.test(node.value) &&
      !node.value.includes("\\\n")
    )
      return [{ value: node.value, range: node.range, known: node.known }];
    const script = readShell(node.content.text.replace(/\n/g, " "), node.content.start);
    return script.commands.length > 1 && LAUNCH_TEXT.test(node.value)
      ? [{ value: node.value, range: node.range, known: node.known }]
      : (script.commands[0]?.words ?? []).map((word) => substitute(word, variables));
  }
  return node.items.flatMap((item) => {
    if (item.kind !== "scalar") return namedSwitch(item);
    const word: Word = {
      value: item.value,
      range: item.range,
      known: item.known,
      after: afterItem(node, item, text),
    };
    const substituted = substitute(word, variables);
    return /^--[\w-]+[ \t]+\S/.test(substituted.value) && !substituted.value.includes("\n")
      ? splitItem(substituted)
      : [substituted];
  });
}

/** `{name: "--model-id", value: "org/model"}`, as charts list them. */
function namedSwitch(item: ConfigNode): Word[] {
  const name = scalarAt(item, "name");
  const value = scalarAt(item, "value");
  if (name === undefined || value === undefined || !name.value.startsWith("-")) return [];
  return [name, value].map(({ value, range, known }) => ({ value, range, known }));
}

/** `$(NAME)`, `$NAME` and `${NAME:-default}` of the same container. */
function substitute(word: Word, variables: ReadonlyMap<string, Word>): Word {
  if (!word.value.includes("$") || word.value.includes("\n")) return word;
  let known = word.known;
  const value = word.value.replace(
    /\$\((\w+)\)|\$\{(\w+)(?::?-([^}]*))?\}|\$\$?(\w+)/g,
    (whole, a?: string, b?: string, fallback?: string, c?: string) => {
      const found = variables.get(a ?? b ?? c ?? "");
      if (found?.known === false) known = false;
      if (found !== undefined) return found.value;
      if (fallback !== undefined) return fallback;
      known = false;
      return whole;
    },
  );
  return { ...word, value, known };
}

/** More items after an item: on a line of their own, or behind a comma in `[a, b]`. */
function afterItem(list: ListNode, item: ScalarNode, text: string): Word["after"] {
  return (words) => {
    const end = item.range.end;
    if (list.flow)
      return {
        range: { start: end, end },
        newText: words.map((word) => `, ${JSON.stringify(word)}`).join(""),
      };
    const lineStart = text.lastIndexOf("\n", item.range.start - 1) + 1;
    const lead = /^([ \t]*(?:- +)*)/.exec(text.slice(lineStart, item.range.start))?.[1] ?? "";
    const dash = lead.lastIndexOf("-");
    if (dash < 0 || item.style === "literal" || item.style === "folded")
      return { range: { start: end, end }, newText: "" };
    const indent = `${" ".repeat(dash)}- `;
    return {
      range: { start: end, end },
      newText: words
        .map((word) => `\n${indent}${/^[\w./-][\w./=:-]*$/.test(word) ? word : JSON.stringify(word)}`)
        .join(""),
    };
  };
}

/** `env: [{name, value}]`, `environment: {A: b}`, `environment: [A=b]`, `Environment`, `env_vars`. */
export function environmentOf(node: MapNode): Map<string, Setting> {
  const environment = new Map<string, Setting>();
  for (const key of ["env", "environment", "Environment", "env_vars", "envs", "environment_variables"]) {
    const value = entryOf(node, key)?.value;
    for (const entry of entriesOf(value))
      if (entry.value.kind === "scalar") environment.set(entry.key, setting(entry.value, entry.keyRange));
    for (const item of itemsOf(value)) {
      const name = scalarAt(item, "name") ?? scalarAt(item, "Name") ?? scalarAt(item, "key");
      const held = scalarAt(item, "value") ?? scalarAt(item, "Value");
      if (name !== undefined && held !== undefined) environment.set(name.value, setting(held, name.range));
      if (item.kind !== "scalar") continue;
      const pair = /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(item.value);
      if (pair === null) continue;
      const start = item.content.start + pair[1]!.length + 1;
      environment.set(pair[1]!, {
        ...withDefault(pair[2]!, item.known),
        range: { start, end: Math.max(start, item.content.start + item.content.text.length) },
        keyRange: { start: item.content.start, end: start - 1 },
      });
    }
  }
  return environment;
}

function setting(value: ScalarNode, keyRange: TextRange): Setting {
  return { ...withDefault(value.value, value.known), range: value.range, keyRange };
}

/** `${NAME:-default}` gives its default; another variable is unknown. */
function withDefault(value: string, known: boolean): { value: string; known: boolean } {
  const fallback = /^\$\{\w+:?-([^}$]*)\}$/.exec(value)?.[1];
  if (fallback !== undefined) return { value: fallback, known };
  return { value, known: known && !/\$\{|\$[A-Za-z_(]/.test(value) };
}

function insertVariable(
  node: MapNode,
  name: string,
  value: string,
  text: string,
): { range: TextRange; newText: string } | undefined {
  for (const key of ["env", "environment", "Environment", "env_vars"]) {
    const held = entryOf(node, key)?.value;
    if (held?.kind === "map" && held.entries.length > 0) {
      const last = held.entries.at(-1)!;
      return insertEntry(last.keyRange, last.value.range, name, value, held.flow, text);
    }
    const last = held?.kind === "list" ? held.items.at(-1) : undefined;
    if (held?.kind !== "list" || last === undefined) continue;
    const end =
      last.kind === "map" ? (last.entries.at(-1)?.value.range.end ?? last.range.end) : last.range.end;
    const pairs = last.kind === "map";
    if (held.flow)
      return {
        range: { start: last.range.end, end: last.range.end },
        newText: pairs
          ? `, {"name": ${JSON.stringify(name)}, "value": ${JSON.stringify(value)}}`
          : `, ${JSON.stringify(`${name}=${value}`)}`,
      };
    const lineStart = text.lastIndexOf("\n", last.range.start - 1) + 1;
    const dash = text.slice(lineStart, last.range.start).lastIndexOf("-");
    if (dash < 0) return undefined;
    const indent = " ".repeat(dash);
    const newText = pairs
      ? `\n${indent}- name: ${name}\n${indent}  value: ${JSON.stringify(value)}`
      : `\n${indent}- ${name}=${value}`;
    return { range: { start: end, end }, newText };
  }
  return undefined;
}

/** Adds `name: value` after an entry, in block or flow form. */
export function insertEntry(
  keyRange: TextRange,
  valueRange: TextRange,
  name: string,
  value: string,
  flow: boolean,
  text: string,
): { range: TextRange; newText: string } {
  const start = Math.max(valueRange.end, keyRange.end);
  const lineStart = text.lastIndexOf("\n", keyRange.start - 1) + 1;
  const lead = text.slice(lineStart, keyRange.start);
  if (flow) {
    const quote = text[keyRange.start] === '"' ? '"' : "";
    const newLine = /^[ \t]*$/.test(lead) ? `\n${lead}` : " ";
    return {
      range: { start, end: start },
      newText: `,${newLine}${quote}${name}${quote}: ${quote === "" && /^[\w.-]+$/.test(value) ? value : JSON.stringify(value)}`,
    };
  }
  // In `- key: value` the next key stands below the first.
  const indent = lead.replace(/-/g, " ");
  const plain = /^[\w.-]+$/.test(value) ? value : JSON.stringify(value);
  return { range: { start, end: start }, newText: `\n${indent}${name}: ${plain}` };
}

/** Replicas of the document: of a Deployment, of a predictor, of Ray's autoscaling. */
export function replicasIn(root: ConfigNode): ServingFact["replicas"] {
  for (const { node } of maps(root)) {
    for (const key of ["minReplicas", "min_replicas", "minReplicaCount"]) {
      const entry = entryOf(node, key);
      const min = numberAt(node, key);
      if (entry !== undefined && min !== undefined)
        return { min, autoscaled: true, range: entry.value.range };
    }
    const fixed = numberAt(node, "replicas") ?? numberAt(node, "replicaCount");
    const entry = entryOf(node, "replicas") ?? entryOf(node, "replicaCount");
    if (fixed !== undefined && entry !== undefined && at(node, "selector") !== undefined)
      return { fixed, autoscaled: false, range: entry.value.range };
  }
  return undefined;
}
