import { beforeAll, describe, expect, it } from "vitest";
import { createLinter, type Linter } from "../../../../src/lint/engine.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";

let linter: Linter;
beforeAll(async () => {
  linter = createLinter(await createReaders());
});

const found = (text: string) =>
  linter.lint({ path: "run.sh", text }, { select: ["FW201", "FW204"] }).findings.map(({ rule }) => rule);

describe("what starts a server's program", () => {
  it.each([
    "conda run --no-capture-output -n llm vllm serve org/llama-7b",
    "mamba run -p ./env python -m vllm.entrypoints.openai.api_server --model org/llama-7b",
    "uvx --python 3.12 vllm serve org/llama-7b",
    "uv run --with vllm vllm serve org/llama-7b",
    "pixi run -e cuda vllm serve org/llama-7b",
    "sudo -u llm vllm serve org/llama-7b",
    "taskset -c 0-15 vllm serve org/llama-7b",
    "proxychains4 vllm serve org/llama-7b",
    'tmux new-session -d -s llm "vllm serve org/llama-7b"',
    "screen -dmS vllm bash -c 'vllm serve org/llama-7b'",
    'ssh gpu01 "vllm serve org/llama-7b"',
    "docker exec -d -e A=b box vllm serve org/llama-7b",
    "kubectl exec pod -- vllm serve org/llama-7b",
    "apptainer run --nv docker://vllm/vllm-openai:latest --model org/llama-7b",
    "apptainer exec --nv vllm.sif vllm serve org/llama-7b",
    "gcloud ai models upload --container-image-uri=us-docker.pkg.dev/x/pytorch-vllm-serve:1 --container-args=--model=org/llama-7b,--port=7080",
  ])("%s", (line) => expect(found(`${line}\n`)).toEqual(["FW201"]));

  it.each([
    "pdm run optimum-cli export onnx --model distilbert-base-uncased out",
    "python export.py --weights $weights --include onnx --img-size 640",
  ])("%s", (line) => expect(found(`${line}\n`)).toEqual(["FW204"]));

  it.each([
    'ssh gpu01 "vllm serve org/llama-7b --quantization fp8"',
    "docker exec box ls vllm serve org/llama-7b",
    "conda run -n vllm pip install org/llama-7b",
    'git commit -m "vllm serve org/llama-7b"',
    "python export.py --weights $weights --out table.csv",
  ])("nothing: %s", (line) => expect(found(`${line}\n`)).toEqual([]));
});
