import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { columns } from "../../../src/cli/columns.ts";
import { captureOutput } from "./capture-output.ts";

const GERMAN = fileURLToPath(new URL("../fairness/vectors/german_credit/data.csv", import.meta.url));

let cwd: string;
let out: string;
let err: string;

beforeEach(() => {
  cwd = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-cli-columns-"));
  out = "";
  err = "";
  captureOutput(
    (text) => (out += text),
    (text) => (err += text),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(cwd, { recursive: true, force: true });
});

describe("fairwatt columns", () => {
  it("shows each column with what it is taken for and why", async () => {
    expect(await columns(GERMAN, { cwd })).toBe(0);
    expect(out).toMatch(/class +1, 2 +label +named as the true outcome; the same classes as predicted_class/);
    expect(out).toMatch(/predicted_class +1, 2 +prediction +named as a prediction/);
    expect(out).toMatch(/age_group +older, young +sensitive +named as an age/);
    expect(out).toMatch(/of the first 1,000 rows; task: binary, class has .*; positive: 1; predicted positive is good for the person/);
  });

  it("says it as JSON", async () => {
    expect(await columns(GERMAN, { cwd, json: true })).toBe(0);
    const found = JSON.parse(out);
    expect(found.guess.label.value).toBe("class");
    expect(found.columns.map(({ name }: { name: string }) => name)).toContain("predicted_class");
  });

  it("reads the start of a large table only", async () => {
    const file = path.join(cwd, "large.csv");
    fs.writeFileSync(file, `y,yhat,sex\n${"1,0,female\n".repeat(300_000)}`);
    expect(await columns("large.csv", { cwd, json: true })).toBe(0);
    expect(JSON.parse(out).rows).toBeLessThan(200_000);
  });

  it("says what is wrong with a file", async () => {
    fs.writeFileSync(path.join(cwd, "empty.csv"), "");
    expect(await columns("empty.csv", { cwd })).toBe(2);
    expect(await columns("none.csv", { cwd })).toBe(2);
    expect(err).toBe("fairwatt: empty.csv is empty\nfairwatt: none.csv cannot be read (ENOENT)\n");
  });
});
