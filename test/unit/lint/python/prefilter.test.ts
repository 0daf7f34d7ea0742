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
  ])("sees the import in %j", (text) => {
    expect(mentionsMachineLearning(text)).toBe(true);
  });

  it.each(["", "\uFEFF", "import os", "# we import torch later", "import torchlight", "reimport torch"])(
    "leaves %j alone",
    (text) => {
      expect(mentionsMachineLearning(text)).toBe(false);
    },
  );
});
