/** FW212: a pipeline on a GPU is called once per item of a data set. Opt-in. */

import { literalOf } from "../config/systems/python-values.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule } from "../rule.ts";

export const batchInferenceOneByOne: Rule = {
  code: "FW212",
  name: "batch-inference-one-by-one",
  default: false,
  severity: "warning",
  fix: "none",
  appliesTo: ["python"],
  docs: {
    what: "A transformers pipeline on a GPU is called once for each item in a Python loop.",
    why: "Each call moves one item through the GPU, which is idle in between; a pipeline that gets the data set and a batch size keeps it busy. Batching lowered the energy of language models per request on H100 GPUs. It is not always a win: the documentation speaks of anything from 10 times faster to 5 times slower, by hardware, data and model.",
    silencedBy: ["Passing a list, a generator or a data set with `batch_size`; a pipeline on the CPU."],
    references: ["transformers documentation, Pipelines: batching (2026)", "arXiv:2601.22362 (2026)"],
  },
  examples: {
    bad: [
      {
        file: "label.py",
        text: 'from transformers import pipeline\n\nclassify = pipeline("sentiment-analysis", device=0)\nfor text in texts:\n    print(classify(text))\n',
        findings: ["classify"],
      },
    ],
    good: [
      {
        file: "label.py",
        text: 'from transformers import pipeline\n\nclassify = pipeline("sentiment-analysis", device=0)\nfor result in classify(texts, batch_size=32):\n    print(result)\n',
        findings: [],
      },
    ],
  },
  check({ facts }) {
    if (facts.kind !== "python") return [];
    return facts.calls.flatMap((call) => {
      const loop = call.loops.at(-1);
      const made = pipelineOf(call, facts);
      if (loop === undefined || made === undefined || !onGpu(made)) return [];
      const argument = call.args[0];
      if (
        argument === undefined ||
        ![argument.name, ...argument.reads].some(
          (name) => name !== undefined && loop.target.split(/[,\s()]+/).includes(name),
        )
      )
        return [];
      return [
        findingOf(batchInferenceOneByOne, {
          range: call.calleeRange,
          message: `The pipeline on the GPU gets one item at a time from ${loop.over.text.slice(0, 40)}.`,
          why: ["It is called within the loop with the loop's own item."],
          silencedBy: ["Passing the whole data set with batch_size to one call."],
          related: [{ message: "the loop", range: loop.range }],
        }),
      ];
    });
  },
};

/** The pipeline that a call runs, by the name it is bound to. */
function pipelineOf(call: Call, facts: PythonFacts): Call | undefined {
  const written = facts.text.slice(call.calleeRange.start, call.calleeRange.end);
  return facts.calls.find(
    (made) => made.callee === "transformers.pipeline" && made.targets.includes(written),
  );
}

function onGpu(made: Call): boolean {
  const device = literalOf(made.keywords.get("device"));
  return (
    made.keywords.has("device_map") ||
    (typeof device === "number" && device >= 0) ||
    /^cuda/.test(String(device ?? ""))
  );
}
