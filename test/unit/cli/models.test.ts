import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { models, nameModel } from "../../../src/cli/models.ts";
import { verifyLedger } from "../../../src/ledger/verify.node.ts";
import { addEntry } from "../ledger/fixtures.ts";
import { commandFolder } from "./command-folder.ts";

const here = commandFolder();
const fairwatt = () => path.join(here.cwd, ".fairwatt");
const model = (run: string, letter: string) =>
  addEntry(fairwatt(), run, { artefacts: [{ path: "m.joblib", bytes: 5, sha256: letter.repeat(64) }] });

describe("models", () => {
  it("says that there are none", async () => {
    await addEntry(fairwatt(), "R");
    expect(await models({ cwd: here.cwd })).toBe(0);
    expect(here.out).toMatch(/No run in the ledger wrote a model file/);
  });

  it("names the newest of a path, or the one whose hash begins so", async () => {
    await model("A", "a");
    await model("B", "b");
    expect(await nameModel("m.joblib", "credit@1.1.0", { cwd: here.cwd })).toBe(0);
    expect(await nameModel("aaaa", "credit@1.0.0-rc.1+7", { cwd: here.cwd })).toBe(0);
    here.clear();
    await models({ cwd: here.cwd, json: true });
    expect(JSON.parse(here.out)).toMatchObject([
      { artefact: "b".repeat(64), name: "credit", version: "1.1.0" },
      { artefact: "a".repeat(64), name: "credit", version: "1.0.0-rc.1+7" },
    ]);
    here.clear();
    await models({ cwd: here.cwd });
    expect(here.out).toMatch(/credit 1\.1\.0 {2}m\.joblib {2}b{12}\n {2}run {5}train\.py B, /);
    expect(here.out).toContain("audit   none");
    expect((await verifyLedger(fairwatt())).problems).toEqual([]);
  });

  it.each([
    ["m.joblib", "credit", /is not a name and a version/],
    ["m.joblib", "credit@1.0", /is not a name and a version/],
    ["m.joblib", "@1.0.0", /is not a name and a version/],
    ["aaa", "credit@1.0.0", /no model of the ledger is aaa/],
    ["m.joblib", "taken@1.0.0", /taken@1\.0\.0 is m\.joblib a{12} already/],
  ])("refuses %s as %s", async (reference, label, sentence) => {
    await model("A", "a");
    await model("B", "b");
    await nameModel("aaaa", "taken@1.0.0", { cwd: here.cwd });
    expect(await nameModel(reference, label, { cwd: here.cwd })).toBe(2);
    expect(here.err).toMatch(sentence);
  });
});
