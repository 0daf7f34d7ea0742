/** A configuration file, launch script or image recipe into facts. Never throws. */

import type { ServingFact, WrittenFile } from "../facts.ts";
import { pattern } from "../pattern.ts";
import { withParameters } from "./cloudformation.ts";
import { type Comment, commentedOutNear, readComments } from "./comments.ts";
import type { ConfigFacts, ConfigFormat } from "./config-facts.ts";
import { configMapsOf } from "./config-maps.ts";
import { dockerfileLaunches } from "./dockerfile.ts";
import { addCached, addDownloads, type Downloads, withDownload } from "./downloads.ts";
import { readHcl } from "./hcl.ts";
import { programIn, programsIn } from "./inner-programs.ts";
import { readJson } from "./json.ts";
import type { Launch } from "./launch.ts";
import { readJustfile, readMakefile } from "./makefile.ts";
import { readProperties } from "./properties.ts";
import { type HereDocument, readShell, type ShellScript } from "./shell.ts";
import { launchesOfScript, shellLaunches } from "./shell-launches.ts";
import { SYSTEMS, systemNamed } from "./systems/index.ts";
import type { ReadContext } from "./systems/system.ts";
import { ofSettingsScript } from "./systems/vllm-variables.ts";
import { readToml } from "./toml.ts";
import { type ConfigNode, MAX_CONFIG_TEXT, scalars, textAt } from "./tree.ts";
import { treeLaunches } from "./tree-launches.ts";
import { readYaml } from "./yaml.ts";

/** Words without which no file serves a model: most configuration is done with here. */
const HINT = pattern("im")`
  vllm|sglang|text-generation|text-embeddings|tgi|tritonserver|ollama|llama|lmdeploy|fastchat|trtexec|
  trtllm|optimum-cli|tf2onnx|tflite_convert|tensorflowjs_converter|ct2-|paddle2onnx|transformers\.onnx|
  export\.py|engine\w*\.py|trt\w*\.py|HF_MODEL|MODEL_ID|MODEL_NAME|model_id|model-id|modelId|modelHub|
  modelURL|modelFormat|hf:\/\/|serving\.kserve|kubeai|modelSpec|serveConfigV2|engine_config|
  model_loading_config|cli_args|nvcr\.io\/nim|quantiz|gpu[-_]memory[-_]utilization|max[-_]model[-_]len|
  minWorkers|batchSize|^predict:|^service: *["']?[\w.]+:|import_path|model_class_filename|use_gpu|
  load[-_](?:in[-_])?[48]bit|^backend:|openllm|aphrodite|lightllm|mistralrs|litgpt|yolo .*export|\.onnx\b|
  kaito\.sh|llmaz\.io|dynamo\.|azureml:|--model\b|mlx_v?lm|start_linux\.sh|EXTRA_LAUNCH_ARGS|
  openai_api\w*\.py|web_demo|data_type|compress_to_fp16|model-garden|trt_llm|
  ^[ \t]*(?:from|import)[ \t]+(?:transformers|torch|diffusers)\b
`;
const MAKEFILE = /(?:^|\/)(?:gnu)?makefile$|\.mk$/i;
const JUSTFILE = /(?:^|\/)\.?justfile$|\.just$/i;
/** Definitions of resources are no resources. */
const wanted = (document: string): boolean =>
  HINT.test(document) && !/^kind: *["']?CustomResourceDefinition/m.test(document);

export interface ConfigSource {
  path: string;
  text: string;
}

/** Which reader a configuration file is for; nothing for files that are none. */
export function formatOf(path: string, text: string): ConfigFormat | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  if (/^(dockerfile|containerfile)([.-].*)?$|\.(dockerfile|containerfile)$/.test(name)) return "dockerfile";
  if (/^modelfile([.-].*)?$|\.modelfile$/.test(name)) return "modelfile";
  if (/\.pbtxt$/.test(name)) return "pbtxt";
  if (/\.(properties|cfg|ini|conf|service|container)$|\.env(\.[\w-]+)?$|^\.env/.test(name))
    return "properties";
  if (/\.(ya?ml|tpl)(\.j2|\.tmpl|\.tpl|\.template)?$/.test(name))
    return /compose/.test(name) ? "compose" : "yaml";
  if (/\.jsonc?$/.test(name)) return "json";
  if (/\.toml$/.test(name)) return "toml";
  if (/\.(?:tf|tfvars|hcl|nomad)$/.test(name)) return "hcl";
  if (
    /\.(sh|bash|zsh|ksh|slurm|sbatch|ps1|bat|cmd|command)$|^procfile$/.test(name) ||
    MAKEFILE.test(name) ||
    JUSTFILE.test(name)
  )
    return "shell";
  if (/^#!.*\b(ba|z|da|k)?sh\b/.test(text)) return "shell";
  return undefined;
}

/** Facts of a file; nothing when it is of no format that is read here. */
export function readConfig(source: ConfigSource): ConfigFacts | undefined {
  const format = formatOf(source.path, source.text);
  if (format === undefined) return undefined;
  const { path: file, text } = source;
  const style = format === "json" ? "slashes" : /\.(bat|cmd)$/i.test(file) ? "batch" : "hash";
  const facts: ConfigFacts = {
    kind: "config",
    format,
    file,
    text,
    comments: [],
    serving: [],
    written: [],
    isTemplate: false,
  };
  if (text.length > MAX_CONFIG_TEXT || text.includes("\u0000")) return facts;
  facts.comments = readComments(text, style);
  if (!/^(dockerfile|pbtxt|modelfile)$/.test(format) && !HINT.test(text)) return facts;
  // A byte order mark is no part of the first line: an empty line before it moves nothing.
  const downloads: Downloads = new Map();
  const written: WrittenFile[] = [];
  const context: ReadContext = { file, text: text.replace(/^\uFEFF/, "\n"), downloads, written };
  const { serving, isTemplate } = read(format, context);
  facts.written = written;
  facts.isTemplate = isTemplate;
  facts.serving = isTemplate
    ? []
    : unique(serving).map((fact) => withCommentedOut(withDownload(fact, downloads), facts.comments, text));
  return facts;
}

function read(format: ConfigFormat, context: ReadContext): { serving: ServingFact[]; isTemplate: boolean } {
  const { text, file } = context;
  switch (format) {
    case "dockerfile":
      return { serving: ofLaunches(dockerfileLaunches(text), context.downloads), isTemplate: false };
    case "shell": {
      const dialect = /\.ps1$/i.test(file) ? "powershell" : /\.(bat|cmd)$/i.test(file) ? "cmd" : "sh";
      // `web: command` of a Procfile: the name of the process is blanked.
      const commands = /(?:^|\/)procfile$/i.test(file)
        ? text.replace(/^[\w-]+:/gm, (label) => " ".repeat(label.length))
        : text;
      const recipes = MAKEFILE.test(file)
        ? readMakefile(text)
        : JUSTFILE.test(file)
          ? readJustfile(text)
          : undefined;
      const script = readShell(recipes?.recipes ?? commands, 0, dialect, recipes?.variables);
      const serving = ofLaunches(launchesOfScript(script), context.downloads);
      for (const here of script.hereDocuments) {
        if (!HINT.test(here.text)) continue;
        const programs = programIn(here.text, here.start);
        context.written.push(...programs);
        if (programs.length === 0) serving.push(...ofHereDocument(here, script, context));
      }
      serving.push(...ofTexts(context), ...ofSettingsScript(script));
      return { serving, isTemplate: false };
    }
    case "pbtxt":
      return {
        serving: SYSTEMS.filter((one) => one.name === "triton").flatMap(
          (one) => one.fromText?.(context) ?? [],
        ),
        isTemplate: false,
      };
    case "modelfile":
      return {
        serving: SYSTEMS.filter((one) => one.name === "ollama").flatMap(
          (one) => one.fromText?.(context) ?? [],
        ),
        isTemplate: false,
      };
    case "properties":
      return { serving: ofTree(readProperties(text), context), isTemplate: false };
    case "hcl": {
      const root = readHcl(text);
      // Settings are added by other punctuation than elsewhere.
      const serving = (root === undefined ? [] : ofTree(root, context)).map(
        ({ insertSetting: _, ...fact }) => fact,
      );
      return { serving, isTemplate: false };
    }
    case "json":
    case "toml": {
      const root = format === "json" ? readJson(text) : readToml(text);
      return { serving: root === undefined ? [] : ofTree(root, context), isTemplate: false };
    }
    case "yaml":
    case "compose": {
      const { documents } = readYaml(text, 0, wanted);
      context.configMaps = configMapsOf(documents);
      context.written.push(...documents.flatMap(programsIn));
      const runtimes = documents.filter((root) => /ServingRuntime$/.test(textAt(root, "kind") ?? ""));
      const serving = documents
        .flatMap((root) => (runtimes.includes(root) ? ofRuntime(root, context) : ofTree(root, context)))
        .concat(ofTexts(context));
      return {
        serving,
        isTemplate: serving.length === 0 && documents.length > 0 && runtimes.length === documents.length,
      };
    }
  }
}

/** What a script writes or hands on: a manifest for the cluster, a script to start, a unit of systemd or of supervisord. */
function ofHereDocument(here: HereDocument, outer: ShellScript, context: ReadContext): ServingFact[] {
  const { text, start, expands, reader } = here;
  if (/^\s*#!.*sh\b/.test(text) || /^(?:ba|z)?sh$|^ssh$/.test(reader))
    return ofLaunches(
      launchesOfScript(readShell(text, start, "sh", expands ? outer.variables : new Map(), expands)),
      context.downloads,
    );
  if (/^\s*\[(?:Unit|Service|program:)/m.test(text))
    return ofTree(readProperties(" ".repeat(start) + text), context);
  return readYaml(text, start, wanted).documents.flatMap((root) => ofTree(root, context));
}

/** Settings files that a script within the file writes. */
function ofTexts(context: ReadContext): ServingFact[] {
  return SYSTEMS.find((one) => one.name === "djl")?.fromText?.(context) ?? [];
}

/** KServe's runtimes are templates, unless their server is started with a checkpoint of the hub: `--model=org/name`. */
function ofRuntime(root: ConfigNode, context: ReadContext): ServingFact[] {
  return ofLaunches(treeLaunches(root, context.text), context.downloads).filter(({ model }) =>
    /^[\w.-]+\/[\w.-]+$/.test(model?.id ?? ""),
  );
}

/** Launches, manifests, and YAML or JSON that strings of a manifest hold (ConfigMaps, serveConfigV2). */
function ofTree(tree: ConfigNode, context: ReadContext, depth = 0): ServingFact[] {
  if (/ServingRuntime$|CustomResourceDefinition/.test(textAt(tree, "kind") ?? "")) return [];
  const root = withParameters(tree);
  addCached(context.downloads, root);
  const serving = [
    ...ofLaunches(treeLaunches(root, context.text, context.configMaps), context.downloads),
    ...SYSTEMS.flatMap((system) => system.fromTree?.(root, context) ?? []),
  ];
  if (depth >= 2) return serving;
  for (const { node, path } of scalars(root)) {
    if (node.style !== "literal" && node.style !== "folded") continue;
    const key = path.at(-1) ?? "";
    const inner = node.content.text;
    if (!HINT.test(inner)) continue;
    if (key === "serveConfigV2" || /\.ya?ml$|config/i.test(key) || /^\s*[\w.-]+:(\s|$)/.test(inner)) {
      for (const document of readYaml(inner, node.content.start, wanted).documents)
        if (document.kind !== "scalar") serving.push(...ofTree(document, context, depth + 1));
    } else if (/\.json$/i.test(key) || /^\s*\{/.test(inner)) {
      const document = readJson(inner, node.content.start);
      if (document !== undefined) serving.push(...ofTree(document, context, depth + 1));
    } else if (/\.properties$/i.test(key)) {
      // Places in a string of its own begin at its start, not at the file's.
      const blank = " ".repeat(node.content.start) + inner;
      serving.push(...ofTree(readProperties(blank), context, depth + 1));
    } else if (/\.sh$/i.test(key))
      serving.push(...ofLaunches(shellLaunches(inner, node.content.start), context.downloads));
  }
  return serving;
}

function ofLaunches(launches: readonly Launch[], downloads: Downloads): ServingFact[] {
  addDownloads(downloads, launches);
  return launches.flatMap((launch) => {
    for (const system of SYSTEMS) {
      const fact = system.fromLaunch?.(launch);
      if (fact !== undefined) return [fact];
    }
    return [];
  });
}

/** The same model at the same place is one fact, of the reader that knows most settings. */
function unique(facts: readonly ServingFact[]): ServingFact[] {
  const byPlace = new Map<string, ServingFact>();
  for (const fact of facts) {
    const key = String(fact.model?.range.start ?? `${fact.system} ${fact.range.start}`);
    const known = byPlace.get(key);
    if (known === undefined || fact.settings.size > known.settings.size) byPlace.set(key, fact);
  }
  return [...byPlace.values()];
}

function withCommentedOut(fact: ServingFact, comments: readonly Comment[], text: string): ServingFact {
  const system = systemNamed(fact.system);
  if (system === undefined) return fact;
  return { ...fact, commentedOut: commentedOutNear(comments, system.quantizationKeys, fact, text) };
}
