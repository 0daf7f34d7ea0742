import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { columns } from "../../../src/cli/columns.ts";
import { commandFolder } from "./command-folder.ts";

const GERMAN = fileURLToPath(new URL("../fairness/vectors/german_credit/data.csv", import.meta.url));

const here = commandFolder({});

describe("fairwatt columns", () => {
  it("shows each column with what it is taken for and why", async () => {
    expect(await columns(GERMAN, { cwd: here.cwd })).toBe(0);
    expect(here.out).toMatch(
      /class +1, 2 +label +named as the true outcome; the same classes as predicted_class/,
    );
    expect(here.out).toMatch(/predicted_class +1, 2 +prediction +named as a prediction/);
    expect(here.out).toMatch(/age_group +older, young +sensitive +named as an age/);
    expect(here.out).toMatch(
      /of the first 1,000 rows; task: binary, class has .*; positive: 1; predicted positive is good for the person/,
    );
  });

  it("says it as JSON", async () => {
    expect(await columns(GERMAN, { cwd: here.cwd, json: true })).toBe(0);
    const found = JSON.parse(here.out);
    expect(found.guess.label.value).toBe("class");
    expect(found.columns.map(({ name }: { name: string }) => name)).toContain("predicted_class");
  });

  it("reads the start of a large table only", async () => {
    const file = path.join(here.cwd, "large.csv");
    fs.writeFileSync(file, `y,yhat,sex\n${"1,0,female\n".repeat(300_000)}`);
    expect(await columns("large.csv", { cwd: here.cwd, json: true })).toBe(0);
    expect(JSON.parse(here.out).rows).toBeLessThan(200_000);
  });

  it("says what is wrong with a file", async () => {
    fs.writeFileSync(path.join(here.cwd, "empty.csv"), "");
    expect(await columns("empty.csv", { cwd: here.cwd })).toBe(2);
    expect(await columns("none.csv", { cwd: here.cwd })).toBe(2);
    expect(here.err).toBe("fairwatt: empty.csv is empty\nfairwatt: none.csv cannot be read (ENOENT)\n");
  });
});
