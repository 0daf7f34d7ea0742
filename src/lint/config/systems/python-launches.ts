/** Command lines in a program that start a server: given to `subprocess`, to a shell, to a container. */

import type { ServingFact } from "../../facts.ts";
import { pattern } from "../../pattern.ts";
import type { Call, PythonFacts, Value } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import type { Launch } from "../launch.ts";
import { launchesOfWords, shellLaunches } from "../shell-launches.ts";
import type { Word } from "../words.ts";
import { SYSTEMS } from "./index.ts";
import { fetched } from "./python-checkpoint.ts";
import { gpuOf } from "./python-gpu.ts";
import { madeOf, otherwise } from "./python-model.ts";
import { formatted, literalOf } from "./python-values.ts";

const RUNS = pattern()`
  ^(
    subprocess\.(run|Popen|call|check_call|check_output)|os\.(system|execvp|execv|popen|spawnvp)|
    asyncio\.create_subprocess_(exec|shell)|shlex\.split|
    sglang\.utils\.(launch_server_cmd|execute_shell_command)|.*\.system_raw
  )$
`;
const COMMAND = pattern()`
  \b(
    vllm|sglang|text-generation-launcher|llama-server|llama_cpp|ollama|tritonserver|trtexec|lmdeploy|
    fastchat|docker|optimum-cli|tf2onnx|tflite_convert|tensorflowjs_converter|ct2-transformers-converter|
    mlx_lm|mlx_vlm|xinference
  )\b
`;

export const runsCommand = remembered((callee) => RUNS.test(callee));

/** `subprocess.run([...])`, `os.system("...")`: the argument's command line. */
export function ofCommand(call: Call, facts: PythonFacts): ServingFact[] {
  const given = call.args[0] ?? call.keywords.get("args");
  // `f"vllm serve {MODEL}".split()`
  const value = given?.call?.method === "split" ? (given.call.receiver ?? given) : given;
  if (value === undefined) return [];
  const list =
    value.items !== undefined ? value : value.call?.method === "join" ? value.call.args[0] : undefined;
  if (list !== undefined) return ofWords(list, facts);
  const text = literalOf(value);
  if (typeof text === "string" && COMMAND.test(text)) return ofText(value, text, facts);
  const made = formatted(value, facts);
  if (made !== undefined && COMMAND.test(made))
    // What is put into the text moves its places: the whole stands for its parts, and nothing is added to it.
    return ofText(value, made, facts).map(({ insertSetting: _, ...fact }) => ({
      ...fact,
      range: value.range,
      ...fetched({ ...(fact.model && { model: { ...fact.model, range: value.range } }) }, facts),
    }));
  if (call.args.length > 2 && call.callee.startsWith("asyncio"))
    return ofWords({ ...value, items: call.args }, facts);
  return [];
}

/** A list display whose words start a server. */
export function ofWords(list: Value, facts: PythonFacts): ServingFact[] {
  const items = list.items ?? [];
  if (items.length < 2) return [];
  // Most lists of a program are none: names are looked up only in those that may be.
  const line = items.map((item) => literalOf(item) ?? item.text.slice(0, 60)).join(" ");
  const isContainer = line.startsWith("-") || /^[fF]["']-/.test(line);
  if (!COMMAND.test(line) && !isContainer) return [];
  const words = wordsOf(list, facts);
  if (!COMMAND.test(words.map((word) => word.value).join(" "))) return ofContainer(words, list, facts);
  return launchesOfWords(withProgram(words), list.range).flatMap((launch) => ofLaunch(launch, facts));
}

/** The words of a list display; what is not known begins with `$`. */
export function wordsOf(list: Value, facts: PythonFacts): Word[] {
  return (list.items ?? []).map((item) => {
    const written = literalOf(item);
    const literal = written ?? literalOf(otherwise(item, facts)) ?? constantText(item, facts);
    const end = item.range.end;
    return {
      ...(written === undefined && literal !== undefined && { expanded: true as const }),
      value: literal === undefined || literal === null ? `$${item.text.slice(0, 60)}` : String(literal),
      range: item.range,
      known: literal !== undefined && literal !== null,
      after: (more: readonly string[]) => ({
        range: { start: end, end },
        newText: more.map((word) => `, ${JSON.stringify(word)}`).join(""),
      }),
    };
  });
}

/** `[sys.executable, "-m", "vllm..."]` */
function withProgram(words: Word[]): Word[] {
  const [first, ...others] = words;
  return first !== undefined && /^\$?sys\.executable/.test(first.value)
    ? [{ ...first, value: "python" }, ...others]
    : words;
}

/** A container's arguments that stand apart from its command: vLLM's, where the program names its server or its image. */
function ofContainer(words: Word[], list: Value, facts: PythonFacts): ServingFact[] {
  if (words[0]?.value.startsWith("-") !== true) return [];
  const server = facts.strings.find(({ value }) =>
    /^vllm\.entrypoints\.|^[\w.:/-]*\/[\w-]*vllm[\w-]*:/.test(value),
  );
  if (server === undefined) return [];
  const image = { name: "vllm/vllm-openai", range: server.range };
  return ofLaunch({ image, words, environment: new Map(), range: list.range }, facts);
}

/** `f"--model={MODEL}"` */
function constantText(item: Value, facts: PythonFacts): string | undefined {
  return /^[rR]?[fF]/.test(item.text) ? madeOf(item, facts) : undefined;
}

function ofText(value: Value, text: string, facts: PythonFacts): ServingFact[] {
  const source = facts.text.slice(value.range.start, value.range.end);
  const at = source.indexOf(text);
  const launches = shellLaunches(text, at < 0 ? value.range.start : value.range.start + at);
  return launches.flatMap((launch) => ofLaunch(at < 0 ? { ...launch, range: value.range } : launch, facts));
}

export function ofLaunch(launch: Launch, facts: PythonFacts): ServingFact[] {
  for (const system of SYSTEMS) {
    const fact = system.fromLaunch?.({ ...launch, accelerator: () => gpuOf(facts).accelerator });
    if (fact === undefined) continue;
    const { settings, range } = fact;
    if (settings.has("quantization") || !ADDED.test(facts.text)) return [fact];
    const added = { value: "$added", range, keyRange: range };
    return [{ ...fact, settings: new Map(settings).set("quantization", added) }];
  }
  return [];
}

/** A switch that is put behind the others where the program decides so. */
const ADDED = /\.(?:append|extend|insert)\([^\n]{0,20}["'](?:--quantization|--load-format)\b/;
