/** What notebooks write and run besides their Python. */

import { describe, expect, it } from "vitest";
import { createLinter } from "../../../../src/lint/engine.ts";
import { writtenFiles } from "../../../../src/lint/notebook/written-files.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";

function notebook(...cells: string[]): string {
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: { kernelspec: { language: "python", name: "python3" } },
    cells: cells.map((source, i) => ({
      cell_type: "code",
      id: `c${i}`,
      metadata: {},
      outputs: [],
      execution_count: null,
      source,
    })),
  });
}

async function findings(...cells: string[]): Promise<[string, string][]> {
  const linter = createLinter(await createReaders());
  const { findings, failures } = linter.lint({ path: "nb/deploy.ipynb", text: notebook(...cells) });
  expect(failures).toEqual([]);
  const program = cells.join("\n");
  return findings
    .filter(({ rule }) => /^FW(?:101|2)/.test(rule))
    .map(({ rule, range }) => [rule, program.slice(range.start, range.end)]);
}

describe("files that a notebook writes", () => {
  it("are named, with the place of their text", () => {
    const [file] = writtenFiles("%%writefile code/serving.properties\noption.model_id=a/b\n", 10);
    expect(file).toEqual({ path: "code/serving.properties", text: "option.model_id=a/b\n", start: 46 });
    expect(writtenFiles("%%writefile requirements.txt\nvllm\n", 0)).toEqual([]);
    expect(writtenFiles("print(1)", 0)).toEqual([]);
  });

  it("are read as the files that they are", async () => {
    expect(
      await findings(
        "import sagemaker",
        "%%writefile code/serving.properties\nengine=Python\noption.model_id=tiiuae/falcon-7b\noption.tensor_parallel_degree=1\n",
      ),
    ).toEqual([["FW201", "tiiuae/falcon-7b"]]);
  });

  it("say nothing where the notebook quantizes", async () => {
    expect(
      await findings(
        "import sagemaker\nenvironment = {'QUANTIZE': 'fp8'}",
        "%%writefile serving.properties\noption.model_id=tiiuae/falcon-7b\n",
      ),
    ).toEqual([]);
  });

  it("leave an export alone that another file goes on to lower", async () => {
    const exporter =
      '%%writefile export.py\nimport torch\nfrom transformers import BertModel\n\nmodel = BertModel.from_pretrained("bert-base-uncased")\ntorch.onnx.export(model, (torch.ones(1, 8),), "model.onnx")\n';
    const build = "%%writefile build.sh\ntrtexec --onnx=model.onnx --saveEngine=model.plan";
    expect(await findings(exporter)).toEqual([["FW204", "torch.onnx.export"]]);
    expect(await findings(exporter, `${build} --fp16\n`)).toEqual([]);
  });

  it("hold the training that the notebook starts elsewhere", async () => {
    const train =
      '%%writefile src/train.py\nimport pandas as pd\nfrom sklearn.linear_model import LogisticRegression\n\nframe = pd.read_csv("loans.csv")\nX = frame[["age", "sex", "income"]]\ny = frame["loan_status"]\nmodel = LogisticRegression()\nmodel.fit(X, y)\n';
    expect(await findings("from azure.ai.ml import command", train)).toEqual([["FW101", "model.fit"]]);
    expect(await findings("import mlflow\nfrom fairlearn.metrics import MetricFrame", train)).toEqual([]);
  });
});

describe("commands of a notebook", () => {
  it("start servers like those of a script", async () => {
    expect(await findings("!vllm serve meta-llama/Llama-3.1-8B-Instruct \\\n    --port 8000")).toEqual([
      ["FW201", "meta-llama/Llama-3.1-8B-Instruct"],
    ]);
    expect(await findings("%%bash\nvllm serve Qwen/Qwen2.5-7B-Instruct --port 8000 &\n")).toEqual([
      ["FW201", "Qwen/Qwen2.5-7B-Instruct"],
    ]);
    // The notebook's name is put in.
    expect(await findings('model = "Qwen/Qwen2.5-7B-Instruct"', "!nohup vllm serve {model} &")).toEqual([
      ["FW201", "{model}"],
    ]);
    expect(await findings('model = "Qwen/Qwen2.5-7B-Instruct-AWQ"', "!vllm serve {model}")).toEqual([]);
    // Pasted as it is typed into a terminal; a text that only shows it starts nothing.
    const pasted =
      "model=meta-llama/Llama-3.1-8B-Instruct\ndocker run --gpus all ghcr.io/huggingface/text-generation-inference:2.0 --model-id $model";
    expect(await findings(pasted)).toEqual([["FW201", "$model"]]);
    expect(await findings(`print("""\n${pasted}\n""")`)).toEqual([]);
    expect(await findings("!vllm serve Qwen/Qwen2.5-7B-Instruct-AWQ", "!pip install vllm")).toEqual([]);
  });
});
