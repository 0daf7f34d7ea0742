import { describe, expect, it } from "vitest";
import { fixText } from "../../../../src/cli/lint-fix.ts";
import { RunFold } from "../../../../src/energy/fold.ts";
import type { RunSummary } from "../../../../src/energy/run.ts";
import { createLinter } from "../../../../src/lint/engine.ts";
import type { ProjectEvidence } from "../../../../src/lint/project/evidence.ts";
import { NO_EVIDENCE } from "../../../../src/lint/project/touched-evidence.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";
import { measuredEvidence } from "../../../../src/report/measured-evidence.ts";
import { measuredRun } from "./measured-run.ts";

const linter = createLinter(await createReaders());

function summaryOf({ runner, sampler, marks } = measuredRun()): RunSummary {
  const fold = new RunFold();
  fold.push(runner[0]!, "h.10.jsonl");
  for (const record of sampler) fold.push(record, "h.11.jsonl");
  for (const record of marks) fold.push(record, "marks.jsonl");
  fold.push(runner[1]!, "h.10.jsonl");
  return fold.summary({ alive: false });
}

const evidenceOf = (run: RunSummary): ProjectEvidence => ({
  ...NO_EVIDENCE,
  ...measuredEvidence([run], (file) => file),
  measured: measuredEvidence([run], (file) => file).measured["train.py"],
});

const KERAS = (epochs: number) => `from tensorflow import keras

model = keras.Sequential([keras.layers.Dense(1)])
model.fit(x, y, epochs=${epochs}, validation_split=0.2)
`;

const lint = (text: string, options: Parameters<typeof linter.lint>[1] = {}) => {
  const result = linter.lint({ path: "train.py", text }, options);
  expect(result.failures).toEqual([]);
  return result.findings.filter(({ rule }) => rule.startsWith("FW3"));
};
const figure = (run: RunSummary) =>
  lint(KERAS(100), { evidence: evidenceOf(run) })[0]?.why.find((sentence) => /Wh/.test(sentence));

describe("the figure of the last measured run", () => {
  it("is the energy recorded behind the epoch at which early stopping would have ended it", () => {
    const said = figure(summaryOf());
    // 18 epochs of 10 s at 300 W are 15 Wh of 21.1 Wh; by the mean power of 190 W it would be 9.5 Wh.
    expect(said).toBe(
      "In the last measured run, val_loss was best at epoch 12; early stopping at epoch 22 (10 epochs without improvement) would have used 15.0 Wh less than its 21.1 Wh, by the energy recorded between its epoch marks.",
    );
  });

  it("says where only the mean power is known", () => {
    const run = summaryOf();
    const bare = { ...run, marks: run.marks.map(({ energy: _, ...mark }) => mark) };
    expect(figure(bare)).toMatch(/would have used 9\.\d+ Wh less .* by its mean power in those epochs\.$/);
  });

  it("goes by a score where there is no validation loss, and by the loss where there is neither", () => {
    const score = measuredRun({
      metrics: (epoch) => ({ loss: 1 / epoch, val_accuracy: epoch <= 5 ? epoch / 10 : 0.4 }),
    });
    expect(figure(summaryOf(score))).toMatch(/val_accuracy was best at epoch 5; early stopping at epoch 15 /);
    const loss = measuredRun({ metrics: (epoch) => ({ loss: epoch <= 20 ? 1 / epoch : 1 }) });
    expect(figure(summaryOf(loss))).toMatch(/ loss was best at epoch 20; early stopping at epoch 30 /);
  });

  it("reads what the hooks saw of a boosting, by the set that it stops by, also where fast rounds were told together", () => {
    const boosting = measuredRun({
      metrics: (round) => ({
        "validation_0-logloss": 1 / round,
        "validation_1-logloss": round <= 10 ? 1 / round : 1,
      }),
    });
    const seen = summaryOf({
      ...boosting,
      marks: boosting.marks
        .filter(({ type, ...mark }) => !("index" in mark) || mark.index! <= 10 || mark.index! % 4 === 0)
        .map((mark) => ({ ...mark, source: "xgboost" }) as typeof mark),
    });
    expect(figure(seen)).toMatch(/validation_1-logloss was best at epoch 10; early stopping at epoch 20 /);
  });

  it("is no figure of the curves of several trainings", () => {
    const { marks, ...journals } = measuredRun();
    const twice = marks.map((mark) =>
      "index" in mark ? { ...mark, index: ((mark.index! - 1) % 20) + 1 } : mark,
    );
    expect(figure(summaryOf({ ...journals, marks: twice as typeof marks }))).toMatch(
      /^The last measured run/,
    );
  });

  it("is no saving where the curve still falls, or nothing was recorded", () => {
    const falls = measuredRun({ metrics: (epoch) => ({ val_loss: 1 / epoch }) });
    expect(figure(summaryOf(falls))).toBe("The last measured run of this file used 21.1 Wh in 6:41.");
    expect(figure(summaryOf(measuredRun({ metrics: () => ({}) })))).toMatch(
      /^The last measured run of this file used/,
    );
    expect(lint(KERAS(100))[0]?.why.join()).not.toMatch(/Wh/);
    expect(lint(KERAS(100), { evidence: NO_EVIDENCE })[0]?.why.join()).not.toMatch(/Wh/);
  });
});

describe("what is said by default", () => {
  const severities = (text: string, select?: string[]) =>
    lint(text, select ? { select } : {}).map(({ rule, severity }) => `${rule} ${severity}`);

  it("are trainings of 100 epochs or more with validation data; the rule's name asks for more", () => {
    expect(severities(KERAS(100))).toEqual(["FW302 warning"]);
    expect(severities(KERAS(99))).toEqual([]);
    expect(severities(KERAS(99), ["FW302"])).toEqual(["FW302 information"]);
    expect(severities(KERAS(99), ["DEFAULT"])).toEqual([]);
    expect(severities(KERAS(99), ["ALL"])).toContain("FW302 information");
    expect(severities(KERAS(29), ["FW302"])).toEqual([]);
    const blind = KERAS(500).replace(", validation_split=0.2", "");
    expect(severities(blind)).toEqual([]);
    expect(severities(blind, ["FW3"])).toContain("FW302 information");
  });

  it("is nothing in tests", () => {
    expect(linter.lint({ path: "tests/test_train.py", text: KERAS(100) }).findings).toEqual([]);
  });
});

describe("the safe fix of FW305", () => {
  const fixed = (text: string, path = "evaluate.py") =>
    fixText(linter, { path, text }, { select: ["FW305"] }, "safe");

  it("wraps what follows on its own, in as many rounds as it takes", () => {
    const text = `import torch

left.eval()
right.eval()
a = left(
    images,
)
b = right(images).softmax(1) + left(images)
print(a, b)
`;
    const { text: result, report } = fixed(text);
    expect(result).toBe(`import torch

left.eval()
right.eval()
with torch.no_grad():
    a = left(
        images,
    )
    b = right(images).softmax(1) + left(images)
print(a, b)
`);
    expect(report.findings).toEqual([]);
    expect(fixed(result).text).toBe(result);
  });

  it("goes on where a first round left a finding", () => {
    const text = "import torch\n\na.eval()\nb.eval()\nx = a(i)\ny = b(x) + a(i)\nz = b(y)\n";
    const { text: result, report } = fixed(text);
    expect(report.findings).toEqual([]);
    expect(linter.lint({ path: "a.py", text: result }, { select: ["FW305"] }).findings).toEqual([]);
    expect(result.match(/no_grad/g)!.length).toBeGreaterThan(1);
  });

  it("imports torch where only parts of it are imported, once", () => {
    const { text } = fixed(
      "from __future__ import annotations\nfrom torch import nn\n\nnet.eval()\nprint(net(x))\nother.eval()\nprint(other(x))\n",
    );
    expect(text.match(/^import torch$/gm)).toHaveLength(1);
    expect(text.indexOf("__future__")).toBeLessThan(text.indexOf("import torch"));
  });

  it("keeps line ends and tabs", () => {
    const { text } = fixed(
      "import torch\r\n\r\nnet.eval()\r\nfor x in data:\r\n\tout = net(x)\r\n\tprint(out)\r\n",
    );
    expect(text).toBe(
      "import torch\r\n\r\nnet.eval()\r\nfor x in data:\r\n\twith torch.no_grad():\r\n\t\tout = net(x)\r\n\tprint(out)\r\n",
    );
  });

  it.each([
    [
      "a function that returns what it computes",
      "import torch\n\n\ndef score(net, x):\n    net.eval()\n    out = net(x)\n    return out\n",
    ],
    [
      "a call of which nothing is known: it may want gradients",
      "import torch\nfrom attacks import pgd\n\nnet.eval()\nout = net(pgd(net, x))\nprint(out)\n",
    ],
    [
      "a program that trains through another file",
      "import torch\nfrom agents import agent\n\nnet.eval()\nout = net(x)\nagent.learn(out)\n",
    ],
    [
      "a file that goes backward",
      "import torch\n\n\ndef show(net, x):\n    net.eval()\n    print(net(x))\n\n\nloss.backward()\n",
    ],
    ["the head of a compound statement", "import torch\n\nnet.eval()\nif net(x).item() > 0:\n    print(1)\n"],
    ["a string over several lines", 'import torch\n\nnet.eval()\nout = net(x, """\n  as it is\n""")\n'],
    ["text that does not parse", "import torch\n\nnet.eval()\nout = net(x)\nprint((\n"],
  ])("is not applied to %s", (_, text) => {
    expect(fixed(text).text).toBe(text);
    expect(linter.lint({ path: "a.py", text }, { select: ["FW305"] }).findings).toHaveLength(1);
  });
});
