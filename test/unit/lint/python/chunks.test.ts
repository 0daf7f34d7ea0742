import { describe, expect, it } from "vitest";
import { chunkStarts } from "../../../../src/lint/python/chunks.ts";

/** The chunks of a text by their first lines. */
const heads = (text: string, long?: number) => {
  const starts = chunkStarts(text, long);
  return starts.map(
    (start, index) =>
      text
        .slice(start, starts[index + 1])
        .trimStart()
        .split("\n", 1)[0],
  );
};

describe("chunks of a program", () => {
  it("begin at statements of the module after a blank line, with the comments above them", () => {
    expect(heads("import a\nb = 1\n\n# about f\n# and more\ndef f():\n    x\n\n    y\n\nc = 1\n")).toEqual([
      "import a",
      "# about f",
      "c = 1",
    ]);
  });

  it("keep clauses, decorators, brackets, strings and continued lines with their statement", () => {
    for (const one of [
      "if a:\n    b\n\n# else\nelse:\n    c\n",
      "try:\n    a\n\nexcept E:\n    b\n\nfinally:\n    c\n",
      "@a\n\n@b\n\nclass C:\n    pass\n",
      "x = [\n\n1,\n\n2]\n",
      "x = '''\n\nimport b\n\n'''\n",
      'x = "\\"" + """\r\n\r\n\\"""\r\n\r\n"""\r\n',
      "x = 1 + \\\n\\\n\n2\n",
    ])
      expect(chunkStarts(one)).toEqual([0]);
    expect(heads("x = 'it # (\n\ny = 1  # ' (\n\nz = 2\n")).toEqual(["x = 'it # (", "y = 1  # ' (", "z = 2"]);
  });

  it("end what is left open at what can only be a statement", () => {
    expect(heads("p = model.predict(X\n\nq = 1\ndef f(a):\n    pass\n\nr = 2\n")).toEqual([
      "p = model.predict(X",
      "def f(a):",
      "r = 2",
    ]);
    expect(heads("p = model.predict(X\n\nfor i in x:\n    pass\n")).toHaveLength(1);
  });

  it("are not long where nothing is blank", () => {
    expect(chunkStarts("x = 1\n".repeat(100))).toEqual([0, 240, 480]);
    // Each statement for itself.
    expect(heads("a = 1\n@b\ndef f(:\n    [[[\nc = 2\nimport d\n", 0)).toEqual(["a = 1", "@b", "import d"]);
    expect(chunkStarts("")).toEqual([0]);
    expect(chunkStarts("\n\nimport a\n")).toEqual([0, 2]);
  });
});
