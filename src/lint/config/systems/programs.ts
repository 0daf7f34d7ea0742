/**
 * Files that tell a platform which program serves: cog.yaml, Truss' config.yaml, BentoML's bentofile.yaml, applications of
 * Ray Serve. The precision stands in that program. Sources: Cog documentation (cog.yaml), Truss configuration, BentoML
 * build options, Ray Serve config files (2026).
 */

import type { ServingFact } from "../../facts.ts";
import type { TextRange } from "../../finding.ts";
import { at, type ConfigNode, itemsOf, type ScalarNode, scalarAt, textAt } from "../tree.ts";
import type { ReadContext, ServingSystem } from "./system.ts";

/** The setting that holds the program's path, relative to the file's folder, or to the project's for a module. */
export const PROGRAM = "program";

export const programs: ServingSystem = {
  name: "program",
  title: "The platform",
  servesLanguageModels: false,
  quantizationKeys: [],
  dtypeKeys: [],
  fromTree(root, context) {
    return [...cog(root), ...truss(root, context), ...bento(root, context), ...ray(root)];
  },
};

/** `predict: "predict.py:Predictor"` beside `build.gpu: true`. On a CPU float32 may be the faster choice. */
function cog(root: ConfigNode): ServingFact[] {
  const predict = scalarAt(root, "predict");
  const gpu = scalarAt(root, "build", "gpu");
  if (!predict?.known || gpu?.value !== "true") return [];
  const program = /^(.+\.py)(?::\w+)?$/.exec(predict.value)?.[1];
  return program === undefined ? [] : [factOf(program, predict, gpu.range)];
}

function truss(root: ConfigNode, { file }: ReadContext): ServingFact[] {
  if (!/(?:^|\/)config\.ya?ml$/.test(file)) return [];
  const accelerator = scalarAt(root, "resources", "accelerator");
  const gpu = textAt(root, "resources", "use_gpu") === "true";
  const named = scalarAt(root, "model_class_filename") ?? scalarAt(root, "model_name");
  if (named === undefined || (accelerator === undefined && !gpu)) return [];
  const folder = textAt(root, "model_module_dir") ?? "model";
  const program = `${folder}/${textAt(root, "model_class_filename") ?? "model.py"}`;
  return [factOf(program, named, (accelerator ?? named).range)];
}

function bento(root: ConfigNode, { file }: ReadContext): ServingFact[] {
  if (!/(?:^|\/)bentofile\.ya?ml$/.test(file)) return [];
  const service = scalarAt(root, "service");
  return service?.known ? ofModule(service) : [];
}

function ray(root: ConfigNode): ServingFact[] {
  return itemsOf(at(root, "applications")).flatMap((application) => {
    const path = scalarAt(application, "import_path");
    return path?.known ? ofModule(path) : [];
  });
}

/** "package.module:object" */
function ofModule(scalar: ScalarNode): ServingFact[] {
  const module = /^([\w.]+?)(?:\.py)?:\w+/.exec(scalar.value)?.[1];
  return module === undefined ? [] : [factOf(`${module.replaceAll(".", "/")}.py`, scalar)];
}

function factOf(program: string, at: ScalarNode, gpu?: TextRange): ServingFact {
  return {
    system: "program",
    range: at.range,
    settings: new Map([[PROGRAM, { value: program, range: at.range, keyRange: at.range }]]),
    commentedOut: new Map(),
    ...(gpu && { accelerator: { range: gpu } }),
    batching: new Map(),
  };
}
