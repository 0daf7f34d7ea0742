/** Conversions to TensorFlow Lite, with what is set on the converter. */

import type { ServingFact } from "../../facts.ts";
import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { remembered } from "../../remembered.ts";
import { literalOf, type Settings } from "./python-values.ts";

export const convertsToTflite = remembered((callee) => /(?:TFLite|Toco)Converter\.from_\w+$/.test(callee));

/** What is set on the converter, and by which name it goes. */
export function ofTflite(call: Call, facts: PythonFacts): ServingFact {
  const settings: Settings = new Map();
  for (const { target, value, range } of facts.assignments) {
    const match = /^([\w.]+?)\.((?:target_spec\.)?\w+)$/.exec(target);
    if (match === null || !call.targets.includes(match[1]!)) continue;
    settings.set(match[2]!, { value: value.text, range: value.range, keyRange: range });
  }
  return {
    system: "tflite",
    range: call.calleeRange,
    ...(call.args[0] === undefined
      ? {}
      : {
          model: {
            id: literalOf(call.args[0])?.toString() ?? `$${call.args[0].text.slice(0, 60)}`,
            range: call.args[0].range,
          },
        }),
    settings,
    commentedOut: new Map(),
    batching: new Map(),
    insertSetting: (name, value) => {
      const target = call.targets[0];
      const lineEnd = facts.text.indexOf("\n", call.range.end);
      const lineStart = facts.text.lastIndexOf("\n", call.range.start) + 1;
      if (target === undefined || lineEnd < 0) return undefined;
      const lead = /^[ \t]*/.exec(facts.text.slice(lineStart))?.[0] ?? "";
      return { range: { start: lineEnd, end: lineEnd }, newText: `\n${lead}${target}.${name} = ${value}` };
    },
  };
}
