/** FW305: a model in evaluation mode is called while autograd records for a backward pass that never comes. */

import type { Finding, Fix } from "../finding.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { aliasOf, importing, simpleStatementAt, wrapped } from "./training/edits.ts";
import { blanked, type LogicalLine, logicalLinesOf } from "./training/logical-lines.ts";
import { usedInLastRun } from "./training/measured.ts";
import { unguardedEvaluations } from "./training/unguarded-evaluation.ts";

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  return unguardedEvaluations(facts).map(({ eval: evaluation, calls }) => {
    const call = calls[0]!;
    const name = facts.text.slice(call.calleeRange.start, call.calleeRange.end);
    const used = usedInLastRun(evidence);
    return findingOf(missingNoGradInEval, {
      range: call.calleeRange,
      message: `${name} is in evaluation mode, and autograd still records its operations: nothing here goes backward.`,
      why: [
        "eval() changes layers such as dropout; it does not stop autograd from keeping every activation.",
        "No no_grad or inference_mode is around the call, on its function, or around the function's callers in this file.",
        ...(used === undefined ? [] : [used]),
      ],
      silencedBy: missingNoGradInEval.docs.silencedBy,
      related: [
        { message: "put into evaluation mode here", range: evaluation.calleeRange },
        ...calls.slice(1, 5).map(({ calleeRange }) => ({ message: `also: ${name}`, range: calleeRange })),
      ],
      fixes: fixesFor(facts, calls),
    });
  });
}

/** Wraps the statements of the calls: names bound in a with block stay bound behind it. */
function fixesFor(facts: PythonFacts, calls: readonly Call[]): Fix[] {
  const statements = calls.map(({ range }) => simpleStatementAt(facts, range));
  if (statements[0] === undefined || statements.some((each) => each && /\b(?:yield|await)\b/.test(each.code)))
    return [];
  const torch = aliasOf(facts, "torch");
  const imported = torch === undefined ? importing(facts, "import torch") : undefined;
  if (torch === undefined && imported === undefined) return [];
  const head = `with ${torch ?? "torch"}.no_grad()`;
  const groups = neighbours(
    facts,
    statements.filter((each) => each !== undefined),
  );
  const edits = groups.map((group) => wrapped(facts, group, head));
  if (edits.some((each) => each === undefined)) return [];
  return [
    {
      title: "Call it under torch.no_grad()",
      safety: calls.every((call, index) => {
        const statement = statements[index];
        return statement === undefined || staysHere(facts, call, statement);
      })
        ? "safe"
        : "unsafe",
      edits: [...(imported === undefined ? [] : [imported]), ...edits.flatMap((each) => each ?? [])],
    },
  ];
}

/** Statements that follow one another at the same indent, together. */
function neighbours(facts: PythonFacts, statements: readonly LogicalLine[]): LogicalLine[][] {
  const lines = logicalLinesOf(facts);
  const groups: LogicalLine[][] = [];
  for (const statement of new Set(statements)) {
    const last = groups.at(-1)?.at(-1);
    const follows = last !== undefined && lines.indexOf(statement) === lines.indexOf(last) + 1;
    if (follows && last.indent === statement.indent) groups.at(-1)!.push(statement);
    else groups.push([statement]);
  }
  return groups;
}

/** Calls that may go backward in another file, or belong to a program that does. */
const TRAINS =
  /^(?:backward|manual_backward|step|zero_grad|learn|fit\w*|train\w*|optimi[sz]e\w*|minimize|attack|perturb|attribute|explain)$/;
const HARMLESS_CALLEE =
  /^(?:print|len|float|int|str|bool|list|tuple|dict|set|zip|enumerate|range|sum|max|min|abs|round|sorted|torch\.|torchvision\.|transformers\.|timm\.|numpy\.|math\.|PIL\.|pandas\.|time\.|sklearn\.metrics\.)/;
/** Methods of tensors, lists and strings. */
const HARMLESS_METHODS =
  /^(?:to|cuda|cpu|float|double|half|long|int|bool|type|type_as|item|tolist|numpy|detach|clone|arg(?:max|min|sort)|max|min|sum|mean|std|abs|exp|log|softmax|log_softmax|sigmoid|relu|squeeze|unsqueeze|view|view_as|reshape|permute|transpose|flatten|contiguous|repeat|expand|size|dim|topk|sort|eq|ne|gt|lt|ge|le|round|clamp|gather|append|extend|add|format|join|items|keys|values|get|split|strip)$/;

/**
 * The output cannot reach a backward pass: nothing trains in the file, its function hands nothing out, and the
 * statement calls nothing else that might want gradients.
 */
function staysHere(facts: PythonFacts, call: Call, statement: LogicalLine): boolean {
  if (facts.broken || facts.calls.some(({ method }) => TRAINS.test(method))) return false;
  const models = facts.calls.flatMap(({ method, receiver, targets }) =>
    method === "eval" ? [receiver?.name, ...targets] : [],
  );
  const others = facts.calls.filter(
    ({ range, calleeRange }) =>
      range.start >= statement.start &&
      range.end <= statement.end &&
      !models.includes(facts.text.slice(calleeRange.start, calleeRange.end)),
  );
  if (!others.every(({ callee, method }) => HARMLESS_CALLEE.test(callee) || HARMLESS_METHODS.test(method)))
    return false;
  if (facts.definitions.some(({ bases }) => bases.some((base) => /Function$|LightningModule$/.test(base))))
    return false;
  if (call.inFunction === undefined) return true;
  const name = call.inFunction.slice(call.inFunction.lastIndexOf(".") + 1);
  const definitions = facts.definitions.filter((each) => each.kind === "function" && each.name === name);
  const around = definitions.find(
    ({ range }) => range.start <= call.range.start && call.range.end <= range.end,
  );
  const method = call.inFunction.includes(".");
  if (around === undefined || method) return false;
  const code = blanked(facts.text.slice(around.range.start, around.range.end));
  return !/\breturn[ \t]+(?!None\b)[^\s#]|\byield\b|\bglobal\b|\bnonlocal\b|\bself\./.test(code);
}

export const missingNoGradInEval: Rule = {
  code: "FW305",
  name: "missing-no-grad-in-eval",
  default: true,
  severity: "warning",
  fix: "safe",
  appliesTo: ["python"],
  docs: {
    what: "A PyTorch model is put into evaluation mode and then called while autograd records its operations.",
    why: "Autograd keeps every intermediate result for a backward pass that never comes: memory that larger batches could use, and work to record it. How much time and energy that is depends on the model; memory is where it shows first.",
    silencedBy: [
      "`torch.no_grad()`, `torch.inference_mode()` or `torch.set_grad_enabled(False)`: around the call, as a decorator, or around the callers in this file.",
      "Gradients that are wanted or already off: `requires_grad`, `autograd.grad`, hooks, attribution and attack libraries.",
      "A framework that does it: Lightning, fastai, the Trainer of transformers.",
    ],
    fixSafety:
      "Wrapping the statement leaves every value as it is; only gradients through them are gone. It is safe where nothing in the file goes backward and the output stays in its function or module; it is offered one by one where the function returns what it computes, since a caller elsewhere might go backward through it, and where the statement calls functions that are not known. A model whose forward pass computes gradients by itself needs `torch.enable_grad()` in it.",
    references: [
      "PyTorch documentation, Autograd mechanics: locally disabling gradient computation; evaluation mode (2026)",
    ],
  },
  examples: {
    bad: [
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
    ],
    good: [
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
    ],
  },
  check,
};
