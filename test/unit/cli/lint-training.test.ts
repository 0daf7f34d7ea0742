import * as fs from "node:fs";
import * as path from "node:path";
import { Readable } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { lint } from "../../../src/cli/lint.ts";
import { measuredRun } from "../lint/rules/measured-run.ts";
import { commandFolder } from "./command-folder.ts";

const here = commandFolder();
const { write } = here;

describe("fairwatt lint of trainings", () => {
  const onStandardInput = (text: string) => {
    vi.spyOn(process, "stdin", "get").mockReturnValue(Readable.from([Buffer.from(text)]) as never);
    return ["-"];
  };

  it("gives the figure of the last measured run, also of standard input", async () => {
    const text =
      "from tensorflow import keras\n\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.fit(x, y, epochs=100, validation_split=0.2)\n";
    write("train.py", text);
    const { runner, sampler, marks } = measuredRun({ folder: here.cwd });
    const lines = (records: readonly object[]) =>
      records.map((record) => `${JSON.stringify(record)}\n`).join("");
    const run = ".fairwatt/runs/01JD5KQ0M0AAAAAAAAAAAAAAA1";
    write(`${run}/h.10.jsonl`, lines(runner));
    write(`${run}/h.11.jsonl`, lines(sampler));
    write(`${run}/marks.jsonl`, lines(marks));
    expect(await lint(["train.py"], { format: "json", cwd: here.cwd })).toBe(1);
    const [finding] = JSON.parse(here.out) as { code: string; why: string[] }[];
    expect(finding?.code).toBe("FW302");
    expect(finding?.why.join(" ")).toMatch(/early stopping at epoch 22 .* would have used 15\.0 Wh less/);
    here.clear();
    const options = { stdinFilename: "train.py", format: "json", cwd: here.cwd };
    expect(await lint(onStandardInput(text), options)).toBe(1);
    expect(JSON.parse(here.out)).toEqual([finding]);
  });

  it("fixes what is safe, from standard input to standard output", async () => {
    const text = "import torch\n\nnet.eval()\nfor x in data:\n    print(net(x))\n";
    const code = await lint(onStandardInput(text), {
      stdinFilename: "evaluate.py",
      fix: true,
      cwd: here.cwd,
    });
    expect(here.out).toBe(
      "import torch\n\nnet.eval()\nfor x in data:\n    with torch.no_grad():\n        print(net(x))\n",
    );
    expect(code).toBe(0);
    expect(here.err).toMatch(/1 fixed/);
  });

  it("reports standard input under the name it is given", async () => {
    const text = "import torch\n\nnet.eval()\nfor x in data:\n    print(net(x))\n";
    expect(
      await lint(onStandardInput(text), { stdinFilename: "src/evaluate.py", format: "json", cwd: here.cwd }),
    ).toBe(1);
    expect(JSON.parse(here.out)).toMatchObject([
      { file: "src/evaluate.py", code: "FW305", line: 5, severity: "warning" },
    ]);
  });

  it("fixes files in place, and a notebook keeps its outputs", async () => {
    const cell = (source: string) => ({
      cell_type: "code",
      execution_count: 2,
      metadata: {},
      outputs: [{ name: "stdout", output_type: "stream", text: ["kept\n"] }],
      source: source.split(/(?<=\n)/),
    });
    const notebook = {
      cells: [cell("import torch\nnet.eval()"), cell("%matplotlib inline\nout = net(images)")],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 4,
    };
    write("evaluate.ipynb", `${JSON.stringify(notebook, null, 1)}\n`);
    expect(await lint(["evaluate.ipynb"], { fix: true, cwd: here.cwd })).toBe(0);
    const fixed = JSON.parse(
      fs.readFileSync(path.join(here.cwd, "evaluate.ipynb"), "utf8"),
    ) as typeof notebook;
    expect(fixed.cells[1]?.source.join("")).toBe(
      "%matplotlib inline\nwith torch.no_grad():\n    out = net(images)",
    );
    expect(fixed.cells.map(({ outputs }) => outputs)).toEqual(notebook.cells.map(({ outputs }) => outputs));
  });
});
