import { describe, expect, it } from "vitest";
import type { PythonFacts } from "../../../../src/lint/python/python-facts.ts";
import { tableReads } from "../../../../src/lint/python/table-reads.ts";
import { createReaders } from "../../../../src/lint/readers.node.ts";

const readers = await createReaders();
const factsOf = (text: string): PythonFacts => readers.python({ path: "src/train.py", text })!;
const IMPORTS =
  "import os\nimport sklearn.linear_model\nfrom pathlib import Path\nimport pandas as pd\nimport polars as pl\nimport csv\n";
const readsOf = (text: string) => tableReads(factsOf(IMPORTS + text));
const pathsOf = (text: string) =>
  readsOf(text).map(({ source }) => (source.fromProgram ? "program: " : "") + source.path);

describe("the tables that a program reads", () => {
  it.each([
    ['df = pd.read_csv("data/train.csv")', "data/train.csv"],
    ['df = pd.read_csv(filepath_or_buffer="data/train.csv")', "data/train.csv"],
    ['DATA = "data/train.csv"\ndf = pd.read_csv(DATA)', "data/train.csv"],
    ['def f():\n    return pd.read_csv(DATA)\nDATA = "data/train.csv"', "data/train.csv"],
    ['df = pd.read_csv(os.path.join("data", "raw", "train.csv"))', "data/raw/train.csv"],
    ['DIR = "data"\ndf = pd.read_csv(f"{DIR}/train.csv")', "data/train.csv"],
    ['DIR = "data/"\ndf = pd.read_csv(DIR + "train.csv")', "data/train.csv"],
    ['DIR = Path("data")\ndf = pd.read_csv(DIR / "raw" / "train.csv")', "data/raw/train.csv"],
    ['df = pd.read_csv(Path("data").joinpath("train.csv"))', "data/train.csv"],
    ['df = pd.read_csv(str(Path.cwd() / "train.csv"))', "./train.csv"],
    ['df = pd.read_csv(Path(__file__).parent / "train.csv")', "program: train.csv"],
    [
      'ROOT = Path(__file__).resolve().parent.parent\ndf = pd.read_csv(ROOT / "data" / "train.csv")',
      "program: ../data/train.csv",
    ],
    ['df = pd.read_csv(Path(__file__).parents[1] / "train.csv")', "program: ../train.csv"],
    [
      'HERE = os.path.dirname(os.path.abspath(__file__))\ndf = pd.read_csv(os.path.join(HERE, "..", "a.csv"))',
      "program: ../a.csv",
    ],
    ['df = pd.read_csv("data\\\\train.csv")', "data/train.csv"],
    ['df = pl.scan_csv("train.tsv", separator="\\t")', "train.tsv"],
    ['df = pd.read_csv("heart.data")\n# not train.csv', "heart.data"],
    ['df = load_data("data/train.csv")', "data/train.csv"],
    ['rows = csv.DictReader(open("people.csv"))', "people.csv"],
    ['df = pd.read_json("people.jsonl", lines=True)', "people.jsonl"],
    ['df = spark.read.csv("people.csv", header=True)', "people.csv"],
    ['df = spark.read.option("header", "true").csv("people.csv")', "people.csv"],
    ['ds = load_dataset("csv", data_files={"train": "people.csv"})', "people.csv"],
  ])("%s", (text, path) => {
    expect(pathsOf(text)).toEqual([path]);
  });

  it.each([
    'df = pd.read_csv("train.csv", header=None)',
    'df = pd.read_csv("train.csv", names=columns)',
    'df = pd.read_csv("train.csv", skiprows=3)',
    'df = pd.read_csv("train.csv", **options)',
    'df = pd.read_csv("train.csv", sep="\\\\s+")',
    'df = pd.read_csv("https://example.org/train.csv")',
    'df = pd.read_csv("train.csv.gz")',
    'df = pd.read_csv("data/*.csv")',
    'df = pd.read_csv("~/train.csv")',
    'df = pd.read_csv(args.data + "/train.csv")',
    'df = pd.read_csv(f"{folder}/train.csv")',
    'DIR = "a"\nDIR = "b"\ndf = pd.read_csv(f"{DIR}/train.csv")',
    'A = B\nB = A\ndf = pd.read_csv(A / "train.csv")',
    'df.to_csv("train.csv")',
    'out = open("train.csv", "w")',
    'df = spark.read.csv("people.csv")',
    'df = pd.read_json("people.json")  # no train.csv',
    `df = pd.read_csv(${"str(".repeat(60)}"a.csv"${")".repeat(60)})`,
  ])("none: %s", (text) => {
    expect(pathsOf(text)).toEqual([]);
  });

  it("notes a delimiter and listed columns", () => {
    const [read] = readsOf('df = pd.read_csv("a.csv", sep=";", usecols=["age", "sex"])');
    expect(read).toMatchObject({ source: { delimiter: ";" }, only: ["age", "sex"] });
  });

  it("are so many at most", () => {
    const many = Array.from({ length: 50 }, (_, at) => `d${at} = pd.read_csv("${at}.csv")`).join("\n");
    expect(readsOf(many)).toHaveLength(20);
  });

  it("are soon given up where a text asks for more than there is time", () => {
    const sums = Array.from({ length: 9 }, (_, at) => `A${at} = ${`A${at + 1} + `.repeat(50)}"x"`).join("\n");
    const began = performance.now();
    expect(pathsOf(`${sums}\nA9 = "x"\ndf = pd.read_csv(A0 + "a.csv")`)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(2_000);
  });
});
