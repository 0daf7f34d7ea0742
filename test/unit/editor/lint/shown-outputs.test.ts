import { describe, expect, it } from "vitest";
import { shownOutputs } from "../../../../src/editor/lint/shown-outputs.ts";
import { scanNotebook } from "../../../../src/lint/notebook/scan-notebook.ts";

const item = (mime: string, text: string) => ({ mime, data: new TextEncoder().encode(text) });

describe("shownOutputs", () => {
  it("gives the reader of notebooks the columns that a table or a listing shows", () => {
    const outputs = shownOutputs([
      { items: [item("text/html", '<table><thead><tr><th style="x">Gender</th><th>Age</th></tr></thead>')] },
      {
        items: [item("application/vnd.code.notebook.stdout", "root\n |-- race: string (nullable = true)\n")],
      },
    ]);
    const notebook = JSON.stringify({ cells: [{ cell_type: "code", source: "df.head()", outputs }] });
    expect(scanNotebook(notebook)?.cells[0]?.shows).toEqual(["Gender", "Age", "race"]);
  });

  it("gives nothing for pictures, long texts and texts without columns", () => {
    const long = `<thead><th>age</th></thead>${" ".repeat(200_000)}`;
    const items = [item("image/png", "<thead><th>age</th></thead>"), item("text/html", long)];
    expect(shownOutputs([{ items }, { items: [item("text/plain", "0.93")] }])).toEqual([]);
  });
});
