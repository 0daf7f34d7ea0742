import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_CONFIG_CHARACTERS, parseProject } from "../../../src/config/parse.ts";
import { DEFAULT_PROJECT, formatConfigProblem } from "../../../src/config/project.ts";

const own = (text: string) => parseProject(text, "fairwatt.toml");

describe("parseProject", () => {
  it("reads all settings", () => {
    const text = 'zone = "DE"\npue = 1.3\ninterval = "500ms"\nattribution = "machine"\n';
    expect(own(text)).toMatchObject({
      config: { zone: "DE", pue: 1.3, interval: "500ms", attribution: "machine" },
      problems: [],
    });
  });

  it("reads the linter's table, and keeps of it what is right", () => {
    const text = `[lint]
select = ["DEFAULT", "FW3"]
profile = "high-risk"
[lint.per-file-ignores]
"notebooks/**" = ["FW1"]
`;
    expect(own(text)).toMatchObject({
      config: {
        lint: {
          enable: true,
          select: ["DEFAULT", "FW3"],
          profile: "high-risk",
          "per-file-ignores": { "notebooks/**": ["FW1"] },
        },
      },
      problems: [],
    });
    const wrong = own('[lint]\nselect = ["FW1", "E501"]\nprofil = "default"\nignore = ["FW301"]\n');
    expect(wrong.config.lint).toEqual({ enable: true, ignore: ["FW301"] });
    expect(wrong.problems.map(({ line, message }) => [line, message])).toEqual([
      [1, 'select must be a list of rules such as ["FW1", "FW201"], "ALL" or "DEFAULT"'],
      [2, 'unknown key "profil" in [lint]; did you mean "profile"?'],
    ]);
    expect(own("lint = 1\n").problems[0]?.message).toBe("lint must be a table of settings");
  });

  it("gives the defaults for an empty file", () => {
    expect(own("").config).toEqual(DEFAULT_PROJECT);
  });

  it("takes an interval in seconds", () => {
    expect(own("interval = 2").config.interval).toBe("2s");
  });

  it("names the nearest key with its position, and keeps the rest", () => {
    const { config, problems } = own('# ours\nzone = "FR"\nintervall = "2s"\n');
    expect(config).toEqual({ ...DEFAULT_PROJECT, zone: "FR" });
    expect(problems).toEqual([
      {
        file: "fairwatt.toml",
        line: 2,
        column: 0,
        endLine: 2,
        endColumn: 9,
        message: 'unknown key "intervall"; did you mean "interval"?',
      },
    ]);
    expect(formatConfigProblem(problems[0]!)).toBe(
      'fairwatt.toml:3:1: unknown key "intervall"; did you mean "interval"?',
    );
  });

  it("lists the valid keys when none is near", () => {
    expect(own("colour = 1").problems[0]!.message).toMatch(
      /^unknown key "colour"; valid keys are zone, pue, interval, attribution, python, intended-use, lint, audit, /,
    );
  });

  it("takes what the models are for, and no empty text for it", () => {
    expect(own('intended-use = "Loans below 5,000."').config["intended-use"]).toBe("Loans below 5,000.");
    expect(own('intended-use = " "').problems[0]!.message).toContain("must not be empty");
    expect(own("intended-use = 3").problems[0]!.message).toContain("must be a text");
  });

  it("points at an unknown table", () => {
    const { problems } = own("pue = 1.2\n\n[budgets]\nkwh = 3\n");
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line: 2, column: 1, endColumn: 8 });
  });

  it.each([
    ["pue = 0.5", 6, "pue must be a number from 1"],
    ["pue = 9", 6, "pue must be a number from 1"],
    ['pue = "1.2"', 6, "pue must be a number from 1"],
    ["pue = nan", 6, "pue must be a number from 1"],
    ["pue = inf", 6, "pue must be a number from 1"],
    ["zone = 5", 7, "zone must be a text"],
    ['zone = "D"', 7, "zone must have at least two letters"],
    ['interval = "soon"', 11, '"soon" is not an interval'],
    ["interval = 0.01", 11, "between 100 ms and 60 s"],
    ["interval = [1]", 11, "interval must be a time"],
    ["interval = 1979-05-27", 11, "interval must be a time"],
    ['attribution = "all"', 14, 'attribution must be "process"'],
  ])("reports %s at its value and keeps the default", (text, column, message) => {
    const { config, problems } = own(text);
    expect(config).toEqual(DEFAULT_PROJECT);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line: 0, column, message: expect.stringContaining(message) });
  });

  it("reports several problems in the order of the file", () => {
    const { config, problems } = own('atribution = "machine"\npue = 7\nzone = "SE"\n');
    expect(problems.map(({ line }) => line)).toEqual([0, 1]);
    expect(config.zone).toBe("SE");
  });

  it.each([
    ['zone = "DE', 0],
    ["pue = 1\npue = 2\n", 1],
    ["\n\n= 3", 2],
  ])("reports a syntax error in %j with its line", (text, line) => {
    const { config, problems } = own(text);
    expect(config).toEqual(DEFAULT_PROJECT);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ line, message: expect.stringMatching(/^not TOML: /) });
  });

  it("takes CRLF and a byte order mark", () => {
    const { config, problems } = own('\uFEFFzone = "DE"\r\npue = 1.1\r\npuee = 2\r\n');
    expect(config).toMatchObject({ zone: "DE", pue: 1.1 });
    expect(problems[0]).toMatchObject({ line: 2, column: 0, message: expect.stringContaining('"pue"') });
  });

  it("does not read a huge file", () => {
    const { problems } = own(`# ${"x".repeat(MAX_CONFIG_CHARACTERS)}`);
    expect(problems[0]!.message).toMatch(/longer than/);
  });

  it("never throws and always gives usable settings", () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'zone = "DE"',
        "pue = 3",
        "[tool.fairwatt]",
        "[tool]",
        "interval = {}",
        "a.b.c = 1",
        "[[zone]]",
      ),
    );
    fc.assert(
      fc.property(
        fc.array(line),
        fc.constantFrom("fairwatt.toml" as const, "pyproject.toml" as const),
        (lines, kind) => {
          const { config, problems } = parseProject(lines.join("\n"), kind);
          expect(config.pue).toBeGreaterThanOrEqual(1);
          for (const problem of problems)
            expect(problem.line).toBeLessThanOrEqual(lines.join("\n").split(/\r?\n/).length);
        },
      ),
    );
  });
});

describe("pyproject.toml", () => {
  const shared = (text: string) => parseProject(text, "pyproject.toml");

  it("reads only our table", () => {
    const text = '[project]\nname = "x"\n\n[tool.ruff]\nline = 1\n\n[tool.fairwatt]\nzone = "PL"\npuE = 2\n';
    const { config, problems, at } = shared(text);
    expect(config).toEqual({ ...DEFAULT_PROJECT, zone: "PL" });
    expect(problems).toEqual([
      expect.objectContaining({ line: 8, column: 0, message: expect.stringContaining('"pue"') }),
    ]);
    expect(at).toMatchObject({ line: 6, column: 6 });
  });

  it.each([
    '[tool]\nfairwatt = { zone = "PL" }\n',
    '[tool]\nfairwatt.zone = "PL"\n',
    'tool.fairwatt.zone = "PL"\n',
  ])("reads %j alike", (text) => {
    expect(shared(text)).toMatchObject({ config: { zone: "PL" }, problems: [] });
  });

  it("reports a value inside an inline table", () => {
    expect(shared("[tool]\nfairwatt = { pue = 0 }\n").problems[0]).toMatchObject({ line: 1, column: 19 });
  });

  it("says when it is no table", () => {
    expect(shared("[tool]\nfairwatt = 3\n").problems[0]).toMatchObject({
      line: 1,
      column: 0,
      message: "tool.fairwatt must be a table of settings",
    });
  });

  it("is silent about mistakes of others in a file without our table", () => {
    expect(shared('[project\ndependencies = ["fairwatt"]')).toEqual({
      config: DEFAULT_PROJECT,
      problems: [],
    });
  });
});
