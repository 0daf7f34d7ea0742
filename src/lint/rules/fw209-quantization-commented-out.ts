/** FW209: a quantization switch stands commented out beside a model that is served without one. */

import { systemNamed } from "../config/systems/index.ts";
import { modelInfo } from "../models/model-id.ts";
import { findingOf, type Rule } from "../rule.ts";
import { quantizationSetting } from "./serving-precision.ts";

export const quantizationCommentedOut: Rule = {
  code: "FW209",
  name: "quantization-commented-out",
  default: true,
  severity: "hint",
  fix: "none",
  appliesTo: ["config", "python"],
  docs: {
    what: "A quantization setting of the server is commented out next to a model that is served unquantized.",
    why: "Someone thought of it; what runs is the unquantized model. Either the comment is a leftover or the switch is missing.",
    silencedBy: ["An active quantization setting, a quantized checkpoint, or no such comment."],
    references: ["Seen in 4 public deployment files among those that the rules were made with (2026)"],
  },
  examples: {
    bad: [
      {
        file: "serve.yaml",
        text: "model: mistralai/Mistral-7B-Instruct-v0.3\n# quantization: fp8\nmax-model-len: 8192\n",
        findings: ["# quantization: fp8"],
      },
    ],
    good: [
      {
        file: "serve.yaml",
        text: "model: mistralai/Mistral-7B-Instruct-v0.3\nquantization: fp8\nmax-model-len: 8192\n",
        findings: [],
      },
      {
        file: "serve.yaml",
        text: "model: TheBloke/Mistral-7B-AWQ\n# quantization: awq\nmax-model-len: 8192\n",
        findings: [],
      },
    ],
  },
  check({ facts }) {
    const seen = new Set<number>();
    return facts.serving.flatMap((fact) => {
      const system = systemNamed(fact.system);
      if (system === undefined || fact.model === undefined || fact.commentedOut.size === 0) return [];
      const info = modelInfo(fact.model.id);
      if (info.quantization !== undefined || info.native !== undefined) return [];
      if (quantizationSetting(fact, system) !== undefined) return [];
      const [first] = fact.commentedOut;
      if (first === undefined || seen.has(first[1].range.start)) return [];
      seen.add(first[1].range.start);
      return [
        findingOf(quantizationCommentedOut, {
          range: first[1].range,
          message: `The setting ${first[0]} is commented out, so ${info.placeholder ? "the model" : info.name} runs unquantized.`,
          why: [
            `${system.title} reads ${first[0]}; here it stands in a comment and nothing else quantizes the model.`,
          ],
          silencedBy: ["Using the setting, or removing the comment."],
          ...(fact.model === undefined
            ? {}
            : { related: [{ message: "the model", range: fact.model.range }] }),
        }),
      ];
    });
  },
};
