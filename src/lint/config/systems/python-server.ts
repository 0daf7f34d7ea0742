/** Signs that a Python program serves a model: a web framework, a handler, a demo, a worker. */

import { pattern } from "../../pattern.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { answersChats, heldEngine } from "./python-held-engine.ts";
import { modelClass } from "./python-model-class.ts";

/** Modules whose import means that requests are answered. */
const SERVER_MODULES = pattern()`
  ^(
    fastapi|flask|flask_restful|gradio|bentoml|cog|litserve|starlette|aiohttp\.web|sanic|tornado|kserve|
    mlserver|ts\.torch_handler(\..*)?|ts\.handler_utils.*|triton_python_backend_utils|runpod(?:_flash)?|
    chainlit|streamlit|uvicorn|grpc|potassium|truss|robyn|quart|falcon|bottle|django.*|socketserver|
    http\.server|websockets|rpyc|telegram.*|aiogram.*|discord.*|azureml\.contrib\.services.*|
    inference_schema.*|seldon_core.*|nicegui|panel|pytriton.*|banana_dev|djl_python|beam|modal|cherrypy|
    celery|dramatiq|rq|huey|taskiq|pika|aio_pika|kafka|aiokafka|confluent_kafka|nats|zmq|ninja|connexion|
    mangum|functions_framework|azure\.functions|flask_socketio|socketio|sse_starlette|slack_bolt|telebot|
    pyrogram|telethon|twitchio|fastmcp|mcp\.server.*|fal|leptonai|mosec|jina|dash|shiny|mesop|
    globus_compute_sdk|funcx|google\.cloud\.aiplatform\.prediction.*|sglang\.srt\.entrypoints\.http_server
  )(\.|$)
`;
/** Functions and classes that platforms call by name. */
const HANDLERS =
  /^(model_fn|predict_fn|transform_fn|input_fn|lambda_handler|EndpointHandler|TritonPythonModel|InferlessPythonModel)$/;
const HANDLER_BASES =
  /(BaseHandler|BasePredictor|LitAPI|kserve\.Model|MLModel|SageMakerHandler|pyfunc\.(?:model\.)?PythonModel)$/;

/** What shows that the file serves; nothing when it does not. */
export function serverEvidence(facts: PythonFacts): string | undefined {
  for (const one of facts.imports) {
    const module = one.name === undefined ? one.module : `${one.module}.${one.name}`;
    if (module.startsWith("ray.serve") || module === "ray.serve") return "Ray Serve";
    // A notebook imports these for a demo at most: what counts there is that it starts one.
    if (SERVER_MODULES.test(module) || SERVER_MODULES.test(one.module)) {
      if (!facts.isNotebook || startsServer(facts)) return one.module;
    }
  }
  for (const definition of facts.definitions) {
    if (HANDLERS.test(definition.name)) return definition.name;
    if (definition.bases.some((base) => HANDLER_BASES.test(base))) return definition.name;
    if (definition.decorators.some((name) => /\.(deployment|app\.cls|app\.function)$|^ray\.serve/.test(name)))
      return definition.name;
  }
  const names = new Set(facts.definitions.map((one) => one.name));
  // Truss: a class of a fixed name with two methods.
  if (
    names.has("load") &&
    names.has("predict") &&
    facts.definitions.some(
      ({ kind, name, bases }) => kind === "class" && name === "Model" && bases.length === 0,
    ) &&
    /\b(?:kwargs|secrets|config)\[|def __init__\(self, (?:\*\*kwargs|(?:[^)]*\W)?(?:data_dir|secrets)\b)/.test(
      facts.text,
    )
  )
    return "Model.load and Model.predict";
  // Azure ML's scoring script: two functions of fixed names.
  if (
    names.has("init") &&
    names.has("run") &&
    (/score\.py$/.test(facts.file) || /\bAZUREML_MODEL_DIR\b/.test(facts.text))
  )
    return "init and run";
  // TorchServe's handler without a class: a function of a fixed name that is given the worker's context.
  if (names.has("handle") && /\b(?:ctx|context)\.system_properties\b/.test(facts.text)) return "TorchServe";
  if (packs(facts)) return "a service that is packed";
  if (facts.calls.some(({ method }) => WAITS.test(method))) return "requests that it waits for";
  // DeepSpeed's server stays when the program has ended.
  if (facts.calls.some(({ callee }) => /^mii\.(?:deploy|serve)$/.test(callee))) return "DeepSpeed-MII";
  // Databricks: the model that the program registers gets an endpoint.
  if (facts.calls.some(({ receiver }) => receiver?.text.endsWith("serving_endpoints")))
    return "Databricks' serving endpoints";
  if (answersChats(facts)) return "answers of a chat API";
  const service = modelClass(facts) ?? heldEngine(facts);
  if (service !== undefined) return service;
  // A service's settings: the model is the environment's, loaded once by a class.
  if (readsModelId(facts)) return "the model of the environment";
  return undefined;
}

/** BentoML before 1.0: `service.pack("model", model)`, then `service.save()`. */
function packs({ calls }: PythonFacts): boolean {
  const packed = calls.find(
    ({ method, args, receiver }) => method === "pack" && args.length === 2 && receiver,
  );
  return (
    packed !== undefined &&
    typeof packed.args[0]?.literal === "string" &&
    calls.some(({ method, receiver }) => method === "save" && receiver?.name === packed.receiver?.name)
  );
}

/** Queues and sockets whose next request a worker waits for. */
const WAITS = /^(?:blpop|brpop|xreadgroup|receive_messages?|serve_forever|listen|start_consuming)$/;

const readsEnvironment = remembered((callee) => /(?:^|\.)(?:getenv|environ\.get)$/.test(callee));

/** A method that takes the model's id from the environment, in a program that trains nothing. */
function readsModelId(facts: PythonFacts): boolean {
  return (
    facts.calls.some(
      ({ callee, args, inFunction }) =>
        readsEnvironment(callee) &&
        inFunction?.includes(".") === true &&
        /^(?:HF_)?MODEL(?:_(?:ID|NAME))?$/.test(String(args[0]?.literal)),
    ) && !facts.calls.some(({ method }) => /^(?:train|fit|backward)$/.test(method))
  );
}

const ROUTE =
  /^(?:fastapi\.(?:FastAPI|APIRouter)|flask\.(?:Flask|Blueprint)|\w*app|router)\.(?:get|post|route)$/;

function startsServer(facts: PythonFacts): boolean {
  if (facts.definitions.some(({ decorators }) => decorators.some((name) => ROUTE.test(name)))) return true;
  return facts.calls.some(
    ({ method, callee }) =>
      method === "launch" ||
      callee === "uvicorn.run" ||
      method === "run_app" ||
      method === "register_function" ||
      /^(flask\.Flask\.run|gradio\.\w+\.launch)$/.test(callee),
  );
}
