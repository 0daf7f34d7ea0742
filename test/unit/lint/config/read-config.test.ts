// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of shells and manifests are written so.
import { describe, expect, it } from "vitest";
import { readConfig } from "../../../../src/lint/config/read-config.ts";

function serving(path: string, text: string) {
  const facts = readConfig({ path, text });
  return (facts?.serving ?? []).map((fact) => ({
    system: fact.system,
    model: fact.model?.id,
    at: fact.model && text.slice(fact.model.range.start, fact.model.range.end).replace(/^["']|["']$/g, ""),
    settings: Object.fromEntries([...fact.settings].map(([name, { value }]) => [name, value])),
    accelerator: fact.accelerator && { kind: fact.accelerator.kind, count: fact.accelerator.count },
    fact,
  }));
}
const pod = (container: string) =>
  `apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n${container.replace(/^/gm, "        ")}\n`;

describe("launches in shell", () => {
  it.each([
    [
      "continuations and quotes",
      'python3 -m vllm.entrypoints.openai.api_server \\\n  --model="org/m-7b" \\\n  --dtype=half\n',
      "org/m-7b",
    ],
    ["a literal variable", 'MODEL=org/m-7b\nvllm serve "$MODEL" --port 80\n', "$MODEL"],
    ["a default", "vllm serve ${MODEL:-org/m-7b}\n", "${MODEL:-org/m-7b}"],
    [
      "an array",
      'ARGS=(\n  --model org/m-7b # the model\n)\npython -m vllm.entrypoints.api_server "${ARGS[@]}"\n',
      "org/m-7b",
    ],
    ["wrappers", "CUDA_VISIBLE_DEVICES=0 nohup vllm serve org/m-7b > log 2>&1 &\n", "org/m-7b"],
    ["bash -c", "bash -c 'vllm serve org/m-7b'\n", "org/m-7b"],
    [
      "a container",
      "docker run --gpus all -v a:b -e HF_TOKEN=$T -p 80:80 vllm/vllm-openai:v0.9 --model org/m-7b\n",
      "org/m-7b",
    ],
  ])("%s", (_, text, at) => {
    expect(serving("run.sh", text)).toMatchObject([{ system: "vllm", model: "org/m-7b", at }]);
  });

  it("PowerShell and cmd continue lines in their own way", () => {
    expect(serving("run.ps1", "docker run `\n  vllm/vllm-openai `\n  --model org/m-7b\n")).toMatchObject([
      { model: "org/m-7b" },
    ]);
    expect(serving("run.bat", "vllm serve org/m-7b ^\n  --dtype half\n")).toMatchObject([
      { settings: { dtype: "half" } },
    ]);
  });

  it("a folder that says nothing has the name that clients use, where that is a checkpoint's", () => {
    const launch = (folder: string, name: string) =>
      serving("run.sh", `vllm serve ${folder} --served-model-name ${name}\n`)[0]?.model;
    expect(launch("/workspace/llama", "org/Llama-3.1-8B")).toBe("org/Llama-3.1-8B");
    expect(launch("/workspace/llama-8b-awq", "org/Llama-3.1-8B")).toBe("/workspace/llama-8b-awq");
    expect(launch("/workspace/llama", "chat")).toBe("/workspace/llama");
  });

  it("a manifest that the script writes to the cluster", () => {
    const text =
      "kubectl apply -f - <<EOF\nkind: Pod\nspec:\n  containers:\n  - image: vllm/vllm-openai\n    args: [--model, org/m-7b]\nEOF\n";
    expect(serving("apply.sh", text)).toMatchObject([{ model: "org/m-7b", at: "org/m-7b" }]);
  });

  it("says nothing of unknown variables and of clients", () => {
    expect(serving("run.sh", 'vllm serve "$1"\n')[0]?.model).toBeUndefined();
    expect(
      serving("run.sh", 'python bench.py --model org/m-7b\ncurl -d \'{"model": "org/m-7b"}\' localhost\n'),
    ).toEqual([]);
    expect(serving("run.sh", "# vllm serve org/m-7b\n")).toEqual([]);
  });
});

describe("launches in manifests", () => {
  it.each([
    [
      "arguments in a list",
      "- image: vllm/vllm-openai:v1\n  args:\n  - --model\n  - org/m-7b\n  - --quantization=fp8",
    ],
    [
      "one string per switch",
      "- image: vllm/vllm-openai:v1\n  args: ['--model org/m-7b', '--quantization fp8']",
    ],
    [
      "a shell",
      '- image: vllm/vllm-openai:v1\n  command: ["/bin/sh", "-c"]\n  args:\n  - |\n    exec vllm serve org/m-7b \\\n      --quantization fp8',
    ],
    [
      "its environment",
      "- image: vllm/vllm-openai:v1\n  args: ['--model=$(MODEL_ID)', --quantization, fp8]\n  env:\n  - name: MODEL_ID\n    value: org/m-7b",
    ],
  ])("Kubernetes: %s", (_, container) => {
    const [found] = serving("pod.yaml", pod(container));
    expect(found).toMatchObject({ system: "vllm", model: "org/m-7b", settings: { quantization: "fp8" } });
  });

  it("compose: commands as text, devices, defaults of variables", () => {
    const text = [
      "services:",
      "  llm:",
      "    image: ghcr.io/huggingface/text-generation-inference:3",
      "    environment:",
      "      - MODEL_ID=${MODEL_ID:-org/m-7b}",
      "      - QUANTIZE=awq",
      "    deploy:",
      "      resources:",
      "        reservations:",
      "          devices:",
      "            - driver: nvidia",
      "              count: 2",
      "",
    ].join("\n");
    expect(serving("docker-compose.yml", text)).toMatchObject([
      { system: "tgi", model: "org/m-7b", settings: { QUANTIZE: "awq" }, accelerator: { count: 2 } },
    ]);
  });

  it("YAML in strings: serveConfigV2 and ConfigMaps, with places in the file", () => {
    const ray =
      "kind: RayService\nspec:\n  serveConfigV2: |\n    applications:\n      - import_path: serve:app\n        runtime_env:\n          env_vars:\n            MODEL_ID: org/m-7b\n";
    expect(serving("ray.yaml", ray)).toMatchObject([
      { system: "program" },
      { system: "ray", model: "org/m-7b", at: "org/m-7b" },
    ]);
    const map = "kind: ConfigMap\ndata:\n  vllm.yaml: |\n    model: org/m-7b\n    max-model-len: 4096\n";
    expect(serving("map.yaml", map)).toMatchObject([{ system: "vllm", model: "org/m-7b", at: "org/m-7b" }]);
  });

  it("Helm templates: literal parts are read, expressions are unknown", () => {
    const text = pod(
      '{{- if .Values.on }}\n- image: "vllm/vllm-openai:{{ .Values.tag }}"\n  args: [--model, org/m-7b, --dtype, {{ .Values.dtype }}]\n{{- end }}',
    );
    expect(serving("templates/deployment.yaml", text)).toMatchObject([{ model: "org/m-7b", at: "org/m-7b" }]);
    expect(
      serving("a.yaml", pod("- image: vllm/vllm-openai\n  args: [--model, {{ .Values.model }}]"))[0]?.model,
    ).toBeUndefined();
  });

  it("several documents, anchors and merge keys", () => {
    const text =
      "x: &args [--model, org/m-7b]\n---\nkind: Pod\nbase: &b\n  image: vllm/vllm-openai\nspec:\n  containers:\n  - <<: *b\n    args: [--model, org/m-7b]\n";
    expect(serving("pod.yaml", text).map(({ model }) => model)).toContain("org/m-7b");
  });

  it("commands that stand beside the image they run in are one launch with it", () => {
    const text =
      "image: vllm/vllm-openai:latest\nenv:\n  - MODEL=org/m-7b\ncommands:\n  - python -m vllm.entrypoints.openai.api_server --model $MODEL\n";
    expect(serving("vllm.dstack.yml", text)).toMatchObject([{ system: "vllm", model: "org/m-7b" }]);
    const edit = readConfig({ path: "vllm.dstack.yml", text })?.serving[0]?.insertSetting?.(
      "quantization",
      "fp8",
    );
    expect(edit).toEqual({
      range: { start: text.length - 1, end: text.length - 1 },
      newText: " --quantization fp8",
    });
  });

  it("an image that is built here is vLLM's by its switches", () => {
    const text =
      "services:\n  llm:\n    build: .\n    environment: [A=b]\n    command: --model /models/${MODEL:-Qwen2.5-7B-Instruct} --max-model-len 4096\n";
    expect(serving("docker-compose.yml", text)).toMatchObject([
      { system: "vllm", model: "/models/Qwen2.5-7B-Instruct" },
    ]);
  });

  it("models of a chart's list are served by the image beside it", () => {
    const text =
      "models:\n  - name: bigscience/bloomz-7b1\n    gpu: a100\nimage:\n  repository: ghcr.io/huggingface/text-generation-inference\n";
    expect(serving("values.yaml", text).map(({ model }) => model)).toContain("bigscience/bloomz-7b1");
    expect(serving("values.yaml", text.replace("text-generation-inference", "chat-ui"))).toEqual([]);
  });

  it("templates name no model", () => {
    const text =
      "kind: ClusterServingRuntime\nspec:\n  containers:\n  - image: vllm/vllm-openai\n    args: [--model, /mnt/models]\n";
    expect(readConfig({ path: "r.yaml", text })).toMatchObject({ isTemplate: true, serving: [] });
  });
});

describe("files of their own", () => {
  it.each([
    ["Dockerfile", 'FROM vllm/vllm-openai:v1\nENV A=b \\\n    C=d\nCMD ["--model", "org/m-7b"]\n', "vllm"],
    ["Dockerfile", "FROM python:3.11\nARG M=org/m-7b\nENV MODEL=$M\nCMD vllm serve $MODEL\n", "vllm"],
    [
      "Dockerfile",
      'FROM org/base\nENTRYPOINT ["/bin/entrypoint.sh"]\nCMD ["python", "-m", "vllm.entrypoints.api_server", "--model=org/m-7b"]\n',
      "vllm",
    ],
    [
      "pod.yaml",
      pod("- command: [bash, -lc, --]\n  args:\n  - >\n    sleep 2 &&\n\n    vllm serve org/m-7b"),
      "vllm",
    ],
    ["serving.properties", "engine=Python\noption.model_id=org/m-7b\noption.dtype=fp16\n", "djl"],
    ["model.json", '{ // Triton\n "model": "org/m-7b",\n "gpu_memory_utilization": 0.9,\n}\n', "vllm"],
    [
      "config.pbtxt",
      'backend: "vllm"\nparameters: { key: "model_id" value: { string_value: "org/m-7b" } }\n',
      "triton",
    ],
    [
      "pyproject.toml",
      '[tool.bentoml.build.args]\nmodel_id = "org/m-7b"\ncli_args = ["--max-model-len", "9"]\n',
      "bentovllm",
    ],
    ["Modelfile", 'FROM org/m-7b\nSYSTEM """\nFROM other\n"""\n', "ollama"],
    [
      "values.yaml",
      "servingEngineSpec:\n  modelSpec:\n  - name: a\n    modelURL: org/m-7b\n",
      "vllm-production-stack",
    ],
    [
      "model.yaml",
      "apiVersion: kubeai.org/v1\nkind: Model\nspec:\n  url: hf://org/m-7b\n  engine: VLLM\n",
      "kubeai",
    ],
    ["task.yaml", "run: |\n  python -m sglang.launch_server --model-path org/m-7b\n", "sglang"],
    ["m.yaml", "backend: vllm\nparameters:\n  model: org/m-7b\n", "localai"],
    ["endpoint.json", '{"Environment": {"HF_MODEL_ID": "org/m-7b"}}', "sagemaker"],
  ])("%s", (path, text, system) => {
    const [found] = serving(path, text);
    expect(found).toMatchObject({ system });
    expect(found?.model?.replace("hf://", "")).toBe("org/m-7b");
    expect(found?.at).toContain(
      "m-7b".length > 0 && path === "Dockerfile" && text.includes("$MODEL") ? "MODEL" : "org/m-7b",
    );
  });

  it("hardware: node selectors, limits, instance types", () => {
    const text = pod(
      "- image: vllm/vllm-openai\n  args: [--model, org/m-7b]\n  resources:\n    limits:\n      nvidia.com/gpu: '2'",
    ).replace(
      "    spec:\n      containers",
      "    spec:\n      nodeSelector:\n        cloud.google.com/gke-accelerator: nvidia-l4\n      containers",
    );
    expect(serving("pod.yaml", text)[0]?.accelerator).toEqual({ kind: "nvidia-l4", count: 2 });
  });

  it("switches that stand commented out", () => {
    const [found] = serving("vllm.yaml", "model: org/m-7b\nmax-model-len: 9\n# quantization: fp8\n");
    expect([...(found?.fact.commentedOut ?? [])].map(([name, { value }]) => [name, value])).toEqual([
      ["quantization", "fp8"],
    ]);
  });
});

describe("switches are added in the form used there", () => {
  it.each([
    [
      "run.sh",
      "vllm serve org/m-7b \\\n  --port 80\n",
      "vllm serve org/m-7b --quantization fp8 \\\n  --port 80\n",
    ],
    [
      "run.sh",
      "python -m vllm.entrypoints.api_server --model=org/m-7b\n",
      "python -m vllm.entrypoints.api_server --model=org/m-7b --quantization=fp8\n",
    ],
    [
      "a.yaml",
      "image: vllm/vllm-openai\nargs:\n  - --model\n  - org/m-7b\n  - --x\n",
      "image: vllm/vllm-openai\nargs:\n  - --model\n  - org/m-7b\n  - --quantization\n  - fp8\n  - --x\n",
    ],
    [
      "a.yaml",
      "image: vllm/vllm-openai\nargs: [--model=org/m-7b]\n",
      'image: vllm/vllm-openai\nargs: [--model=org/m-7b, "--quantization=fp8"]\n',
    ],
    [
      "vllm.yaml",
      "model: org/m-7b\nmax-model-len: 9\n",
      "model: org/m-7b\nquantization: fp8\nmax-model-len: 9\n",
    ],
    [
      "model.json",
      '{"model": "org/m-7b", "max_model_len": 9}',
      '{"model": "org/m-7b", "quantization": "fp8", "max_model_len": 9}',
    ],
  ])("%s: %j", (path, text, expected) => {
    const edit = serving(path, text)[0]?.fact.insertSetting?.("quantization", "fp8");
    expect(edit && text.slice(0, edit.range.start) + edit.newText + text.slice(edit.range.end)).toBe(
      expected,
    );
    expect(serving(path, expected)[0]?.settings).toMatchObject({ quantization: "fp8" });
  });
});

describe("hostile text", () => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x]\n${"bcdefghi"
    .split("")
    .map((key, i) => `${key}: &${key} [${Array(8).fill(`*${"abcdefghi"[i]}`).join(",")}]`)
    .join("\n")}\nvllm: *i\n`;
  const samples: [string, string][] = [
    ["bomb.yaml", bomb],
    ["deep.yaml", `vllm: ${"[".repeat(5000)}`],
    ["deep.json", `{"vllm": ${'{"a":'.repeat(5000)}`],
    ["deep.toml", `vllm = ${"[".repeat(3000)}`],
    ["deep.pbtxt", `backend: "vllm" ${"a { ".repeat(5000)}`],
    ["long.sh", `vllm serve ${"${A:-".repeat(2000)}\n`],
    ["quotes.sh", `vllm serve "${"\\".repeat(4001)}\n<<EOF\n`],
    ["Dockerfile", `FROM vllm/vllm-openai\nCMD ${"[".repeat(5000)}\n${"ENV \\\n".repeat(2000)}`],
    ["templates/x.yaml", `vllm: ${"{{ a }}".repeat(5000)}\n`],
    ["deep.tf", `vllm ${"a {".repeat(5000)} ${"[".repeat(5000)}`],
    ["long.hcl", `vllm = "${"${".repeat(3000)}\n<<EOF\n`],
    ["a.properties", `option.model_id=${"$".repeat(5000)}\n`],
    ["nul.yaml", "vllm: \u0000\n"],
    ["bom.yaml", "\uFEFFmodel: org/m-7b\r\nmax-model-len: 1\r\n"],
  ];
  it.each(samples)("%s ends, with places within the text", (path, text) => {
    // The processor's time: the clock's also counts what else the machine does.
    const started = process.cpuUsage();
    for (const fact of readConfig({ path, text })?.serving ?? []) {
      expect(fact.range.end).toBeLessThanOrEqual(text.length);
      if (fact.model) expect(fact.model.range.end).toBeLessThanOrEqual(text.length);
    }
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(2000);
  });

  it("any cut of a file is read", () => {
    const text = pod(
      '- image: vllm/vllm-openai:v1\n  command: ["/bin/sh", "-c"]\n  args:\n  - |\n    exec vllm serve org/m-7b \\\n      --quantization "fp8"',
    );
    for (let at = 0; at < text.length; at += 3)
      for (const fact of readConfig({ path: "pod.yaml", text: text.slice(0, at) })?.serving ?? [])
        expect(fact.range.end).toBeLessThanOrEqual(at);
  });
});
