/** Whether an exported network has weights that were loaded or trained. */

import { pattern } from "../pattern.ts";
import type { PythonFacts, Value } from "../python/python-facts.ts";
import { COREML, type ExportedNetwork } from "./exported-networks.ts";

const LOADS = pattern()`
  ^(
    from_pretrained|load_state_dict|load_model|load_weights|backward|fit|train|import_huggingface_model|
    load_\w*checkpoint|attempt_load|restore_from|load_from_name|load_from_checkpoint|main_export|
    create_model_and_transforms
  )$
`;
const LOADS_QUALIFIED = pattern()`
  ^(?:torch\.(?:load|hub\.load)|tensorflow\.saved_model\.load)$|
  ^detectron2\.(?:checkpoint\.\w+\.(?:resume_or_)?load|engine\.DefaultPredictor|model_zoo\.get)$|
  ^ultralytics\.\w+\.export$|^ctranslate2\.converters\.|^transformers\.convert_graph_to_onnx\.convert$|
  ^(?:\w+\.)?clip\.load$|^torchaudio\.(?:\w+\.)*pipelines\.
`;
/** Functions that make a network: `build_sam2(config, checkpoint)`. */
const MAKES = /^(?:build|create|get|make|init|load|setup)_\w+$|^get$|^[A-Z]\w*$|^__call__$/;
const WEIGHTS = /(?:^|[._])(?:checkpoint|ckpt|weights?|pretrained)(?:_?(?:path|file|name|dir))?$/i;
const WEIGHTS_FILE = /\.(?:pth|pt|ckpt|safetensors|h5|hdf5|keras|caffemodel)$/;

/** Weights that were loaded or trained: a network of a tutorial that was just made is not deployed. */
export function hasWeights(facts: PythonFacts, [first]: readonly ExportedNetwork[]): boolean {
  // What was scripted before has the precision that it was scripted with.
  const scripted = first?.format === "TorchScript file";
  // A converter that is told of both files.
  const isFile = ({ literal }: Value) =>
    WEIGHTS_FILE.test(String(literal)) || (first?.format === COREML && /\.onnx$/.test(String(literal)));
  if (!scripted && first !== undefined)
    if ([...first.call.args, ...first.call.keywords.values()].some(isFile)) return true;
  return facts.calls.some(
    ({ method, callee, keywords, args }) =>
      LOADS.test(method) ||
      (!scripted && callee === "torch.jit.load") ||
      LOADS_QUALIFIED.test(callee) ||
      (/^(torchvision\.models|timm)\./.test(callee) &&
        (keywords.has("weights") || keywords.has("pretrained"))) ||
      (MAKES.test(method) &&
        ([...keywords].some(([name, value]) => WEIGHTS.test(name) && isGiven(value)) ||
          args.some(({ name }) => name !== undefined && WEIGHTS.test(name)))),
  );
}

function isGiven({ literal }: Value): boolean {
  return literal !== null && literal !== false;
}
