/** Launches in a tree: Kubernetes containers, compose services, ECS containers, and commands in strings wherever they stand. */

import { type ConfigMaps, fromConfigMaps } from "./config-maps.ts";
import { acceleratorIn } from "./hardware.ts";
import type { Launch, Setting } from "./launch.ts";
import { addMount } from "./mounts.ts";
import { replicasIn } from "./replicas.ts";
import { scriptAt, shellLaunches } from "./shell-launches.ts";
import {
  type ConfigNode,
  entriesOf,
  entryOf,
  itemsOf,
  type MapNode,
  maps,
  type ScalarNode,
  scalarAt,
  scalars,
} from "./tree.ts";
import { commandWords, LAUNCH_TEXT } from "./tree-commands.ts";
import { environmentOf, insertVariable } from "./tree-environment.ts";
import type { Word } from "./words.ts";

/** In the order of the words: an image's entry point, then its command; Kubernetes calls them `command` and `args`, Podman's units `Exec`. */
const COMMAND_KEYS = ["entrypoint", "entryPoint", "command", "args", "cmd", "extraArgs", "cli_args", "Exec"];
/** Shell lines that run in the image beside them: dstack's, and those of pipelines. */
const SCRIPT_KEYS = ["commands", "run", "script"];
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
      mounts: mountsOf(node, environment),
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
  for (const value of argumentsAlone(root)) {
    if (insideTaken(taken, value)) continue;
    const words = commandWords(value, text, new Map());
    const isServer = !words.some(({ value }) => OTHER_WORK.test(value));
    if (isServer && words.some(({ value }) => /^--model(?:[-=]|$)/.test(value)))
      launches.push({
        words,
        environment: new Map(),
        range: words[0]!.range,
        isBuilt: true,
        accelerator: () => acceleratorIn(root, undefined),
      });
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

/** Training, or asking a server questions. */
const OTHER_WORK =
  /^--(?:learning|lr|epochs|num-train|train|deepspeed|num-prompts|request-rate|dataset|tasks|base-url|endpoint|backend|prompts?|input-len|output)/;

/** Switches of a server in a chart's values, under a name of its own: `vllmArgs: ["--model=org/name", "--max-model-len=4096"]`. */
function argumentsAlone(root: ConfigNode): ConfigNode[] {
  return maps(root).flatMap(({ node }) =>
    node.entries.some(({ key }) => /quanti/i.test(key))
      ? []
      : node.entries.flatMap(({ key, value }) => {
          if (!/args$|flags$/i.test(key)) return [];
          const first = value.kind === "list" ? value.items[0] : value;
          return first?.kind === "scalar" && first.value.startsWith("-") ? [value] : [];
        }),
  );
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

/** `volumes: ["./llama-2-7b:/model"]` of a compose file, short and long form; what KServe's initializer fetches. */
function mountsOf(node: MapNode, environment: ReadonlyMap<string, Setting>): Map<string, string> {
  const mounts = new Map<string, string>();
  const stored = environment.get("STORAGE_URI");
  if (stored?.known) mounts.set("/mnt/models", stored.value);
  for (const item of itemsOf(entryOf(node, "volumes")?.value)) {
    const [source, target] = [scalarAt(item, "source"), scalarAt(item, "target")];
    // `${MODEL:-/data/llama-2-7b}:/model`
    if (item.kind === "scalar") addMount(mounts, item.value.replace(/\$\{\w+:?-([^}$]*)\}/g, "$1"));
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
