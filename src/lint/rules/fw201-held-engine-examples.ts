/** Examples of FW201 in modules that hold an engine for requests which something else brings them. */

import type { Rule } from "../rule.ts";

export const heldEngineExamples: Rule["examples"] = {
  bad: [
    {
      // A module that a platform calls.
      file: "main.py",
      text: 'from pydantic import BaseModel\nfrom vllm import LLM, SamplingParams\n\nclass Item(BaseModel):\n    prompt: str\n\nllm = LLM(model="meta-llama/Llama-3.1-8B-Instruct")\n\ndef ask(item):\n    return llm.generate([Item(**item).prompt], SamplingParams())\n',
      findings: ['"meta-llama/Llama-3.1-8B-Instruct"'],
    },
    {
      file: "main.py",
      text: 'import sglang as sgl\n\nruntime = sgl.Runtime(model_path="lmsys/vicuna-7b-v1.5")\nsgl.set_default_backend(runtime)\n\ndef run(question: str):\n    return {"text": answer.run(question=question)["text"]}\n',
      findings: ['"lmsys/vicuna-7b-v1.5"'],
    },
    {
      // A distilled one has 16-bit weights, though R1 itself has not.
      file: "worker.py",
      text: 'from vllm import LLM\n\nclass ChatWorker:\n    def __init__(self):\n        self.llm = LLM("deepseek-ai/DeepSeek-R1-Distill-Qwen-14B")\n\n    def ask(self, prompt):\n        return self.llm.chat([{"role": "user", "content": prompt}])\n',
      findings: ['"deepseek-ai/DeepSeek-R1-Distill-Qwen-14B"'],
    },
    {
      // What it writes is an answer of a chat API.
      file: "chat.py",
      text: 'import json\nimport torch\nfrom transformers import AutoModelForCausalLM\n\ndef load():\n    return AutoModelForCausalLM.from_pretrained("Qwen/Qwen2.5-7B-Instruct", torch_dtype=torch.bfloat16)\n\ndef parts(words):\n    for word in words:\n        yield "data: " + json.dumps({"object": "chat.completion.chunk", "choices": [word]})\n',
      findings: ['"Qwen/Qwen2.5-7B-Instruct"'],
    },
  ],
  good: [
    {
      // A script, a measurement, an experiment's class.
      file: "generate.py",
      text: 'from vllm import LLM\n\nllm = LLM(model="meta-llama/Llama-3.1-8B-Instruct")\n\ndef generate(prompt):\n    return llm.generate(prompt)\n\nprint(generate("Hello"))\n',
      findings: [],
    },
    {
      file: "evaluation.py",
      text: 'from datasets import load_dataset\nfrom vllm import LLM\n\nllm = LLM(model="meta-llama/Llama-3.1-8B-Instruct")\n\ndef run(split):\n    return llm.generate(load_dataset("gsm8k")[split]["question"])\n',
      findings: [],
    },
    {
      file: "models.py",
      text: 'from vllm import LLM\n\nclass Generator:\n    def __init__(self):\n        self.llm = LLM(model="meta-llama/Llama-3.1-8B-Instruct")\n',
      findings: [],
    },
  ],
};
