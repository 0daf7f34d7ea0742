/** Batching in Python services: BentoML's batchable endpoints and Ray Serve's `@serve.batch`. */

import { literalOf } from "../config/systems/python-values.ts";
import type { TextEdit, TextRange } from "../finding.ts";
import { modelInfo } from "../models/model-id.ts";
import { pattern } from "../pattern.ts";
import type { Call, PythonFacts, Value } from "../python/python-facts.ts";

export interface Unbatched {
  system: "BentoML" | "Ray Serve";
  range: TextRange;
  /** The encoder that is loaded. */
  model: string;
  /** Turns it on, where the method takes a list already. */
  edit?: TextEdit;
}

const SERVICE = /^bentoml\.service$/;
const DEPLOYMENT = /^ray\.serve\.deployment$/;

/** Endpoints on a GPU that get an encoder's requests one by one. */
export function unbatchedEndpoints(facts: PythonFacts): Unbatched[] {
  if (!facts.imports.some(({ module }) => /^(?:bentoml|ray)(?:\.|$)/.test(module))) return [];
  // An engine or a pool of one's own does the batching.
  if (
    facts.imports.some(({ module }) => /^(?:vllm|sglang|lmdeploy|tensorrt_llm|infinity_emb)\b/.test(module))
  )
    return [];
  const classes = facts.definitions.filter(({ kind }) => kind === "class");
  return classes.flatMap((owner): Unbatched[] => {
    const encoder = facts.calls.find(
      (call) => within(call.range, owner.range) && encoderOf(call) !== undefined,
    );
    const model = encoder && encoderOf(encoder);
    const decorator = decoratorOf(facts, owner);
    if (model === undefined || decorator === undefined || !wantsGpu(decorator)) return [];
    const methods = facts.definitions.filter(
      ({ kind, range }) => kind === "function" && within(range, owner.range),
    );
    if (DEPLOYMENT.test(decorator.callee)) {
      if (methods.some(({ decorators }) => decorators.some((name) => /^ray\.serve\.batch$/.test(name))))
        return [];
      return [{ system: "Ray Serve", range: decorator.calleeRange, model }];
    }
    const endpoints = methods.filter(({ decorators }) =>
      decorators.some((name) => /^bentoml\.api$/.test(name)),
    );
    return endpoints.flatMap((endpoint): Unbatched[] => {
      const call = facts.calls.find(
        (each) => /^bentoml\.api$/.test(each.callee) && isDirectlyAbove(facts, each.range, endpoint.range),
      );
      const batchable = call?.keywords.get("batchable");
      if (call?.hasUnknownArguments || (batchable !== undefined && literalOf(batchable) !== false)) return [];
      const edit = batchableEdit(facts, endpoint.range, call, batchable);
      const range = call?.calleeRange ?? nameOf(facts, endpoint);
      return [{ system: "BentoML", range, model, ...(edit && { edit }) }];
    });
  });
}

const within = (inner: TextRange, outer: TextRange) => outer.start <= inner.start && inner.end <= outer.end;

/** The call that decorates a class: the last one before it with only decorators between. */
function decoratorOf(
  facts: PythonFacts,
  owner: { range: TextRange; decorators: string[] },
): Call | undefined {
  if (!owner.decorators.some((name) => SERVICE.test(name) || DEPLOYMENT.test(name))) return undefined;
  return facts.calls.find(
    ({ callee, range }) =>
      (SERVICE.test(callee) || DEPLOYMENT.test(callee)) && isDirectlyAbove(facts, range, owner.range),
  );
}

/** Nothing but other decorators and comments stands between a decorator and what it decorates. */
function isDirectlyAbove(facts: PythonFacts, call: TextRange, definition: TextRange): boolean {
  const gap = definition.start - call.end;
  return gap >= 0 && gap < MOST_BETWEEN && isOnlyDecorators(facts.text.slice(call.end, definition.start));
}

const MOST_BETWEEN = 2_000;
const isOnlyDecorators = (text: string) => text.split("\n").every((line) => /^\s*(?:[#@].*)?$/.test(line));

/** `resources={"gpu": 1}` of BentoML, `ray_actor_options={"num_gpus": 1}` of Ray. */
function wantsGpu(call: Call): boolean {
  const held = call.keywords.get("resources") ?? call.keywords.get("ray_actor_options");
  const gpus = held?.entries?.find(({ key }) => key.literal === "gpu" || key.literal === "num_gpus")?.value;
  const count = literalOf(gpus);
  return Number(count) > 0;
}

const ENCODER_TASKS = pattern()`
  ^(?:
    feature-extraction|text-classification|sentiment-analysis|zero-shot-classification|token-classification|
    ner|fill-mask|image-classification|image-feature-extraction|object-detection|image-segmentation|
    audio-classification|question-answering
  )$
`;
const ENCODER_CLASSES =
  /For(?:SequenceClassification|TokenClassification|ImageClassification|ObjectDetection|MaskedLM|AudioClassification|QuestionAnswering)\.from_pretrained$/;

/** The name of an encoder that a call loads; undefined for generative models, which engines of their own serve. */
function encoderOf(call: Call): string | undefined {
  const { callee, args, keywords } = call;
  const named = (value: Value | undefined) => {
    const id = literalOf(value);
    return typeof id === "string" ? modelInfo(id).name : undefined;
  };
  if (/^sentence_transformers\.(?:SentenceTransformer|CrossEncoder)$/.test(callee))
    return named(args[0] ?? keywords.get("model_name_or_path")) ?? "a sentence encoder";
  if (/^transformers\./.test(callee) && ENCODER_CLASSES.test(callee))
    return named(args[0]) ?? "an encoder with a classifier";
  if (/^transformers\.(?:pipelines\.)?pipeline$/.test(callee)) {
    const task = literalOf(args[0] ?? keywords.get("task"));
    if (typeof task !== "string" || !ENCODER_TASKS.test(task)) return undefined;
    return named(keywords.get("model") ?? args[1]) ?? `a ${task} pipeline`;
  }
  if (/^torchvision\.models\.(?:\w+\.)?[a-z]\w*$/.test(callee) && !/get_|list_/.test(call.method))
    return call.method;
  return callee === "timm.create_model" ? (named(args[0]) ?? "an image model") : undefined;
}

/** `batchable=True` needs one parameter that is a list or an array; only such a method is changed. */
function batchableEdit(
  facts: PythonFacts,
  endpoint: TextRange,
  call: Call | undefined,
  batchable: Value | undefined,
): TextEdit | undefined {
  if (batchable !== undefined) return { range: batchable.range, newText: "True" };
  const head = facts.text.slice(endpoint.start, endpoint.end);
  const parameters =
    /^(?:async\s+)?def\s+\w+\s*\(\s*self\s*,\s*\w+\s*:\s*([^,()]+?)(?:\s*=[^,()]*)?,?\s*\)/.exec(head);
  if (
    !/^(?:t(?:yping)?\.)?(?:list|List)\[|^(?:np|numpy)\.ndarray$|NDArray|^torch\.Tensor$/.test(
      parameters?.[1] ?? "",
    )
  )
    return undefined;
  if (call === undefined) {
    const before = facts.text.slice(0, endpoint.start);
    const at = before.lastIndexOf("bentoml.api") + "bentoml.api".length;
    if (!isOnlyDecorators(before.slice(at))) return undefined;
    return { range: { start: at, end: at }, newText: "(batchable=True)" };
  }
  const end = call.range.end - 1;
  const empty = call.args.length + call.keywords.size === 0;
  return { range: { start: end, end }, newText: empty ? "batchable=True" : ", batchable=True" };
}

function nameOf(facts: PythonFacts, { name, range }: { name: string; range: TextRange }): TextRange {
  const start = facts.text.indexOf(name, range.start);
  return { start, end: start + name.length };
}
