/** Models served from Python, by whatever way the program takes. */

import type { ServingFact } from "../../facts.ts";
import type { PythonFacts, Value } from "../../python/python-facts.ts";
import { commentedOutNear } from "../comments.ts";
import { ofDeployment } from "./azure.ts";
import { systemNamed } from "./index.ts";
import { ofOpenModel } from "./model-garden.ts";
import { ofSession } from "./onnx-session.ts";
import { returnedCommand } from "./python-command.ts";
import { engineOf, isRayConfig, ofEngine, ofEngineSettings, ofRay, ofRayDict } from "./python-engines.ts";
import { gpuOf } from "./python-gpu.ts";
import { ofCommand, ofLaunch, ofWords, runsCommand, wordsOf } from "./python-launches.ts";
import { ofLibrary } from "./python-libraries.ts";
import { modelOf } from "./python-model.ts";
import { ofContainers, ofHubEndpoint } from "./python-platforms.ts";
import { ofDownload, ofSdk, ofVariables } from "./python-sagemaker.ts";
import { convertsToTflite, ofTflite } from "./python-tflite.ts";
import { loadsLanguageModel, ofTransformers } from "./python-transformers.ts";
import { dictionaries } from "./python-values.ts";
import { withOwnVariable } from "./sagemaker.ts";

const COMMAND_NAME = /^(?:entrypoint|command|cmd|commands|args)$/;

/** Facts of what the program serves. */
export function pythonServing(facts: PythonFacts): ServingFact[] {
  const { server } = facts;
  const found: ServingFact[] = [];
  const model = (value: Value | undefined) => modelOf(value, facts);
  for (const call of facts.calls) {
    const engine = engineOf(call.callee);
    if (engine !== undefined && (engine[2] || server !== undefined))
      found.push(ofEngine(call, engine[1], facts));
    else if (isRayConfig(call.callee)) found.push(...ofRay(call, facts));
    else if (runsCommand(call.callee)) found.push(...ofCommand(call, facts));
    else if (convertsToTflite(call.callee)) found.push(ofTflite(call, facts));
    else if (server !== undefined && loadsLanguageModel(call, facts)) found.push(ofTransformers(call, facts));
    else if (call.method === "create_inference_endpoint") found.push(...ofHubEndpoint(call, model));
    else if (call.method === "ManagedOnlineDeployment") found.push(...ofDeployment(call, facts, model));
    else if (call.method === "OpenModel") found.push(...ofOpenModel(call, facts.calls, model));
    if (server !== undefined) found.push(...ofLibrary(call, facts, model), ...ofSession(call, facts));
  }
  for (const launch of ofContainers(facts, (list) => wordsOf(list, facts), model))
    found.push(...ofLaunch(launch, facts));
  for (const assignment of facts.assignments)
    if (assignment.value.items !== undefined) found.push(...ofWords(assignment.value, facts));
  const returned = returnedCommand(facts);
  if (returned !== undefined) found.push(...ofWords(returned, facts));
  // Containers that a platform is told to start: `Pod(entrypoint=["python", "-m", "sglang.launch_server", ...])`.
  for (const { keywords } of facts.calls)
    for (const [name, words] of keywords)
      if (COMMAND_NAME.test(name) && words.items !== undefined && words.call === undefined)
        found.push(...ofWords(words, facts));
  for (const value of dictionaries(facts)) {
    found.push(...ofVariables(value, facts, model, gpuOf(facts)).map(withOwnVariable));
    found.push(...ofEngineSettings(value, facts), ...ofRayDict(value, facts));
    // The same in a request's body: `{"imageUri": ..., "args": ["--model=...", ...]}`.
    for (const { key, value: words } of value.entries ?? [])
      if (COMMAND_NAME.test(String(key.literal)) && words.items !== undefined)
        found.push(...ofWords(words, facts));
  }
  for (const call of facts.calls) found.push(...ofSdk(call, facts, model, gpuOf(facts)));
  if (
    !found.some(
      (fact) => fact.system === "sagemaker" && fact.model !== undefined && !fact.model.id.startsWith("$"),
    )
  )
    found.push(...ofDownload(facts, model, gpuOf(facts)));
  const byPlace = new Map<string, ServingFact>();
  for (const fact of found) {
    const key = `${fact.system} ${fact.model?.range.start ?? fact.range.start}`;
    if (!byPlace.has(key)) byPlace.set(key, fact);
  }
  return [...byPlace.values()].map((fact) => ({
    ...fact,
    commentedOut: commentedOutNear(
      facts.comments,
      systemNamed(fact.system)?.quantizationKeys ?? [],
      fact,
      facts.text,
    ),
  }));
}
