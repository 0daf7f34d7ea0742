import { describe, expect, it } from "vitest";
import { withFact } from "../../../src/config/report-facts-edit.ts";
import { FACT_FIELDS, factName, factText, factValue } from "../../../src/config/report-facts-fields.ts";

const TOML = `# ours
zone = "DE" # Berlin
[report]
system = "scorer" # the name
version = "1.0"

# for the bank
[report.ecoa]
creditor = """
Example
Bank"""
[report.ecoa.reasons]
utilization = "Balances are high" # approved
inquiries = "Inquiries"
`;
const own = (path: string, value: Parameters<typeof withFact>[3], text = TOML) =>
  withFact(text, "fairwatt.toml", path.split("."), value);

describe("a fact in the project file", () => {
  it.each<[string, string, Parameters<typeof withFact>[3], string, string]>([
    [
      "is replaced where it stands",
      "system",
      'new "one"',
      'system = "scorer" # the name',
      'system = "new \\"one\\"" # the name',
    ],
    ["is replaced over several lines", "ecoa.creditor", "B", '"""\nExample\nBank"""', '"B"'],
    ["is taken out", "version", undefined, 'version = "1.0"\n', ""],
    ["joins its table", "ecoa.agency", "CFPB", 'Bank"""\n', 'Bank"""\nagency = "CFPB"\n'],
    [
      "gets a table of its own",
      "ghg.from",
      "2026-01-01",
      'inquiries = "Inquiries"\n',
      'inquiries = "Inquiries"\n\n[report.ghg]\nfrom = "2026-01-01"\n',
    ],
    [
      "keeps the lines of a table that stay",
      "ecoa.reasons",
      { utilization: "Balances are high", age: "x" },
      'inquiries = "Inquiries"\n',
      'age = "x"\n',
    ],
    [
      "takes a table out",
      "ecoa.reasons",
      undefined,
      '[report.ecoa.reasons]\nutilization = "Balances are high" # approved\ninquiries = "Inquiries"\n',
      "",
    ],
  ])("%s", (_name, path, value, from, to) => {
    expect(own(path, value)).toBe(TOML.replace(from, to));
    expect(own(path, value, TOML.replaceAll("\n", "\r\n"))).toBe(
      TOML.replace(from, to).replaceAll("\n", "\r\n"),
    );
    expect(own(path, value, `\uFEFF${TOML}`)).toBe(`\uFEFF${TOML.replace(from, to)}`);
  });

  it("is written into a new file, and below tool.fairwatt of pyproject.toml", () => {
    expect(own("system", "a", "")).toBe('[report]\nsystem = "a"\n');
    const project = '[project]\nname = "x"\n';
    expect(withFact(project, "pyproject.toml", ["ghg", "from"], "2026-01-01")).toBe(
      `${project}\n[tool.fairwatt.report.ghg]\nfrom = "2026-01-01"\n`,
    );
  });

  it("is found in an inline table and under a dotted key", () => {
    expect(
      own("ghg.from", "2026-02-01", '[report]\nghg = { from = "2026-01-01", to = "2026-12-31" }\n'),
    ).toBe('[report]\nghg = { from = "2026-02-01", to = "2026-12-31" }\n');
    expect(own("ghg.from", "2026-02-01", 'report.ghg.from = "2026-01-01"\n')).toBe(
      'report.ghg.from = "2026-02-01"\n',
    );
  });

  it("is refused by the schema's own sentence", () => {
    expect(() => own("ghg.from", "2026-02-30")).toThrow('from must be a day such as "2026-01-31"');
    expect(() => own("role", "king")).toThrow("role must be one of provider");
    expect(() => own("ecoa.higher-means", "nothing")).toThrow("must be one of approval, denial");
  });

  it("is left to the person where the file has it in another way", () => {
    expect(() => own("ghg.to", "2026-01-01", '[report]\nghg = { from = "2026-01-01" }\n')).toThrow(
      "write it by hand under [report.ghg]",
    );
    expect(() => own("system", "x", "[report\n")).toThrow();
  });

  it("does not stumble over what is wrong elsewhere in the file", () => {
    expect(own("system", "x", '[report]\nrole = "king"\nsystem = "y"\n')).toBe(
      '[report]\nrole = "king"\nsystem = "x"\n',
    );
  });
});

describe("the fields of [report]", () => {
  it("are all leaves of the schema, each with a kind and a sentence", () => {
    const names = FACT_FIELDS.map(({ path }) => factName(path));
    expect(new Set(names).size).toBe(names.length);
    for (const name of [
      "organisation",
      "phases",
      "annex-iv.data",
      "ecoa.reasons",
      "ll144.categories",
      "register.us-rules",
    ])
      expect(names).toContain(name);
    for (const { sentence } of FACT_FIELDS) expect(sentence).toMatch(/ must be /);
  });

  it("come from texts and go into texts", () => {
    const field = (name: string) => FACT_FIELDS.find(({ path }) => factName(path) === name)!;
    const cases: [string, unknown, string][] = [
      ["system", "a", "a"],
      ["model-card.tags", ["a", "b"], "a\nb"],
      ["annex-i-product", false, "false"],
      ["compute.flop", 1e21, "1e+21"],
      ["ecoa.reasons", { a: "x = y", b: "z" }, "a = x = y\nb = z"],
    ];
    for (const [name, value, text] of cases) {
      expect(factText(value)).toBe(text);
      expect(factValue(field(name), text)).toEqual(value);
      expect(factValue(field(name), " \n")).toBeUndefined();
    }
    expect(() => factValue(field("compute.flop"), "many")).toThrow("flop must be a number");
    expect(() => factValue(field("ecoa.reasons"), "a")).toThrow('"a" is no "name = text"');
    expect(() => factValue(field("annex-i-product"), "maybe")).toThrow("true or false");
  });
});
