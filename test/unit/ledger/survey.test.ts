import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canonicalJson } from "../../../src/ledger/canonical.ts";
import { surveyLedger } from "../../../src/ledger/survey.node.ts";
import { verifyLedger } from "../../../src/ledger/verify.node.ts";
import { addEntry, entryFile, temporaryFolder } from "./fixtures.ts";

let fairwatt: string;
let surveyFile: string;
const hashes: string[] = [];
beforeEach(async () => {
  fairwatt = path.join(temporaryFolder(), ".fairwatt");
  surveyFile = path.join(fairwatt, "survey.json");
  hashes.length = 0;
  for (let i = 0; i < 40; i++) hashes.push((await addEntry(fairwatt, `R${i}`)).hash);
});
afterEach(() => fs.rmSync(path.dirname(fairwatt), { recursive: true, force: true }));
const last = () => hashes.at(-1)!;

describe("surveyLedger", () => {
  it("knows heads and the entries of runs", async () => {
    const survey = await surveyLedger(fairwatt);
    expect(survey.heads).toEqual([last()]);
    expect(survey.entryOfRun("R3")).toBe(hashes[3]);
    expect(survey.entryOfRun("R40")).toBeUndefined();
  });

  it("does not read again what is as it was: a change that hides itself is for verify to find", async () => {
    const file = entryFile(fairwatt, last());
    fs.rmSync(surveyFile);
    fs.utimesSync(file, 1, 1);
    await surveyLedger(fairwatt);
    fs.writeFileSync(file, "x".repeat(fs.statSync(file).size));
    fs.utimesSync(file, 1, 1);
    expect((await surveyLedger(fairwatt)).heads).toEqual([last()]);
    expect((await verifyLedger(fairwatt)).problems).toHaveLength(1);
  });

  it("sees entries that came, went or were changed since", async () => {
    await surveyLedger(fairwatt);
    const { hash } = await addEntry(fairwatt, "new");
    expect((await surveyLedger(fairwatt)).heads).toEqual([hash]);
    fs.rmSync(entryFile(fairwatt, hash));
    expect((await surveyLedger(fairwatt)).heads).toEqual([last()]);
    const text = fs.readFileSync(entryFile(fairwatt, last()), "utf8");
    fs.writeFileSync(entryFile(fairwatt, last()), text.replace("train.py", "other.py"));
    fs.utimesSync(entryFile(fairwatt, last()), 1, 1);
    expect((await surveyLedger(fairwatt)).heads).toEqual([hashes.at(-2)]);
  });

  it.each([
    ["torn", '{"v":1,"entr'],
    ["of another version", '{"v":2,"entries":{}}'],
    ["of another shape", '{"v":1,"entries":[1,2]}'],
    [
      "a forger's",
      canonicalJson({ v: 1, entries: { ["f".repeat(64)]: { bytes: 1, changed: 1, parents: [] } } }),
    ],
  ])("is not misled by a survey that is %s", async (_, text) => {
    fs.writeFileSync(surveyFile, text);
    expect((await surveyLedger(fairwatt)).heads).toEqual([last()]);
  });

  it("does without where it cannot be written", async () => {
    fs.rmSync(surveyFile, { force: true });
    fs.mkdirSync(surveyFile);
    expect((await surveyLedger(fairwatt)).heads).toEqual([last()]);
  });
});
