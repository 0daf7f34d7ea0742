import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ledgerFolder, runsFolder } from "../../../src/energy/run-folder.node.ts";
import { canonicalJson } from "../../../src/ledger/canonical.ts";
import { surveyLedger } from "../../../src/ledger/survey.node.ts";
import type { ProblemKind } from "../../../src/ledger/verification.ts";
import { verifyLedger } from "../../../src/ledger/verify.node.ts";
import { addEntry, entryFile, runBody, temporaryFolder } from "./fixtures.ts";

let folder: string;
let fairwatt: string;
beforeEach(() => {
  folder = temporaryFolder();
  fairwatt = path.join(folder, ".fairwatt");
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const kinds = async (): Promise<ProblemKind[]> =>
  (await verifyLedger(fairwatt)).problems.map(({ kind }) => kind);

async function chain(length: number): Promise<string[]> {
  const hashes: string[] = [];
  for (let index = 0; index < length; index++) hashes.push((await addEntry(fairwatt, `R${index}`)).hash);
  return hashes;
}

/** Writes bytes under the name that they hash to. */
function forge(value: unknown, text = canonicalJson(value)): string {
  const hash = createHash("sha256").update(text).digest("hex");
  fs.mkdirSync(ledgerFolder(fairwatt), { recursive: true });
  fs.writeFileSync(entryFile(fairwatt, hash), text);
  return hash;
}
const entry = (parents: string[], run = "X") => ({
  v: 1,
  type: "run",
  time: "t",
  parents,
  body: runBody(run),
});

describe("verifyLedger", () => {
  it("finds nothing in an empty folder", async () => {
    expect(await verifyLedger(fairwatt)).toEqual({
      entries: 0,
      heads: [],
      journals: 0,
      signatures: 0,
      problems: [],
      notices: [],
    });
  });

  it("takes a chain as it was written, and names its head", async () => {
    const hashes = await chain(5);
    const result = await verifyLedger(fairwatt);
    expect(result).toMatchObject({ entries: 5, heads: [hashes[4]], problems: [] });
    expect(result.notices.join()).toMatch(/journals of 5 runs are not here/);
  });

  it("finds a changed byte", async () => {
    const hashes = await chain(3);
    const file = entryFile(fairwatt, hashes[1]!);
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace('"value":3600', '"value":3500'));
    const { problems, heads } = await verifyLedger(fairwatt);
    expect(problems).toEqual([expect.objectContaining({ kind: "changed", entry: hashes[1] })]);
    expect(problems[0]!.message).toMatch(/was changed: its content has the hash/);
    expect(heads).toContain(hashes[2]);
  });

  it("finds an entry that is gone", async () => {
    const hashes = await chain(3);
    fs.rmSync(entryFile(fairwatt, hashes[1]!));
    const { problems } = await verifyLedger(fairwatt);
    expect(problems).toEqual([expect.objectContaining({ kind: "missing", entry: hashes[1] })]);
  });

  it("finds a forged name", async () => {
    const [first] = await chain(1);
    fs.renameSync(entryFile(fairwatt, first!), entryFile(fairwatt, "a".repeat(64)));
    expect(await kinds()).toEqual(["changed"]);
  });

  it("finds content that is no entry under a right name", async () => {
    forge({ hello: 1 });
    expect(await kinds()).toEqual(["not-an-entry"]);
  });

  it("finds a run entry without the fields of one", async () => {
    forge({ ...entry([]), body: { run: "X" } });
    expect(await kinds()).toEqual(["not-an-entry"]);
  });

  it("finds what is not canonical", async () => {
    forge(undefined, JSON.stringify(entry([]), null, 1));
    expect(await kinds()).toEqual(["not-canonical"]);
  });

  it("finds a key that is there twice", async () => {
    forge(undefined, canonicalJson(entry([])).replace('"v":1}', '"v":1,"v":1}'));
    expect(await kinds()).toEqual(["not-canonical"]);
  });

  it("bears nesting beyond any entry", async () => {
    forge(undefined, `{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`);
    expect(await kinds()).toEqual(["not-an-entry"]);
  });

  it("finds a cycle, and only what is on it", async () => {
    const [a, b, c] = ["a", "b", "c"].map((letter) => letter.repeat(64)) as [string, string, string];
    fs.mkdirSync(ledgerFolder(fairwatt), { recursive: true });
    fs.writeFileSync(entryFile(fairwatt, a), canonicalJson(entry([b])));
    fs.writeFileSync(entryFile(fairwatt, b), canonicalJson(entry([a])));
    fs.writeFileSync(entryFile(fairwatt, c), canonicalJson(entry([a])));
    const { problems } = await verifyLedger(fairwatt);
    expect(problems.filter(({ kind }) => kind === "cycle").map((problem) => problem.entry)).toEqual([a, b]);
  });

  it("finds foreign files, but not a desktop's", async () => {
    await chain(1);
    fs.writeFileSync(path.join(ledgerFolder(fairwatt), "notes.txt"), "");
    fs.writeFileSync(path.join(ledgerFolder(fairwatt), ".DS_Store"), "");
    fs.writeFileSync(path.join(ledgerFolder(fairwatt), ".x.json.1234.tmp"), "");
    const { problems, notices } = await verifyLedger(fairwatt);
    expect(problems.map(({ kind }) => kind)).toEqual(["foreign"]);
    expect(notices.join()).toMatch(/did not finish/);
  });

  it("finds an entry that is a link or a folder", async () => {
    const [first] = await chain(1);
    const file = entryFile(fairwatt, first!);
    fs.renameSync(file, path.join(folder, "outside.json"));
    fs.symlinkSync(path.join(folder, "outside.json"), file);
    expect(await kinds()).toEqual(["not-an-entry"]);
  });

  it("leaves entries of later versions in peace, and builds on them", async () => {
    const hash = forge({ v: 2, type: "audit", time: "t", parents: [], body: { what: 1 } });
    const { problems, notices } = await verifyLedger(fairwatt);
    expect(problems).toEqual([]);
    expect(notices.join()).toMatch(/does not know/);
    expect((await surveyLedger(fairwatt)).heads).toEqual([hash]);
  });

  it("never builds on a changed entry", async () => {
    const [first, second] = await chain(2);
    fs.appendFileSync(entryFile(fairwatt, second!), " ");
    expect((await surveyLedger(fairwatt)).heads).toEqual([first]);
  });

  it("throws when the ledger cannot be listed", async () => {
    fs.mkdirSync(fairwatt);
    fs.writeFileSync(ledgerFolder(fairwatt), "not a folder");
    await expect(verifyLedger(fairwatt)).rejects.toThrow(/ENOTDIR/);
  });
});

describe("properties", () => {
  /** Each step: a run is added, on a copy of the ledger as it was some steps ago (another clone, merged back by git). */
  const histories = fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 8 });

  async function build(history: number[]): Promise<void> {
    fs.rmSync(folder, { recursive: true, force: true });
    const states: string[][] = [[]];
    for (const [index, back] of history.entries()) {
      const clone = path.join(folder, `clone-${index}`);
      fs.mkdirSync(ledgerFolder(clone), { recursive: true });
      fs.mkdirSync(ledgerFolder(fairwatt), { recursive: true });
      for (const hash of states[Math.max(0, states.length - 1 - back)]!) {
        fs.copyFileSync(entryFile(fairwatt, hash), entryFile(clone, hash));
      }
      const { hash, file } = await addEntry(clone, `R${index}`);
      fs.copyFileSync(file, entryFile(fairwatt, hash));
      states.push([...states.at(-1)!, hash]);
    }
  }

  it("any history of forks and merges verifies", async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (history) => {
        await build(history);
        expect(await verifyLedger(fairwatt)).toMatchObject({ entries: history.length, problems: [] });
      }),
      { numRuns: 25 },
    );
  });

  it("any flipped bit is found", async () => {
    await build([0, 1, 0, 2, 0]);
    const names = fs.readdirSync(ledgerFolder(fairwatt));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.nat(), fc.nat({ max: 7 }), async (name, at, bit) => {
        const file = path.join(ledgerFolder(fairwatt), name);
        const bytes = fs.readFileSync(file);
        const flipped = Buffer.from(bytes);
        flipped[at % bytes.length]! ^= 1 << bit;
        fs.writeFileSync(file, flipped);
        const { problems } = await verifyLedger(fairwatt);
        fs.writeFileSync(file, bytes);
        expect(problems.some(({ kind, entry }) => kind === "changed" && name.startsWith(entry!))).toBe(true);
      }),
      { numRuns: 60 },
    );
    expect(await kinds()).toEqual([]);
  });

  it("any removed entry that is cited is found", async () => {
    await build([0, 1, 0, 2, 0, 0]);
    const heads = new Set((await surveyLedger(fairwatt)).heads);
    for (const name of fs.readdirSync(ledgerFolder(fairwatt))) {
      const file = path.join(ledgerFolder(fairwatt), name);
      const bytes = fs.readFileSync(file);
      fs.rmSync(file);
      expect((await kinds()).includes("missing")).toBe(!heads.has(name.slice(0, 64)));
      fs.writeFileSync(file, bytes);
    }
  });
});

describe("size", () => {
  it("checks a chain of 2,000 entries", async () => {
    fs.mkdirSync(runsFolder(fairwatt), { recursive: true });
    let parents: string[] = [];
    for (let index = 0; index < 2000; index++) parents = [forge(entry(parents, `R${index}`))];
    expect(await verifyLedger(fairwatt)).toMatchObject({ entries: 2000, heads: parents, problems: [] });
  }, 30_000);
});
