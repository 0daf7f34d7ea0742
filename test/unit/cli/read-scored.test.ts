import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { readScored } from "../../../src/cli/read-scored.ts";
import { TableError } from "../../../src/fairness/table/table-error.ts";
import { captureOutput } from "./capture-output.ts";

const ROLES = { task: "binary" as const, label: "y", prediction: "p", sensitive: ["g"] };

let file: string;
beforeEach(() => {
  file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-read-scored-")), "scored.csv");
  fs.writeFileSync(file, `y,p,g\n${"1,0,a\n0,0,b\n".repeat(300_000)}`);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  fs.rmSync(path.dirname(file), { recursive: true });
});

it("reads a table that stays as it is", async () => {
  expect((await readScored(file, ROLES)).rows).toBe(600_000);
});

it("says how far it is in lines where a program asks for them", async () => {
  const said: string[] = [];
  captureOutput(
    () => {},
    (text) => said.push(text),
  );
  vi.stubEnv("FAIRWATT_PROGRESS", "lines");
  let now = 0;
  vi.spyOn(Date, "now").mockImplementation(() => {
    now += 1000;
    return now;
  });
  await readScored(file, ROLES);
  expect(said.length).toBeGreaterThan(2);
  for (const line of said) expect(line).toMatch(/^reading scored\.csv: [\d,]+ rows, \d+ %\n$/);
});

it("a table that something writes to while it is read is refused, with what to do", async () => {
  const reading = readScored(file, ROLES).catch((problem: unknown) => problem);
  fs.appendFileSync(file, "1,1,a\n");
  const problem = await reading;
  expect(problem).toBeInstanceOf(TableError);
  expect((problem as Error).message).toMatch(
    /^scored\.csv changed while it was read, .*; audit it again when nothing writes to it$/,
  );
});
