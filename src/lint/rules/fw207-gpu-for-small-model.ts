/** FW207: a GPU is requested for a model that a CPU serves as well. Opt-in: traffic is not seen. */

import { findingOf, type Rule } from "../rule.ts";
import { servedModels } from "./serving-precision.ts";

/** Billions of parameters. */
const SMALL = 0.3;

export const gpuForSmallModel: Rule = {
  code: "FW207",
  name: "gpu-for-small-model",
  default: false,
  severity: "information",
  fix: "none",
  appliesTo: ["config", "python"],
  docs: {
    what: "A GPU is requested for a model with less than 0.3 billion parameters.",
    why: "A GPU that holds a model without working draws 26 to 66 W more than one that holds none (H100, A100, L40S); a small encoder or classifier at low traffic may run on the CPU that is there anyway. At high traffic the GPU may be the better choice: measure both.",
    silencedBy: ["No GPU in the file; a larger model, or one whose size its name does not say."],
    references: ["The Model Parking Tax, arXiv:2605.23918 (2026): idle power with a loaded model"],
  },
  examples: {
    bad: [
      {
        file: "docker-compose.yml",
        text: [
          "services:",
          "  embeddings:",
          "    image: ghcr.io/huggingface/text-embeddings-inference:1.5",
          "    command: --model-id sentence-transformers/all-MiniLM-L6-v2",
          "    deploy:",
          "      resources:",
          "        reservations:",
          "          devices:",
          "            - driver: nvidia",
          "              count: 1",
          "              capabilities: [gpu]",
          "",
        ].join("\n"),
        findings: ["sentence-transformers/all-MiniLM-L6-v2"],
      },
    ],
    good: [
      {
        file: "docker-compose.yml",
        text: "services:\n  embeddings:\n    image: ghcr.io/huggingface/text-embeddings-inference:cpu-1.5\n    command: --model-id sentence-transformers/all-MiniLM-L6-v2\n",
        findings: [],
      },
    ],
  },
  check({ facts }) {
    return servedModels(facts).flatMap(({ fact, info, model }) => {
      const small =
        info.billions !== undefined
          ? info.billions < SMALL
          : /MiniLM|distilbert|mobilenet|resnet-?(18|34|50)|bge-small|bge-base|e5-small|e5-base|gte-small|whisper-(tiny|base)|mnist/i.test(
              info.name,
            );
      if (!small || fact.accelerator === undefined || fact.accelerator.count === 0) return [];
      return [
        findingOf(gpuForSmallModel, {
          range: model.range,
          message: `A GPU is requested for ${info.name}, which a CPU may serve as well.`,
          why: [`Its name says less than ${SMALL} billion parameters, and the file requests a GPU.`],
          silencedBy: [
            "Serving it on a CPU, or a measurement that shows that traffic needs the GPU (ignore with that reason).",
          ],
          related: [{ message: "the GPU", range: fact.accelerator.range }],
        }),
      ];
    });
  },
};
