import { describe, expect, it } from "vitest";
import { mentionsMachineLearning } from "../../../../src/lint/python/prefilter.ts";

describe("the look before anything is parsed", () => {
  it.each([
    "import torch",
    "\uFEFFimport torch",
    "import os; import torch",
    "try: import torch\nexcept ImportError: torch = None",
    "def load():\r\n\tfrom sklearn import svm",
    ">>> import xgboost as xgb",
    "import os, numpy as np, torch",
    "import numpy as np, pandas as pd\nfrom own import Trees\nTrees(3).fit(rows)",
    "import pandas as pd\ntheta -= np.dot(rows.T, error)",
  ])("sees the import in %j", (text) => {
    expect(mentionsMachineLearning(text)).toBe(true);
  });

  it.each(["", "\uFEFF", "import os", "# we import torch later", "import torchlight", "reimport torch"])(
    "leaves %j alone",
    (text) => {
      expect(mentionsMachineLearning(text)).toBe(false);
    },
  );

  it.each([
    'subprocess.run(["vllm", "serve", model])',
    "cmd = ['trtllm-serve', model]",
    'os.system("vllm serve org/model")',
    'image = "vllm/vllm-openai:latest"',
    'image = "ghcr.io/huggingface/text-generation-inference"',
    'env = {"OPTION_MODEL_ID": model}',
    'os.system("ollama run llama3")',
    'model = model_garden.OpenModel("google/gemma3")',
    'cursor.execute("CREATE OR REPLACE MODEL m")',
    "x, y = train_test_split(rows)",
  ])("sees the server or the training in %j", (text) => {
    expect(mentionsMachineLearning(text)).toBe(true);
  });

  it.each([
    "vllm = None",
    "CREATE TABLE model",
    "the ollama client",
    "DEFAULT_MODEL_IDS",
    "import pandas as pd\nprint(prices.dot(amounts))",
  ])("leaves the words in %j alone", (text) => {
    expect(mentionsMachineLearning(text)).toBe(false);
  });
});
