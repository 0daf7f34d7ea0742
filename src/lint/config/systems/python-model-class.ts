/** Programs without a server of their own that stand for a model to one: a class that loads it and answers, a module of a service. */

import type { TextRange } from "../../finding.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";

const loadsByName = remembered((callee) =>
  /(?:^|\.)from_(?:pretrained|single_file)$|^transformers\.(?:pipelines\.)?pipeline$|^TTS\.api\.TTS$|(?:^|\.)\w*Xtts\.init_from_config$/.test(
    callee,
  ),
);

/** Segment Anything's loaders stand in a table: `sam_model_registry["vit_h"](checkpoint="sam.pth")`. */
const loads = ({ callee, method, receiver }: PythonFacts["calls"][number]): boolean =>
  loadsByName(callee) || (method === "__call__" && /^sam_model_registry\[/.test(receiver?.text ?? ""));

/** Names of such classes; those of a family (with a base) belong to a library. */
const MODEL_CLASS =
  /(?:Service|Server|Worker|Engine|Wrapper|Manager|Handler|Loader|Predictor|Transcriber|Captioner|Translator|Summari[sz]er|Synthesizer|Vocalizer|Generator|Bot|Assistant)$/i;
/** Names of classes that may: they do where a method answers. */
const ANSWERING_CLASS =
  /(?:Model|LLM|TTS|ASR|STT|Pipeline|Inference|Inferencer|Recogni[sz]er|Detector|Classifier|Embedder|Backend|Provider|Speech|Voice)$/i;
/** What answers a request. */
const ANSWERS =
  /^_?(?:predict|generate|transcribe|translate|summari[sz]e|synthesi[sz]e|caption|classify|infer|embed|chat|answer|detect|segment|respond|speak|say$|describe|__call__$)/;
/** Folders and files of a service, by the words of their names. */
export const SERVICE_PATH =
  /(?:^|[/_-])(?:apis?|servers?|services?|serving|workers?|handlers?|endpoints?|backend|celery\w*|model_repository)(?=[/_.-])/i;
const SERVICE_WORDS =
  /\b(?:serv(?:es?|ing|er|ice)|workers?|endpoints?|backend|handlers?|deploy(?:ed|ment)?|production)\b/i;
const NO_SERVICE_BASE = /(?:Module|Dataset|PreTrainedModel|Trainer|Config|Callback|TestCase)$/;

const TRAINS = /^(?:train|fit|backward|get_peft_model|add_argument)$/;
const MEASURES =
  /^(?:datasets|evaluate|lm_eval|sklearn\.metrics|sacrebleu|jiwer|argparse|click|typer|fire)(?:\.|$)/;

/** `class CaptionService` whose own method loads a model, `def generate(prompt)` of `api/model.py`: a program elsewhere answers with it. */
export function modelClass(facts: PythonFacts): string | undefined {
  const { definitions, calls, imports } = facts;
  const places = calls.flatMap((call) => (loads(call) ? [call.inFunction ?? ""] : []));
  if (places.length === 0 || facts.isNotebook || calls.some(({ method }) => TRAINS.test(method)))
    return undefined;
  if (imports.some(({ module }) => MEASURES.test(module))) return undefined;
  const classes = definitions.filter(({ kind }) => kind === "class");
  const loaded = calls.flatMap((call) => (loads(call) ? call.targets : []));
  const generating = new Set(
    calls.flatMap(({ method, receiver, inFunction }) =>
      method === "generate" || (method === "__call__" && loaded.includes(receiver?.name ?? ""))
        ? [inFunction ?? ""]
        : [],
    ),
  );
  const answers = definitions.filter(
    ({ kind, name }) => kind === "function" && (ANSWERS.test(name) || generating.has(name)),
  );
  const found = classes.find(
    (one) =>
      places.some((place) => place.startsWith(`${one.name}.`)) &&
      (standsForModel(one) ||
        (answers.some(({ range }) => isWithin(range, one.range)) && isServed(one, facts))),
  );
  if (found !== undefined) return found.name;
  const answer = answers.find(({ range }) => !classes.some((one) => isWithin(range, one.range)));
  return answer !== undefined &&
    ((SERVICE_PATH.test(facts.file) && places.some((place) => !place.includes("."))) ||
      isImported(places, facts))
    ? answer.name
    : undefined;
}

/** A module that loads a model when it is imported, and leaves its functions to others: no script. */
export function isImported(places: readonly string[], { calls, definitions }: PythonFacts): boolean {
  return (
    places.includes("") &&
    !calls.some(
      ({ inFunction, method, callee, loops }) =>
        inFunction === undefined &&
        (loops.length > 0 ||
          /^(?:print|input|open)$/.test(callee) ||
          definitions.some(({ kind, name }) => kind === "function" && name === method)),
    )
  );
}

type Definition = PythonFacts["definitions"][number];

function standsForModel({ name, bases }: Definition): boolean {
  return MODEL_CLASS.test(name) && (bases.length === 0 || /(?:Service|Server|Worker)$/.test(name));
}

/** A class that answers: its name says what for, or its place or its words say that a service has it. */
function isServed({ name, bases, range }: Definition, { file, prose }: PythonFacts): boolean {
  if (bases.some((base) => NO_SERVICE_BASE.test(base))) return false;
  // One of several that a service can take: `class WhisperASR(ASRInterface)`.
  const isChoice = bases.every((base) => /Interface$/.test(base));
  if (isChoice && ANSWERING_CLASS.test(name)) return true;
  return (
    SERVICE_PATH.test(file) || prose.some((one) => isWithin(one.range, range) && SERVICE_WORDS.test(one.text))
  );
}

const isWithin = (inner: TextRange, outer: TextRange): boolean =>
  outer.start <= inner.start && inner.end <= outer.end;
