/** FW310: all weights of a language model of 7 billion parameters or more are trained. Opt-in. */

import { literalOf } from "../config/systems/python-values.ts";
import type { Finding, Fix } from "../finding.ts";
import { modelInfo } from "../models/model-id.ts";
import { pattern } from "../pattern.ts";
import { logicalLinesOf } from "../python/logical-lines.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { afterLine, importing, simpleStatementAt } from "./training/edits.ts";
import { usedInLastRun } from "./training/measured.ts";
import { torchTrainings } from "./training/torch-training.ts";

const LARGE = 7;
/** Adapters, quantized bases, frozen parts; training from scratch, distillation: not this. */
const OTHERWISE = pattern("i")`
  peft|lora|adapter|quantization_config|load_in_[48]bit|requires_grad|freeze|frozen|from_config|
  from_scratch|distil|teacher|pretrain(?:ing)?_(?:data|corpus)|prompt_tuning|reft|galore|badam|
  \bgradient_projection
`;

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python" || !trains(facts)) return [];
  const loads = facts.calls.flatMap((call) => {
    const id = idOf(call);
    const info = id === undefined ? undefined : modelInfo(id);
    const large =
      info !== undefined && info.kind === "generative" && !info.placeholder && (info.billions ?? 0) >= LARGE;
    return large && info.quantization === undefined ? [{ call, id: id!, billions: info.billions! }] : [];
  });
  if (loads.length === 0 || otherwise(facts)) return [];
  const used = usedInLastRun(evidence);
  return loads.slice(0, 1).map(({ call, id, billions }) =>
    findingOf(fullFinetuneLargeLlm, {
      range: call.calleeRange,
      message: `All ${billions} billion weights of ${id} are trained: no adapter, no frozen part, no quantized base.`,
      why: [
        "The model is loaded with its weights and given to a training in this file.",
        ...(used === undefined ? [] : [used]),
      ],
      silencedBy: fullFinetuneLargeLlm.docs.silencedBy,
      fixes: adapter(facts, call),
    }),
  );
}

function idOf(call: Call): string | undefined {
  if (
    !/^transformers\.\w*(?:ForCausalLM|ForSeq2SeqLM|ForConditionalGeneration|ForSequenceClassification)\.from_pretrained$/.test(
      call.callee,
    )
  )
    return undefined;
  if (call.hasUnknownArguments) return undefined;
  const id = literalOf(call.args[0] ?? call.keywords.get("pretrained_model_name_or_path"));
  return typeof id === "string" ? id : undefined;
}

function trains(facts: PythonFacts): boolean {
  const trainer = facts.calls.some(
    ({ callee, hasUnknownArguments }) =>
      /^(?:transformers|trl)\.\w*Trainer$/.test(callee) && !hasUnknownArguments,
  );
  return trainer ? facts.calls.some(({ method }) => method === "train") : torchTrainings(facts).length > 0;
}

function otherwise(facts: PythonFacts): boolean {
  return (
    facts.imports.some(
      ({ module, name }) =>
        OTHERWISE.test(module) || /^(?:unsloth|axolotl|swift)\b/.test(module) || OTHERWISE.test(name ?? ""),
    ) ||
    logicalLinesOf(facts).some(({ code }) => OTHERWISE.test(code)) ||
    facts.strings.some(({ value }) => value.length < 80 && OTHERWISE.test(value))
  );
}

function adapter(facts: PythonFacts, call: Call): Fix[] {
  const statement = simpleStatementAt(facts, call.range);
  const model = call.targets[0];
  const imported = importing(facts, "from peft import LoraConfig, get_peft_model");
  if (statement === undefined || model === undefined || imported === undefined) return [];
  const edit = afterLine(facts, statement, [
    `${model} = get_peft_model(${model}, LoraConfig(task_type="CAUSAL_LM"))`,
  ]);
  return [{ title: "Train a LoRA adapter instead", safety: "display", edits: [imported, edit] }];
}

const program = (
  load: string,
  more = "",
) => `from transformers import AutoModelForCausalLM, Trainer, TrainingArguments
${more}
model = AutoModelForCausalLM.from_pretrained(${load})
trainer = Trainer(model=model, args=TrainingArguments(output_dir="out", bf16=True), train_dataset=data)
trainer.train()
`;

export const fullFinetuneLargeLlm: Rule = {
  code: "FW310",
  name: "full-finetune-large-llm",
  default: false,
  severity: "information",
  fix: "display",
  appliesTo: ["python"],
  docs: {
    what: "A language model of 7 billion parameters or more is fine-tuned in full: no adapter, no frozen part, no quantized base.",
    why: "Gradients and optimizer states of all weights take several times the model's memory, so more GPUs run for the same steps. Adapters such as LoRA reach the same quality on many tasks; where the new task is far from what the model knows, full fine-tuning can be better.",
    silencedBy: [
      "PEFT, LoRA or another adapter; a quantized base; frozen parameters.",
      "Training from scratch, and distillation.",
      "A model whose id or size is not in the file.",
    ],
    fixSafety:
      "The snippet trains an adapter with PEFT's defaults: other results, and another file to deploy.",
    references: [
      "Hu et al.: LoRA, ICLR 2022 (arXiv:2106.09685).",
      "Biderman et al.: LoRA Learns Less and Forgets Less, TMLR 2024 (arXiv:2405.09673): where it falls short.",
    ],
  },
  examples: {
    bad: [
      {
        file: "finetune.py",
        text: program('"meta-llama/Llama-2-13b-hf"'),
        findings: ["AutoModelForCausalLM.from_pretrained"],
      },
      {
        file: "named.py",
        text: program("BASE", '\nBASE = "Qwen/Qwen2.5-7B-Instruct"'),
        findings: ["AutoModelForCausalLM.from_pretrained"],
      },
    ],
    good: [
      {
        file: "adapter.py",
        text: program('"meta-llama/Llama-2-13b-hf"', "from peft import LoraConfig, get_peft_model\n"),
        findings: [],
      },
      { file: "small.py", text: program('"Qwen/Qwen2.5-0.5B"'), findings: [] },
      { file: "option.py", text: program("args.model"), findings: [] },
      {
        file: "quantized.py",
        text: program('"meta-llama/Llama-2-13b-hf", quantization_config=config'),
        findings: [],
      },
      {
        file: "distill.py",
        text: program('"meta-llama/Llama-2-13b-hf"').replaceAll("model", "teacher"),
        findings: [],
      },
      {
        file: "serve.py",
        text: 'from transformers import AutoModelForCausalLM\n\nmodel = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-2-13b-hf")\n',
        findings: [],
      },
    ],
  },
  check,
};
