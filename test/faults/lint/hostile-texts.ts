/** Texts that readers stumble over: files cut off, written badly on purpose, or of a form that few expect. */

export interface Sample {
  path: string;
  text: string;
}

const repeat = (text: string, times: number) => text.repeat(times);

const PYTHON = `import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("adult.csv")
X, y = df[["age", "sex", "hours"]], df["income"]
model = LogisticRegression(max_iter=500).fit(X, y)
for epoch in range(200):
    loss.backward()
    optimizer.step()
`;

const SERVER = `from fastapi import FastAPI
from transformers import AutoModelForCausalLM
app = FastAPI()
model = AutoModelForCausalLM.from_pretrained("mistralai/Mistral-7B-Instruct-v0.2", device_map="cuda")
`;

const LAUNCH = "vllm serve meta-llama/Llama-2-13b-hf --dtype float16 --max-model-len 4096\n";

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata: {name: llm}
spec:
  replicas: 2
  template:
    spec:
      containers:
        - name: server
          image: vllm/vllm-openai:v0.6.0
          command: ["vllm", "serve"]
          args: ["mistralai/Mistral-7B-Instruct-v0.2", "--dtype", "float16"]
          resources: {limits: {nvidia.com/gpu: "1"}}
`;

function notebook(cells: { type?: string; source: string | string[]; outputs?: unknown[] }[]): string {
  return JSON.stringify(
    {
      cells: cells.map(({ type = "code", source, outputs = [] }, index) => ({
        cell_type: type,
        id: `cell-${index}`,
        metadata: {},
        ...(type === "code" && { execution_count: null, outputs }),
        source,
      })),
      metadata: { kernelspec: { name: "python3" } },
      nbformat: 4,
      nbformat_minor: 5,
    },
    null,
    1,
  );
}

/** Without words like these a reader is done before it has begun. */
const ML = "import pandas as pd, torch\nfrom sklearn.linear_model import LogisticRegression\n";
const SERVES = "image: vllm/vllm-openai\n";

/** Nine aliases of nine aliases ...: a few lines that would be a thousand million values. */
const YAML_BOMB = [
  SERVES,
  "a0: &a0 [x, x, x, x, x, x, x, x, x]",
  ...Array.from({ length: 9 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(", ")}]`),
  "spec: *a9",
].join("\n");

/** Pseudo-random bytes, always the same ones. */
function binary(length: number): string {
  let state = 1;
  const bytes = Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 24;
  });
  return Buffer.from(bytes).toString("utf8");
}

/** Small ones: cut, mutated and joined by the fuzz run. */
export const SMALL: readonly Sample[] = [
  { path: "train.py", text: PYTHON },
  { path: "crlf.py", text: PYTHON.replaceAll("\n", "\r\n") },
  { path: "bom.py", text: `\uFEFF${PYTHON}` },
  { path: "old-mac.py", text: PYTHON.replaceAll("\n", "\r") },
  { path: "tabs.py", text: PYTHON.replaceAll("    ", "\t") },
  { path: "astral.py", text: `name = "\u{1F600}\u0301"  # \u{1D54F}\n${PYTHON}` },
  { path: "python2.py", text: 'print "income", df.sex\nexec "x=1"\nraise E, "no"\n' },
  { path: "invalid.py", text: "def f(:\n  return (((\nclass\nmodel.fit(X, y\n'''open\n" },
  { path: "serve.py", text: SERVER },
  {
    path: "launch.py",
    text: 'import subprocess\nsubprocess.Popen(["vllm", "serve", "Qwen/Qwen2.5-7B-Instruct"])\n',
  },
  {
    path: "marimo_app.py",
    text: `import marimo\napp = marimo.App()\n\n@app.cell\ndef _():\n    ${PYTHON.replaceAll("\n", "\n    ")}\n    return\n`,
  },
  { path: "percent.py", text: `# %% [markdown]\n# Income of adults\n# %%\n${PYTHON}\n# %% more\n${SERVER}` },
  {
    path: "magics.ipynb",
    text: notebook([
      { type: "markdown", source: "# Credit risk\nPredicts who defaults." },
      { source: ["%matplotlib inline\n", "!pip install fairlearn\n", "import pandas as pd"] },
      { source: "%%R -i df\nggplot(df, aes(x = sex, y = income)) + geom_point()" },
      { source: "%%bash\nvllm serve meta-llama/Llama-2-7b-hf --dtype float16" },
      { source: PYTHON, outputs: [{ output_type: "stream", name: "stdout", text: ["0.91\n"] }] },
      { source: "df.head?" },
      { source: "files = !ls\n%timeit model.predict(X)" },
      { source: [] },
    ]),
  },
  { path: "not-a-notebook.ipynb", text: '{"cells": "none", "nbformat": 4}' },
  { path: "v3.ipynb", text: JSON.stringify({ nbformat: 3, worksheets: [{ cells: [{ input: PYTHON }] }] }) },
  {
    path: "odd-cells.ipynb",
    text: '{"cells": [null, 1, {"cell_type": "code"}, {"source": [1, null]}], "nbformat": 4}',
  },
  { path: "deploy.yaml", text: DEPLOYMENT },
  { path: "two.yaml", text: `${DEPLOYMENT}---\n${DEPLOYMENT}---\n` },
  { path: "crlf.yaml", text: DEPLOYMENT.replaceAll("\n", "\r\n") },
  {
    path: "configmap.yaml",
    text: `apiVersion: v1\nkind: ConfigMap\ndata:\n  engine.yaml: |\n    model: mistralai/Mistral-7B-v0.1\n    dtype: float16\n  run.sh: |\n    ${LAUNCH}`,
  },
  {
    path: "templates/deployment.yaml",
    text: `{{- if .Values.enabled }}\n${DEPLOYMENT.replace("mistralai/Mistral-7B-Instruct-v0.2", "{{ .Values.model | quote }}")}{{- end }}\n{{ include "x" . | nindent 4 }}\n`,
  },
  { path: "bomb.yaml", text: YAML_BOMB },
  { path: "self.yaml", text: `${SERVES}a: &a\n  b: *a\n<<: *a\n` },
  {
    path: "docker-compose.yml",
    text: `services:\n  tgi:\n    image: ghcr.io/huggingface/text-generation-inference:2.0\n    command: --model-id tiiuae/falcon-7b\n    deploy: {resources: {reservations: {devices: [{capabilities: [gpu]}]}}}\n`,
  },
  {
    path: "Dockerfile",
    text: `FROM vllm/vllm-openai:latest\nENV DTYPE=float32 \\\n    MODEL=a/b\nCMD ["vllm", "serve", "mistralai/Mistral-7B-v0.1", \\\n  "--dtype", "float32"]\n`,
  },
  {
    path: "run.sh",
    text: `#!/bin/bash\nset -e\nMODEL=\${MODEL:-meta-llama/Llama-2-7b-hf}\n# --quantization awq\n${LAUNCH}cat <<EOF | bash\n${LAUNCH}EOF\n`,
  },
  {
    path: "open-quotes.sh",
    text: `vllm serve "meta-llama/Llama-2-7b-hf --dtype 'float16 $(echo \${x:-\`ls\`}\n<<EOF\n`,
  },
  {
    path: "config.pbtxt",
    text: 'name: "m"\nplatform: "onnxruntime_onnx"\nmax_batch_size: 8\ninput [{ name: "x" data_type: TYPE_FP32 dims: [3, 224, 224] }]\ninstance_group [{ kind: KIND_GPU }]\n',
  },
  { path: "Modelfile", text: 'FROM ./model-f16.gguf\nPARAMETER num_ctx 4096\nSYSTEM """\nopen\n' },
  {
    path: "serving.properties",
    text: "engine=MPI\noption.model_id=tiiuae/falcon-7b\noption.dtype=fp32\\\n  x\n",
  },
  {
    path: "settings.jsonc",
    text: '// c\n{"model": "mistralai/Mistral-7B-v0.1", "dtype": "float32", /* x */ "args": ["--dtype", "float"],}\n',
  },
  {
    path: "pyproject.toml",
    text: '[project]\ndependencies = ["torch>=2", "fairlearn"]\n[tool.vllm]\ndtype = "float32"\n[[a]]\nb = """\nopen\n',
  },
];

/** Large ones: linted as they are. */
export function large(): Sample[] {
  const png = repeat("iVBORw0KGgoAAAANSUhEUgAA", 125_000);
  return [
    {
      path: "three-megabytes.ipynb",
      text: notebook([
        {
          source: PYTHON,
          outputs: [{ output_type: "display_data", data: { "image/png": png }, metadata: {} }],
        },
        { source: SERVER },
      ]),
    },
    { path: "parentheses.py", text: `${ML}x = ${repeat("(", 20_000)}1${repeat(")", 20_000)}\n` },
    { path: "open-brackets.py", text: `${ML}model.fit(${repeat("[{(", 10_000)}` },
    {
      path: "nested-blocks.py",
      text: ML + Array.from({ length: 500 }, (_, i) => `${" ".repeat(i)}if x:\n`).join(""),
    },
    { path: "chain.py", text: `${ML}df${repeat(".groupby('sex').mean()", 5_000)}\n` },
    { path: "sum.py", text: `${ML}x = ${repeat("a + ", 20_000)}a\n` },
    {
      path: "aliases.py",
      text: ML + Array.from({ length: 3_000 }, (_, i) => `a${i + 1} = a${i}\n`).join(""),
    },
    { path: "long-line.py", text: `${ML}x = "${repeat("sex income age ", 40_000)}"\n` },
    { path: "spaces.py", text: `${ML}${repeat(" ", 300_000)}x = 1\n` },
    { path: "deep.json", text: `{"model_id": ${repeat('{"a":[', 40_000)}1` },
    { path: "deep.ipynb", text: `{"cells": ${repeat("[", 60_000)}` },
    { path: "deep-flow.yaml", text: `${SERVES}a: ${repeat("[", 40_000)}` },
    {
      path: "deep-block.yaml",
      text: SERVES + Array.from({ length: 1_500 }, (_, i) => `${" ".repeat(i)}a:\n`).join(""),
    },
    { path: "long-scalar.yaml", text: `${SERVES}args: >-\n${repeat("  --dtype float16 \n", 10_000)}` },
    {
      path: "many-keys.yaml",
      text: SERVES + Array.from({ length: 8_000 }, (_, i) => `key${i}: value\n`).join(""),
    },
    { path: "deep.pbtxt", text: `platform: "onnxruntime_onnx" ${repeat("a { ", 50_000)}` },
    { path: "quotes.sh", text: `vllm serve ${repeat(`"$(echo '`, 20_000)}` },
    { path: "continued.sh", text: `vllm serve a/b-7b ${repeat("\\\n  --x y ", 20_000)}` },
    { path: "Dockerfile", text: `FROM vllm/vllm-openai\nRUN ${repeat("x \\\n", 40_000)}` },
    { path: "backslashes.properties", text: `option.model_id=${repeat("\\", 100_000)}` },
    { path: "deep.toml", text: `model_id = ${repeat("[", 40_000)}` },
    { path: "long-key.toml", text: `[${repeat("a.", 20_000)}a]\nmodel_id = 1\n` },
    { path: "braces.tpl", text: SERVES + repeat("{{ if ", 30_000) },
    { path: "binary.py", text: ML + binary(60_000) },
    { path: "binary.yaml", text: SERVES + binary(60_000) },
    { path: "binary.ipynb", text: binary(60_000) },
    { path: "run", text: `#!/usr/bin/env bash\n${binary(60_000)}` },
  ];
}
