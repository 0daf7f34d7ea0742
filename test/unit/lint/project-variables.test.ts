import { beforeAll, describe, expect, it } from "vitest";
import { createLinter, type Linter } from "../../../src/lint/engine.ts";
import { fileEvidence } from "../../../src/lint/project/file-evidence.ts";
import { ProjectIndex } from "../../../src/lint/project/project-index.ts";
import { createReaders } from "../../../src/lint/readers.node.ts";

let linter: Linter;
beforeAll(async () => {
  linter = createLinter(await createReaders());
});

/** What FW201 says of a program within a project of these files. */
function saidOf(path: string, files: Record<string, string>): string[] {
  const index = new ProjectIndex();
  for (const [file, text] of Object.entries(files))
    index.set(file, fileEvidence(file, text, linter.lint({ path: file, text }, { select: [] }).facts));
  const evidence = index.evidenceFor(path);
  const result = linter.lint({ path, text: files[path]! }, { select: ["FW201"], evidence });
  expect(result.failures).toEqual([]);
  return result.findings.map(({ message }) => message.split(" ")[0]!);
}

const program = (model: string, more = "") => `import os
from fastapi import FastAPI
from vllm import LLM

app = FastAPI()
llm = LLM(model=${model}${more})
`;
const open = program('os.environ["MODEL_ID"]');
const withDefault = program('os.getenv("MODEL_ID", "meta-llama/Llama-3.1-8B-Instruct")');
const compose = (line: string) => `services:\n  api:\n    build: .\n    environment:\n      ${line}\n`;
const kubernetes = (value: string) =>
  `kind: Deployment\nspec:\n  containers:\n    - env:\n        - name: MODEL_ID\n          value: ${value}\n`;

describe("a model that a variable names", () => {
  it.each([
    [
      "compose",
      "docker-compose.yml",
      compose("MODEL_ID: Qwen/Qwen2.5-7B-Instruct"),
      ["Qwen2.5-7B-Instruct,"],
    ],
    [
      "compose's list",
      "compose.yaml",
      compose("- MODEL_ID=Qwen/Qwen2.5-7B-Instruct"),
      ["Qwen2.5-7B-Instruct,"],
    ],
    ["Kubernetes", "k8s/api.yaml", kubernetes("Qwen/Qwen2.5-7B-Instruct"), []],
    ["env file", "app/.env.example", "MODEL_ID=Qwen/Qwen2.5-7B-Instruct\n", ["Qwen2.5-7B-Instruct,"]],
    ["quantized", "docker-compose.yml", compose("MODEL_ID: Qwen/Qwen2.5-7B-Instruct-AWQ"), []],
    ["not known", "docker-compose.yml", compose(`MODEL_ID: $${"{MODEL}"}`), []],
  ])("is the one of %s", (_, file, text, said) => {
    expect(saidOf("app/main.py", { "app/main.py": open, [file]: text })).toEqual(said);
  });

  it("is not known where two files name two", () => {
    const files = {
      "app/main.py": open,
      "a.env": "MODEL_ID=Qwen/Qwen2.5-7B-Instruct\n",
      "b.env": "MODEL_ID=google/gemma-7b-it\n",
    };
    expect(saidOf("app/main.py", files)).toEqual([]);
  });

  it("has the program's default unless another file quantizes it", () => {
    const said = ["Llama-3.1-8B-Instruct"];
    const project = (text: string) => saidOf("main.py", { "main.py": withDefault, "compose.yaml": text });
    expect(project(compose("PORT: 80"))).toEqual(said);
    expect(project(compose("MODEL_ID: Qwen/Qwen2.5-7B-Instruct"))).toEqual(said);
    expect(project(compose("MODEL_ID: Qwen/Qwen2.5-7B-Instruct-AWQ"))).toEqual([]);
    expect(project(compose("MODEL_ID: /models/own"))).toEqual([]);
  });

  it("is quantized where a variable says how", () => {
    const text = program('"Qwen/Qwen2.5-7B-Instruct"', ', quantization=os.getenv("QUANTIZATION", None)');
    const project = (line: string) => saidOf("main.py", { "main.py": text, "compose.yaml": compose(line) });
    expect(project("PORT: 80")).toEqual(["Qwen2.5-7B-Instruct"]);
    expect(project("QUANTIZATION: awq")).toEqual([]);
    expect(project("QUANTIZATION: none")).toEqual(["Qwen2.5-7B-Instruct"]);
  });
});
