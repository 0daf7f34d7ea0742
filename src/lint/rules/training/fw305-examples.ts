/** Models in evaluation mode that are called while autograd records, and those that are not, or whose gradients are wanted. */

import type { RuleExample } from "../../rule.ts";

export const BAD: RuleExample[] = [
  {
    file: "evaluate.py",
    text: `import torch
from torchvision.models import resnet50

model = resnet50()
model.eval()
for batch, labels in loader:
    output = model(batch)
    print((output.argmax(1) == labels).sum())
`,
    findings: ["model"],
  },
  {
    file: "returns.py",
    text: `import torch.nn as nn


def evaluate(net, loader):
    net.eval()
    total = 0
    for x, y in loader:
        scores = net(
            x,
        )
        total += (scores.argmax(1) == y).sum().item()
    return total
`,
    findings: ["net"],
  },
  {
    file: "two_calls.py",
    text: `import torch as th

model = Net().to("cuda").eval()
first = model(left)
second = model(right)
print(first, second)
`,
    findings: ["model"],
  },
  {
    file: "predict.py",
    text: `import torch
from cog import BasePredictor, Input, Path
from torchvision import models


class Predictor(BasePredictor):
    def setup(self):
        model = models.resnet50()
        model.eval()
        self.model = model

    def predict(self, image: Path) -> list:
        scores = self.model(prepare(image))
        return scores.tolist()
`,
    findings: ["self.model"],
  },
  {
    file: "notebook.ipynb",
    text: JSON.stringify({
      cells: [
        {
          cell_type: "code",
          execution_count: 1,
          id: "a",
          metadata: {},
          outputs: [],
          source: ["import torch\n", "net = build()\n", "net.eval()"],
        },
        {
          cell_type: "code",
          execution_count: 2,
          id: "b",
          metadata: {},
          outputs: [{ name: "stdout", output_type: "stream", text: ["0.9\n"] }],
          source: ["%time\n", "out = net(images)\n", "print(out)"],
        },
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    }),
    findings: ["net"],
  },
];

export const GOOD: RuleExample[] = [
  {
    file: "guarded.py",
    text: "import torch\n\nmodel.eval()\nwith torch.inference_mode():\n    for batch in loader:\n        print(model(batch))\n",
    findings: [],
  },
  {
    file: "decorated.py",
    text: "from torch import no_grad, nn\n\n\n@no_grad()\ndef evaluate(model, loader):\n    model.eval()\n    for batch in loader:\n        print(model(batch))\n",
    findings: [],
  },
  {
    file: "caller.py",
    text: "import torch\n\n\ndef validate(model, loader):\n    model.eval()\n    return [model(batch) for batch in loader]\n\n\nwith torch.no_grad():\n    validate(net, loader)\n",
    findings: [],
  },
  {
    file: "off.py",
    text: "import torch\n\ntorch.set_grad_enabled(False)\nmodel.eval()\nprint(model(batch))\n",
    findings: [],
  },
  {
    file: "saliency.py",
    text: "import torch\n\nmodel.eval()\nimage.requires_grad_()\nscore = model(image)[0, 3]\nscore.backward()\nprint(image.grad.abs().max())\n",
    findings: [],
  },
  {
    file: "back_to_training.py",
    text: "import torch\n\nmodel.eval()\nmodel.train()\noutput = model(batch)\n",
    findings: [],
  },
  {
    file: "wanted_elsewhere.py",
    text: `import torch


class Explained:
    def load(self):
        self.model.eval()

    def output(self, x):
        return self.model(x)
`,
    findings: [],
  },
  {
    file: "perhaps.py",
    text: "import torch\n\nctx = torch.no_grad() if frozen else torch.enable_grad()\nmodel.eval()\nwith ctx:\n    print(model(batch))\n",
    findings: [],
  },
  {
    file: "branches.py",
    text: "import torch\n\n\ndef run(model, x, kind):\n    if kind == 'torch':\n        model.eval()\n        with torch.no_grad():\n            out = model(x)\n    else:\n        out = model(x)\n    return out\n",
    findings: [],
  },
  {
    file: "frame.py",
    text: "import torch\nimport pandas as pd\n\ndf.eval('a = b + c')\nprint(df(1))\n",
    findings: [],
  },
  {
    file: "trainer.py",
    text: "import torch\nfrom transformers import Trainer\n\nmodel.eval()\ntrainer = Trainer(model=model)\nprint(trainer.evaluate())\n",
    findings: [],
  },
];
