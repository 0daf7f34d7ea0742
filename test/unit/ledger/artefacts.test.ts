import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ARTEFACT_LIMITS, findArtefacts } from "../../../src/ledger/artefacts.node.ts";
import { WALL } from "../energy/records.ts";
import { temporaryFolder, writeAt } from "./fixtures.ts";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
const write = (name: string, at: number, data = name) => writeAt(path.join(folder, name), at, data);
/** Of a run from WALL to WALL + 60 s. */
const find = (limits = {}) =>
  findArtefacts(folder, WALL * 1000, (WALL + 60) * 1000, { ...ARTEFACT_LIMITS, ...limits });
const paths = async (limits = {}) => (await find(limits)).artefacts.map((artefact) => artefact.path);

describe("findArtefacts", () => {
  it("lists what was changed during the run, with its hash", async () => {
    write("before.csv", -5);
    write("out/model.bin", 30, "weights");
    write("after.csv", 90);
    expect(await find()).toEqual({
      artefacts: [
        { path: "out/model.bin", bytes: 7, sha256: createHash("sha256").update("weights").digest("hex") },
      ],
      notices: [],
    });
  });

  it("takes the coarse times of file systems into account", async () => {
    write("at-start", -0.005);
    write("at-end", 61.5);
    expect(await paths()).toEqual(["at-end", "at-start"]);
  });

  it.each([
    ".git/x",
    ".fairwatt/runs/01/a.jsonl",
    "node_modules/a/x",
    "src/__pycache__/x.pyc",
    ".cache/x",
    ".venv/x",
  ])("does not look at %s", async (name) => {
    write(name, 5);
    write("kept", 5);
    expect(await paths()).toEqual(["kept"]);
  });

  it("does not look into a virtual environment of any name", async () => {
    write("env39/pyvenv.cfg", -100);
    write("env39/lib/x.py", 5);
    expect(await paths()).toEqual([]);
  });

  it("follows no links", async () => {
    const outside = temporaryFolder();
    writeAt(path.join(outside, "secret"), 5, "x");
    fs.symlinkSync(outside, path.join(folder, "link"));
    fs.symlinkSync(path.join(outside, "secret"), path.join(folder, "file"));
    fs.symlinkSync(folder, path.join(folder, "loop"));
    expect(await paths()).toEqual([]);
    fs.rmSync(outside, { recursive: true });
  });

  it("stops after the names that it may look at, and says so", async () => {
    for (let index = 0; index < 20; index++) write(`deep/f${index}`, 5);
    write("top", 5);
    const { artefacts, notices } = await find({ entries: 5 });
    expect(artefacts.map((artefact) => artefact.path)).toContain("top");
    expect(artefacts.length).toBeLessThan(5);
    expect(notices).toEqual([expect.stringMatching(/first 5 names/)]);
  });

  it("hashes the small ones first and notes what was too much", async () => {
    write("a-large", 5, "x".repeat(100));
    write("b-small", 5, "x");
    const { artefacts } = await find({ bytes: 50 });
    expect(artefacts).toEqual([
      { path: "a-large", bytes: 100, note: expect.stringMatching(/not hashed/) },
      { path: "b-small", bytes: 1, sha256: expect.any(String) },
    ]);
  });

  it("lists the newest where there are too many", async () => {
    for (let index = 0; index < 5; index++) write(`f${index}`, index * 10);
    const { artefacts, notices } = await find({ listed: 2 });
    expect(artefacts.map((artefact) => artefact.path)).toEqual(["f3", "f4"]);
    expect(notices).toEqual([expect.stringMatching(/5 files were written; the newest 2/)]);
  });

  it("does not search a home folder, nor one that is gone", async () => {
    expect((await findArtefacts(os.homedir(), 0, Date.now())).notices).toEqual([
      expect.stringMatching(/not looked for/),
    ]);
    expect((await findArtefacts("/", 0, Date.now())).artefacts).toEqual([]);
    expect(await findArtefacts(path.join(folder, "gone"), 0, Date.now())).toEqual({
      artefacts: [],
      notices: [],
    });
  });
});
