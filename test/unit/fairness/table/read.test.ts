import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CategoryColumn, NumberColumn } from "../../../../src/fairness/table/column.ts";
import { readDelimited } from "../../../../src/fairness/table/read-delimited.ts";
import { readJsonLines } from "../../../../src/fairness/table/read-json-lines.ts";
import type { ReadPlan } from "../../../../src/fairness/table/read-plan.ts";
import { readTable } from "../../../../src/fairness/table/read-table.node.ts";
import { TableError } from "../../../../src/fairness/table/table-error.ts";

const TABLES = fileURLToPath(new URL("../tables/", import.meta.url));
const PLAN: ReadPlan = {
  columns: new Map([
    ["y", "category"],
    ["sex", "category"],
    ["score", "number"],
  ]),
  others: "leave",
};
const only = (...names: string[]): ReadPlan => ({
  columns: new Map(names.map((name) => [name, "category"])),
  others: "leave",
});
const csv = (text: string, plan = PLAN, pieces = 1) => {
  const size = Math.ceil(text.length / pieces);
  const chunks = Array.from({ length: pieces }, (_, at) => text.slice(at * size, (at + 1) * size));
  return readDelimited(chunks, plan, { source: "t.csv" });
};
const problem = async (reading: Promise<unknown>) => {
  const error = await reading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(TableError);
  return error as TableError;
};
const texts = (column: unknown) => {
  const { codes, levels } = column as CategoryColumn;
  return [...codes].map((code) => levels[code] ?? null);
};

const namesOf = async (file: string) =>
  (await readTable(file, { columns: new Map(), others: "leave" }, { onlyStart: true })).names;

describe("CSV", () => {
  it("keeps the columns that are asked for, in typed arrays", async () => {
    const table = await csv("id,y,sex,score\n1,1,f,0.5\n2,0,,1e-1\n3,1,m,\n");
    expect([...table.columns.keys()]).toEqual(["y", "sex", "score"]);
    expect(table.rows).toBe(3);
    expect(texts(table.columns.get("sex"))).toEqual(["f", null, "m"]);
    expect([...(table.columns.get("score") as NumberColumn).values]).toEqual([0.5, 0.1, Number.NaN]);
    expect((table.columns.get("sex") as CategoryColumn).firstMissing).toBe(1);
  });

  it("reads quotes, CRLF, a byte order mark, other separators, however the text is cut", async () => {
    const text = '\uFEFFy;sex;score\r\n1;"a;b";0.5\r\n\r\n0;"say ""x""\r\nand more";1\r\n1;m;2';
    for (const pieces of [1, 2, 7, text.length]) {
      const table = await csv(text, PLAN, pieces);
      expect(texts(table.columns.get("sex"))).toEqual(["a;b", 'say "x"\r\nand more', "m"]);
      expect([table.placeOf(0), table.placeOf(1), table.placeOf(2)]).toEqual(["line 2", "line 4", "line 6"]);
    }
  });

  it("names the line of a broken row, also after a cell of several lines", async () => {
    const short = await problem(csv('y,sex,score\n1,"two\nlines",0.5\n0,f\n'));
    expect(short.message).toContain("t.csv, line 4: it has 2 cells, the first line names 3 columns");
    expect(short.place.line).toBe(4);
    const text = await problem(csv("y,sex,score\n1,f,0.5\n0,f,high\n"));
    expect(text.message).toBe('t.csv, line 3: score is "high", which is not a number');
    expect(text.place).toEqual({ line: 3, column: "score" });
    expect((await problem(csv("y,sex,score\n1,f,0,5\n"))).message).toContain("line 2: it has 4 cells");
    expect((await problem(csv('y,sex,score\n1,"f,0.5\n0,m,1\n'))).message).toContain("never closes");
    expect((await problem(csv('y,sex,score\n1,"f"x,0.5\n'))).message).toContain("line 2: text follows");
  });

  it("says what to do about a wrong, doubled or missing header", async () => {
    expect((await problem(csv("y,Sex,score\n1,f,1\n"))).message).toContain('no column "sex"; is it "Sex"?');
    expect((await problem(csv("y,sex,sex,score\n1,f,m,1\n"))).message).toContain("two columns are named");
    expect((await problem(csv("1,0,0.5\n1,1,0.25\n"))).message).toContain("its first line looks like data");
    expect((await problem(csv(""))).message).toContain("is empty");
    expect((await problem(csv("y,sex,score\n"))).message).toContain("has columns but no rows");
  });

  it("takes formulas, control characters and 10,000 groups as what they are: texts", async () => {
    const groups = Array.from({ length: 10_000 }, (_, at) => `=cmd|'/C calc'!A${at}`);
    const table = await csv(`g\n${groups.map((group) => `"${group}"`).join("\n")}\n`, only("g"));
    expect((table.columns.get("g") as CategoryColumn).levels).toEqual(groups);
  });

  it("stops when it is asked to", async () => {
    const signal = AbortSignal.abort();
    await expect(readDelimited(["y\n1\n"], only("y"), { source: "t", signal })).rejects.toThrow(/abort/i);
  });
});

describe("JSON lines", () => {
  const lines = (...rows: string[]) => readJsonLines([rows.join("\n")], PLAN, { source: "t.jsonl" });

  it("reads values of any kind and takes absent ones as missing", async () => {
    const table = await lines('{"y":1,"sex":"f","score":0.5}', "", '{"y":true,"score":null}');
    expect(texts(table.columns.get("y"))).toEqual(["1", "true"]);
    expect(texts(table.columns.get("sex"))).toEqual(["f", null]);
    expect(table.placeOf(1)).toBe("line 3");
  });

  it("names the line of what is no record", async () => {
    const first = '{"y":1,"sex":"f","score":0.5}';
    expect((await problem(lines(first, "{"))).message).toContain("line 2");
    expect((await problem(lines(first, "[1]"))).message).toContain("line 2: expected an object");
    expect((await problem(lines(first, '{"y":[1],"sex":"f","score":1}'))).message).toContain(
      "y holds a list",
    );
    expect((await problem(lines(first, '{"y":1,"sex":"f","score":"x"}'))).message).toContain(
      'score is "x", which is not a number',
    );
  });
});

describe("files", () => {
  let folder: string;
  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-table-"));
  });
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, content: string | Uint8Array) => {
    const file = path.join(folder, name);
    fs.writeFileSync(file, content);
    return file;
  };

  it.each(["small.snappy.parquet", "small.zstd.parquet", "small.lz4.feather", "small.plain.feather"])(
    "%s",
    async (name) => {
      const table = await readTable(path.join(TABLES, name), PLAN);
      expect(texts(table.columns.get("y"))).toEqual(["1", "0", "1", "0", "1"]);
      expect(texts(table.columns.get("sex"))).toEqual(["f", "m", null, "f", "m"]);
      expect([...(table.columns.get("score") as NumberColumn).values]).toEqual([0.9, 0.2, 0.4, 0.1, 0.8]);
      expect(await namesOf(path.join(TABLES, name))).toEqual(["y", "yhat", "score", "sex", "w"]);
    },
  );

  it.each(["long.lz4.feather", "long.zstd.feather"])("%s: several blocks, a dictionary", async (name) => {
    const table = await readTable(path.join(TABLES, name), only("y", "yhat", "sex"));
    const rows = Array.from({ length: 30_000 }, (_, row) => row);
    expect(texts(table.columns.get("y"))).toEqual(rows.map((row) => String(row % 2)));
    expect(texts(table.columns.get("yhat"))).toEqual(rows.map((row) => String(Math.floor(row / 3) % 2)));
    expect(texts(table.columns.get("sex"))).toEqual(rows.map((row) => "fmx"[row % 3]));
  });

  it("refuses what is no table, saying what to do", async () => {
    const refused = async (name: string, content: string | Uint8Array) =>
      (await problem(readTable(write(name, content), PLAN))).message;
    expect(await refused("a.csv", "")).toContain("is empty");
    expect(await refused("a.bin", "y\n1\n")).toContain("name it .csv");
    expect(await refused("a.xlsx", "PK\u0003\u0004....")).toContain("save the sheet as CSV");
    expect(await refused("a.parquet", "y,sex,score\n")).toContain("is not a Parquet file");
    expect(await refused("b.parquet", "PAR1 and no more")).toContain("cannot be read as Parquet");
    expect(await refused("b.arrow", "ARROW1 and no more")).toContain("cannot be read as Arrow");
    expect(await refused("utf16.csv", Buffer.from("\uFEFFy,sex", "utf16le"))).toContain("UTF-16");
    expect(await refused("latin.csv", Buffer.from("y,sex,score\n1,m\xe4nnlich,1\n", "latin1"))).toContain(
      "not UTF-8",
    );
    const nested = await problem(readTable(path.join(TABLES, "nested.parquet"), only("y", "sex")));
    expect(nested.message).toContain("lists or records");
  });

  it("reports how far it is", async () => {
    const parts: number[] = [];
    const row = "1,f,0.25\n";
    const file = write("long.csv", `y,sex,score\n${row.repeat(400_000)}`);
    const table = await readTable(file, PLAN, { onProgress: ({ part }) => parts.push(part!) });
    expect(table.rows).toBe(400_000);
    expect(await namesOf(file)).toEqual(["y", "sex", "score"]);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.at(-1)).toBeLessThanOrEqual(1);
    expect([...parts].sort((a, b) => a - b)).toEqual(parts);
  });
});
