import { describe, expect, it } from "vitest";
import { parseProject } from "../../../src/config/parse.ts";
import { FACTS_TOML } from "../report/documents/evidence.ts";

const problems = (toml: string) =>
  parseProject(toml, "fairwatt.toml").problems.map(({ line, message }) => [line, message]);

describe("[report]", () => {
  it("takes the facts that documents need", () => {
    const { config, problems } = parseProject(FACTS_TOML, "fairwatt.toml");
    expect(problems).toEqual([]);
    expect(config.report).toMatchObject({
      system: "credit-scorer",
      "annex-iii": "5(b)",
      phases: { "train.py": "training" },
    });
  });

  it("has no fact of its own", () => {
    expect(parseProject("[report]\n", "fairwatt.toml").config.report).toEqual({});
    expect(parseProject("", "fairwatt.toml").config.report).toBeUndefined();
  });

  it.each([
    [
      '[report]\norganization = "x"\n',
      1,
      'unknown key "organization" in [report]; did you mean "organisation"?',
    ],
    [
      '[report]\nannex-iii = "9"\n',
      1,
      'annex-iii must be a point of Annex III with its letter, such as "5(b)", or "none"',
    ],
    ['[report.ghg]\nfrom = "2026-02-30"\n', 1, 'from must be a day such as "2026-01-31"'],
    ['[report]\nsystem = " "\n', 1, "system must not be empty; leave it out"],
    [
      '[report.annex-iv]\ndesing = "x"\n',
      1,
      'unknown key "desing" in [report.annex-iv]; did you mean "design"?',
    ],
    [
      '[report.phases]\n"a.py" = "learning"\n',
      1,
      "a phase must be one of data-preparation, experiment, training, validation, test, inference",
    ],
    [
      "[report.compute]\nflop = -1\n",
      1,
      "flop must be a number above 0: floating-point operations of the training",
    ],
  ])("says what is wrong in %j", (toml, line, message) => {
    expect(problems(toml)).toEqual([[line, message]]);
  });

  it("keeps the other facts where one is wrong", () => {
    expect(parseProject('[report]\nsystem = "a"\nrole = "king"\n', "fairwatt.toml").config.report).toEqual({
      system: "a",
    });
  });
});
