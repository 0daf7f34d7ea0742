import { beforeAll, describe, expect, it } from "vitest";
import { createLinter, type Linter } from "../../../../src/lint/engine.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";

let linter: Linter;
beforeAll(async () => {
  linter = createLinter(await createReaders());
});

const codes = (path: string, text: string, select = ["FW201", "FW210"]) =>
  linter.lint({ path, text }, { select }).findings.map(({ rule }) => rule);

const jetstream = (image: string, ...args: string[]) =>
  `kind: Pod\nspec:\n  containers:\n  - image: us-docker.pkg.dev/cloud-tpu-images/inference/${image}\n    args:\n${args.map((arg) => `    - ${arg}\n`).join("")}`;
const localai = (more: string) => `name: a\nbackend: vllm\nparameters:\n  model: org/llama-7b\n${more}`;

describe("switches by which servers quantize", () => {
  it.each([
    ["LMDeploy", "lmdeploy serve api_server org/llama-7b --quant-policy 8", ["FW201"]],
    ["LMDeploy", "lmdeploy serve api_server org/llama-7b --model-format hf", ["FW201"]],
    ["LMDeploy", "lmdeploy serve api_server org/llama-7b --model-format compressed-tensors", []],
    ["LMDeploy", "lmdeploy serve proxy --server-name 0.0.0.0 --server-port 8000", []],
    [
      "JetStream",
      "python MaxText/maxengine_server.py MaxText/configs/base.yml model_name=gemma-7b weight_dtype=bfloat16",
      ["FW201"],
    ],
    [
      "JetStream",
      "python -m MaxText.maxengine_server MaxText/configs/base.yml model_name=gemma-7b quantization=int8",
      [],
    ],
    ["JetStream", "python -m MaxText.decode MaxText/configs/base.yml model_name=gemma-7b", []],
    ["JetStream", "jpt serve --model_id meta-llama/Meta-Llama-3-8B-Instruct", ["FW201"]],
    [
      "JetStream",
      "python run_server.py --model_name=llama-3 --size=8b --quantize_weights=False --max_cache_length=2048",
      ["FW201"],
    ],
    [
      "JetStream",
      "python run_server.py --model_name=llama-3 --size=8b --quantize_weights=$quantize --max_cache_length=2048",
      [],
    ],
    ["FastChat", "python -m fastchat.serve.model_worker --model-path org/vicuna-7b", ["FW201"]],
    [
      "FastChat",
      "python -m fastchat.serve.model_worker --model-path org/vicuna-7b --gptq-wbits 16",
      ["FW201"],
    ],
    ["FastChat", "python -m fastchat.serve.model_worker --model-path org/vicuna-7b --load-8bit", []],
    ["FastChat", "python -m fastchat.serve.model_worker --model-path org/vicuna-7b --awq-wbits 4", []],
    ["FastChat", "python -m fastchat.serve.vllm_worker --model-path org/vicuna-7b --quantization awq", []],
    [
      "FastChat",
      "python -m fastchat.serve.lightllm_worker --model-path org/vicuna-7b --mode triton_int8kv",
      ["FW201"],
    ],
    [
      "FastChat",
      "python -m fastchat.serve.lightllm_worker --model-path org/vicuna-7b --mode triton_int4weight",
      [],
    ],
    [
      "FastChat",
      "python3 -m fastchat.serve.model_worker --model-path org/vicuna-7b --dtype float32",
      ["FW210"],
    ],
  ])("%s: %s", (_, line, expected) => expect(codes("run.sh", `${line}\n`)).toEqual(expected));

  it.each([
    [jetstream("jetstream-pytorch-server:v0.2.4", "--model_id=meta-llama/Meta-Llama-3-8B"), ["FW201"]],
    [
      jetstream(
        "jetstream-pytorch-server:v0.2.4",
        "--model_id=meta-llama/Meta-Llama-3-8B",
        "--quantize_type=int8_per_channel",
      ),
      ["FW201"],
    ],
    [
      jetstream(
        "jetstream-pytorch-server:v0.2.4",
        "--model_id=meta-llama/Meta-Llama-3-8B",
        "--quantize_weights=1",
      ),
      [],
    ],
    [jetstream("jetstream-maxtext-server:v0.2.2", "model_name=gemma-7b", "weight_dtype=bfloat16"), ["FW201"]],
    [
      jetstream(
        "jetstream-pathways:v0.2.0",
        "MaxText/configs/v5e/inference/llama3_405b_v5e-64.yml",
        "model_name=llama3.1-405b",
        "quantization=int8",
      ),
      [],
    ],
    [jetstream("jetstream-http:v0.2.3", "model_name=gemma-7b"), []],
    [jetstream("maxengine-server:v0.2.2", "model_name=gemma-7b", "weight_dtype=bfloat16"), ["FW201"]],
    [jetstream("maxengine-server:v0.2.2", "model_name=gemma-7b", "weight_dtype=float32"), ["FW210"]],
    [
      jetstream(
        "jetstream-pytorch-server:v0.2.2",
        "--size=7b",
        "--model_name=llama-2",
        "--quantize_weights=False",
      ),
      ["FW201"],
    ],
  ])("JetStream: %#", (text, expected) => expect(codes("pod.yaml", text)).toEqual(expected));

  it.each([
    ["", ["FW201"]],
    ["f16: true\n", ["FW201"]],
    ["type: AutoModelForCausalLM\nlow_vram: true\n", ["FW201"]],
    ["quantization: fp8\n", []],
    ["options:\n- --quantization:gptq_marlin\n", []],
    ["options:\n- tool_parser:hermes\n", ["FW201"]],
    ["engine_args:\n  quantization: awq\n", []],
    ["dtype: float32\n", ["FW210"]],
  ])("LocalAI: %j", (more, expected) => expect(codes("model.yaml", localai(more)).sort()).toEqual(expected));

  it.each([
    ["", ["FW201"]],
    ["option.quantize=fp8\n", []],
    ["option.quantization=awq\n", []],
    ["option.dtype=fp32\n", ["FW210"]],
  ])("DJL Serving: %j", (more, expected) =>
    expect(
      codes("serving.properties", `option.model_id=org/llama-7b\noption.rolling_batch=vllm\n${more}`).sort(),
    ).toEqual(expected),
  );
});

describe("launch scripts of Windows", () => {
  it.each([
    ["serve.ps1", "$env:CUDA_VISIBLE_DEVICES = '0'\nvllm serve org/llama-7b `\n  --port 8000\n", ["FW201"]],
    ["serve.ps1", "vllm serve org/llama-7b `\n  --quantization fp8 # needs Ada\n", []],
    ["serve.ps1", "python -m vllm.entrypoints.openai.api_server --model 'org/llama-7b'\n", ["FW201"]],
    ["serve.ps1", "$model = 'org/llama-7b'\nvllm serve $model\n", ["FW201"]],
    [
      "serve.ps1",
      "& 'C:\\Program Files\\py\\python.exe' -m vllm.entrypoints.openai.api_server --model org/llama-7b\n",
      ["FW201"],
    ],
    ["serve.ps1", "<#\nvllm serve org/llama-7b\n#>\nWrite-Host 'done'\n", []],
    ["serve.ps1", "$a = @('serve', 'org/llama-7b', '--port', '80')\n& vllm @a\n", ["FW201"]],
    [
      "serve.ps1",
      "$a = @(\n  'serve', 'org/llama-7b' # the model\n  '--quantization', 'fp8'\n)\nvllm @a\n",
      [],
    ],
    ["serve.ps1", '$env:MODEL = "org/llama-7b"\nvllm serve $env:MODEL --quantization $env:Q\n', []],
    [
      "serve.ps1",
      "Start-Process -FilePath vllm -ArgumentList 'serve', 'org/llama-7b' -NoNewWindow\n",
      ["FW201"],
    ],
    ["serve.ps1", "Start-Process vllm -ArgumentList 'serve org/llama-7b --quantization awq'\n", []],
    ["serve.cmd", 'cmd /c "vllm serve org/llama-7b"\r\n', ["FW201"]],
    [
      "serve.bat",
      "@echo off\r\nrem vllm serve org/llama-13b\r\nvllm serve org/llama-7b ^\r\n  --port 8000\r\n",
      ["FW201"],
    ],
    ["serve.bat", "set MODEL=org/llama-7b\r\nvllm serve %MODEL% --dtype float32\r\n", ["FW210"]],
    ["serve.cmd", "docker run --gpus all vllm/vllm-openai --model org/llama-7b --quantization awq\r\n", []],
    ["serve.cmd", ":: vllm serve org/llama-7b\r\ncall ollama run llama3\r\n", []],
    ["serve.cmd", "start /b vllm serve org/llama-7b\r\n", ["FW201"]],
  ])("%s %j", (path, text, expected) => expect(codes(path, text).sort()).toEqual(expected));
});
