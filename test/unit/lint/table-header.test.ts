import { describe, expect, it } from "vitest";
import { columnsOfDelimited, columnsOfLines } from "../../../src/lint/project/table-header.ts";

const fields = (text: string, delimiter?: string, whole = false) =>
  columnsOfDelimited({ text, whole }, delimiter);

describe("the names in a table's first line", () => {
  it.each([
    ["commas", "age,sex,income\n39,Male,1\n", ["age", "sex", "income"]],
    ["semicolons", "age;sex;income\r\n39;Male;1,5\r\n", ["age", "sex", "income"]],
    ["tabs", "age\tsex\n", ["age", "sex"]],
    ["a byte order mark", "\uFEFFage,sex\n", ["age", "sex"]],
    ["quotes", '"age","sex, at birth","a ""b"""\n', ["age", "sex, at birth", 'a "b"']],
    ["a line break in quotes", '"hours\nper week",sex\n', ["hours\nper week", "sex"]],
    ["an unnamed index", ",age , sex\n", ["age", "sex"]],
    ["one column", "sex\nMale\n", ["sex"]],
    ["a name twice", "sex,sex,age\n", ["sex", "age"]],
    ["a year among names", "sex,age,income,job,2019\n", ["sex", "age", "income", "job"]],
  ])("with %s", (_, text, names) => {
    expect(fields(text)).toEqual(names);
  });

  it.each([
    ["rows without names", "39, State-gov, 77516, Male\n50, Private, 8331, Female\n"],
    ["an open quote", '"age,sex\n39,Male\n'],
    ["no end of the line", "age,sex"],
    ["no letters", "--,++\n"],
    ["more columns than anyone reads", `${Array.from({ length: 5_000 }, (_, at) => `g${at}`).join(",")}\n`],
    ["nothing", ""],
  ])("is not read from %s", (_, text) => {
    expect(fields(text)).toBeUndefined();
  });

  it("ends with the file, and takes the delimiter that the program says", () => {
    expect(fields("age,sex", undefined, true)).toEqual(["age", "sex"]);
    expect(fields("age:sex\n", ":")).toEqual(["age", "sex"]);
  });
});

describe("the keys of the first JSON line", () => {
  const keys = (text: string, whole = false) => columnsOfLines({ text, whole });
  it("are the columns", () => {
    expect(keys('\uFEFF{"age": 3, "sex": "f"}\n{"other": 1}\n')).toEqual(["age", "sex"]);
    expect(keys('{"age": 3}', true)).toEqual(["age"]);
  });
  it.each(["", "\n", "[1]\n", "null\n", '{"age": \n', '{"age": 3}', "not json\n"])("none of %j", (text) => {
    expect(keys(text)).toBeUndefined();
  });
});
