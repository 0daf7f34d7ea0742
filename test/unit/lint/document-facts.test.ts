import { describe, expect, it } from "vitest";
import { isDocumentRead, readDocument } from "../../../src/lint/project/document-facts.ts";
import { isAbout, ProjectIndex } from "../../../src/lint/project/project-index.ts";

describe("readDocument", () => {
  it.each([
    [
      "README.md",
      "# Credit risk\n\n## Installation\nrun it\n\n## Model details\nA forest.\n",
      { kind: "other", says: ["model"], empty: [] },
    ],
    [
      "README.md",
      "---\nlicense: mit\nlibrary_name: transformers\nco2_eq_emissions: 12\n---\n\n# Reviews\n",
      { kind: "model card", says: ["energy", "licence"], empty: [] },
    ],
    [
      "docs/MODEL_CARD.md",
      "# Card\n\n## Intended Use\n\n[More Information Needed]\n\n## Bias, Risks, and Limitations\n\n- Only for English.\n",
      { kind: "model card", says: ["limitations"], empty: ["intended use"] },
    ],
    [
      "model_card.rst",
      "Model card\n==========\n\nIntended use\n------------\n\nTriage only.\n\nResults by group\n----------------\n\nTODO\n",
      { kind: "model card", says: ["model", "intended use"], empty: ["results by group"] },
    ],
    ["data/README.md", "# Data\nFrom the survey of 2019.\n", { kind: "other", says: ["data"], empty: [] }],
    [
      "DATASHEET.md",
      "# Datasheet\n\n## Composition\n\nNot filled in.\n",
      { kind: "datasheet", says: [], empty: ["data"] },
    ],
    [
      "README.md",
      "# App\r\n\r\n**Human oversight**\r\n\r\nA clerk reviews each refusal.\r\n",
      { kind: "other", says: ["human oversight"], empty: [] },
    ],
  ])("%s: %j", (file, text, expected) => expect(readDocument(file, text)).toEqual({ file, ...expected }));

  it.each([
    ["README.md", "# Tool\n\n## Usage\n\n```sh\n# model card\nrun\n```\n\n## License\nMIT\n"],
    ["README.md", "---\nsdk: gradio\nlicense: mit\n---\n# Demo\n"],
    ["README.md", ""],
  ])("says nothing of %s: %j", (file, text) => expect(readDocument(file, text)).toBeUndefined());

  it("ends soon on text without an end", () => {
    const began = performance.now();
    readDocument("README.md", `# Intended use\n${"- . _ * ".repeat(30_000)}`);
    readDocument("README.md", `---\n${"a: - - - -\n".repeat(20_000)}`);
    readDocument("README.md", `# Model\n\n${"todo ".repeat(40_000)}x`);
    readDocument("README.md", `# Model\n\n## Limits\n\n${"- TODO a\n".repeat(20_000)}they are known`);
    readDocument("README.md", `# Model\n\n${"<!--".repeat(50_000)}`);
    readDocument("README.md", "# Model\n## Data\n".repeat(12_000));
    expect(performance.now() - began).toBeLessThan(1_000);
  });
});

it.each([
  ["README.md", true],
  ["docs/credit_model_card.md", true],
  ["data/DATASHEET", true],
  ["CHANGELOG.md", false],
  ["model.py", false],
])("%s is read: %s", (path, expected) => expect(isDocumentRead(path)).toBe(expected));

it.each([
  ["README.md", "a/b/train.py", true],
  ["a/README.md", "a/b/train.py", true],
  ["a/c/MODEL_CARD.md", "a/b/train.py", true],
  ["a/docs/model_cards/x.md", "a/b/c/train.py", true],
  ["x/README.md", "a/b/train.py", false],
  ["x/docs/card.md", "a/b/train.py", false],
])("%s is about %s: %s", (document, file, expected) => expect(isAbout(document, file)).toBe(expected));

it("keeps what documents say until they change or go", () => {
  const index = new ProjectIndex();
  expect(index.addDocument("MODEL_CARD.md", "# Model card\n\n## Intended use\n\nTriage.\n")).toBe(true);
  expect(index.evidenceFor("train.py").documentation).toEqual([
    { file: "MODEL_CARD.md", kind: "model card", says: ["model", "intended use"], empty: [] },
  ]);
  expect(index.addDocument("MODEL_CARD.md", "# Model card\n\n## Intended use\n\nTriage.\n")).toBe(false);
  expect(index.addDocument("MODEL_CARD.md", "# Model card\n")).toBe(true);
  expect(index.evidenceFor("train.py").documentation[0]?.says).toEqual([]);
  index.removeDocument("MODEL_CARD.md");
  expect(index.evidenceFor("train.py").documentation).toEqual([]);
});
