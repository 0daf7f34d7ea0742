/** Models that were put into evaluation mode and are then called while autograd records. */

import { pattern } from "../../pattern.ts";
import { lineAt, logicalLinesOf } from "../../python/logical-lines.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { callersOf, importsTorch } from "./torch-training.ts";

export interface UnguardedEvaluation {
  /** `model.eval()` */
  eval: Call;
  /** Calls of the model after it, in order; at least one. */
  calls: readonly Call[];
}

const GUARD = /no_?grad|inference_?mode|grad_?enabled/i;
/** The program wants gradients of a model that is in evaluation mode, or has turned them off by itself. */
const GRADIENTS =
  /requires_grad|set_grad_enabled|\bautograd\b|retain_graph|register_\w*hook|_grad_enabled|GradCAM|enter_context/i;
const GRADIENT_TOOLS = pattern()`
  ^(?:
    captum|shap|foolbox|torchattacks|art|cleverhans|pytorch_grad_cam|functorch|torch\.func|schnetpack|
    torchani|e3nn|mace|nequip|torchmd\w*|lightning|pytorch_lightning|fastai|onnxruntime|openvino|tensorrt
  )(?:\.|$)
`;

/** The model is compiled or exported: a call of it beside that is a reference, once. */
const COMPILES =
  /^(?:torch\.jit\.(?:trace|script)|torch\.onnx\.(?:export|dynamo_export)|torch\.export\.\w+|torch_neuronx?\.\w*trace|torch_tensorrt\.\w+|torch\.neuron\.trace|coremltools\.convert)$/;

export function unguardedEvaluations(facts: PythonFacts): UnguardedEvaluation[] {
  if (!importsTorch(facts)) return [];
  const evals = facts.calls.filter(
    (call) =>
      call.method === "eval" && call.args.length + call.keywords.size === 0 && modelOf(call) !== undefined,
  );
  if (evals.length === 0 || facts.imports.some(({ module }) => GRADIENT_TOOLS.test(module))) return [];
  if (facts.calls.some(({ callee }) => COMPILES.test(callee))) return [];
  const code = logicalLinesOf(facts)
    .map((line) => line.code)
    .join("\n");
  if (GRADIENTS.test(code)) return [];
  const found: UnguardedEvaluation[] = [];
  for (const call of evals) {
    if (
      found.some((each) => each.eval.inFunction === call.inFunction && modelOf(each.eval) === modelOf(call))
    )
      continue;
    const here = callsAfter(facts, call);
    const calls = here.length > 0 ? here : callsOfServer(facts, call);
    if (calls.length > 0) found.push({ eval: call, calls });
  }
  return found;
}

/** The name that holds the model: `model`, `self.net`; also of `model = Net().eval()`. */
function modelOf(call: Call): string | undefined {
  const name = call.receiver?.name;
  if (name !== undefined) return name;
  return call.targets.length === 1 ? call.targets[0] : undefined;
}

function callsAfter(facts: PythonFacts, evaluation: Call): Call[] {
  const model = modelOf(evaluation);
  const { inFunction } = evaluation;
  const here = facts.calls.filter((call) => call.inFunction === inFunction);
  if (here.some(({ method }) => method === "backward" || method === "grad")) return [];
  if (inFunction !== undefined && isGuardedFrom(facts, inFunction, [])) return [];
  // Back to training, another model under the same name, or gradients turned off by a call: what comes after is not judged.
  const ends = here
    .filter(
      (call) =>
        call.range.start > evaluation.range.start &&
        ((call.method === "train" && modelOf(call) === model) || endsIt(call, evaluation, model)),
    )
    .map(({ range }) => range.start);
  const end = Math.min(...ends, endOfBlock(facts, evaluation));
  return here.filter(
    (call) =>
      call.range.start > evaluation.range.end &&
      call.range.start < end &&
      isCallOf(facts, call, model) &&
      !isGuarded(call),
  );
}

/** Classes that a server calls with requests: what they answer is no tensor that anybody goes backward through. */
const SERVER_BASE =
  /(?:^|\.)(?:BasePredictor|KFModel|BaseHandler|LitAPI|MLModel)$|^(?:kserve|kfserving|mlserver)\./;
const SERVER_DECORATOR = /^(?:ray\.)?serve\.deployment|^bentoml\.service|^modal\.|\.cls$/;

/** A server puts its model into evaluation mode when it loads it, and calls it in another method. */
function callsOfServer(facts: PythonFacts, evaluation: Call): Call[] {
  const owner = evaluation.inFunction?.split(".")[0];
  const held = heldAs(facts, evaluation);
  const server = facts.definitions.some(
    ({ kind, name, bases, decorators }) =>
      kind === "class" &&
      name === owner &&
      (name === "TritonPythonModel" ||
        bases.some((base) => SERVER_BASE.test(base)) ||
        decorators.some((decorator) => SERVER_DECORATOR.test(decorator))),
  );
  if (!server || held === undefined) return [];
  if (
    facts.calls.some(
      (call) => call.method === "backward" || (call.method === "train" && modelOf(call) === held),
    )
  )
    return [];
  return facts.calls.filter(
    (call) =>
      call.inFunction?.startsWith(`${owner}.`) === true &&
      call.inFunction !== evaluation.inFunction &&
      isCallOf(facts, call, held) &&
      !isGuarded(call) &&
      !isGuardedFrom(facts, call.inFunction, []),
  );
}

/** `self.model` of `self.model.eval()`, and of `model.eval()` with `self.model = model`. */
function heldAs(facts: PythonFacts, evaluation: Call): string | undefined {
  const name = modelOf(evaluation);
  if (name?.startsWith("self.")) return name;
  return facts.assignments.find(
    ({ target, value, inFunction }) =>
      target.startsWith("self.") && value.name === name && inFunction === evaluation.inFunction,
  )?.target;
}

/** In a guard, decorated with one, or in a context of which nothing is known. */
function isGuarded({ contexts, decorators }: Call): boolean {
  return (
    decorators.some((each) => GUARD.test(each)) ||
    contexts.some((context) => GUARD.test(context) || /^[a-z_]\w*$/i.test(context))
  );
}

/** Where the block of a call ends: in another branch, or behind an `if`, it is not sure that it was made. */
function endOfBlock(facts: PythonFacts, call: Call): number {
  const lines = logicalLinesOf(facts);
  const own = lineAt(lines, call.range.start);
  if (own === undefined) return call.range.start;
  const next = lines.find((line) => line.start > own.end && line.indent.length < own.indent.length);
  return next?.start ?? Number.POSITIVE_INFINITY;
}

function endsIt(call: Call, evaluation: Call, model: string | undefined): boolean {
  return call !== evaluation && model !== undefined && call.targets.includes(model);
}

function isCallOf(facts: PythonFacts, call: Call, model: string | undefined): boolean {
  const written = facts.text.slice(call.calleeRange.start, call.calleeRange.end);
  return model !== undefined && (written === model || written === `${model}.forward`);
}

/** Every call of the function is within a guard, or its callers are; a function that nobody here calls is not. */
function isGuardedFrom(facts: PythonFacts, name: string, seen: readonly string[]): boolean {
  if (seen.includes(name)) return false;
  const callers = callersOf(facts, name);
  return callers.some(
    ({ contexts, decorators, inFunction }) =>
      [...contexts, ...decorators].some((each) => GUARD.test(each)) ||
      (inFunction !== undefined && isGuardedFrom(facts, inFunction, [...seen, name])),
  );
}
