import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import * as esbuild from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ledgerFolder } from "../../../src/energy/run-folder.node.ts";
import { createFile } from "../../../src/ledger/atomic-file.node.ts";
import { canonicalJson } from "../../../src/ledger/canonical.ts";
import { findRunEntry } from "../../../src/ledger/read.node.ts";
import { surveyLedger } from "../../../src/ledger/survey.node.ts";
import { verifyLedger } from "../../../src/ledger/verify.node.ts";
import { addEntry, runBody, temporaryFolder } from "./fixtures.ts";

let folder: string;
let fairwatt: string;
beforeEach(() => {
  folder = temporaryFolder();
  fairwatt = path.join(folder, ".fairwatt");
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("canonicalJson", () => {
  it("gives the vectors of RFC 8785", () => {
    expect(
      canonicalJson({
        b: [1e30, 4.5, 6, 2e-3, 1e-27, Number("333333333.33333329")],
        a: "\u20ac$\u000f\nA'B\"\\",
      }),
    ).toBe('{"a":"€$\\u000f\\nA\'B\\"\\\\","b":[1e+30,4.5,6,0.002,1e-27,333333333.3333333]}');
    expect(
      canonicalJson({ "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\u{1f600}": 5, "\u0080": 6, ö: 7 }),
    ).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(/NaN/);
    expect(() => canonicalJson(undefined)).toThrow(TypeError);
  });
});

describe("writeEntry", () => {
  it("cites the newest entry", async () => {
    const first = await addEntry(fairwatt, "A");
    const second = await addEntry(fairwatt, "B");
    expect(JSON.parse(fs.readFileSync(second.file, "utf8"))).toMatchObject({
      v: 1,
      parents: [first.hash],
      body: { run: "B" },
    });
    expect(fs.readFileSync(second.file, "utf8")).not.toMatch(/\n/);
  });

  it("refuses what is not an entry and leaves nothing behind", async () => {
    await expect(addEntry(fairwatt, "A", { coverage: Number.NaN })).rejects.toThrow();
    await expect(addEntry(fairwatt, "A", { journals: { "a.jsonl": "short" } })).rejects.toThrow();
    expect((await surveyLedger(fairwatt)).heads).toEqual([]);
    expect(fs.existsSync(ledgerFolder(fairwatt))).toBe(false);
  });

  it("does not write over other content of the same name", () => {
    const file = path.join(folder, "x.json");
    fs.writeFileSync(file, "theirs");
    expect(() => createFile(file, Buffer.from("ours"))).toThrow(/other content/);
    createFile(file, Buffer.from("theirs"));
    expect(fs.readdirSync(folder)).toEqual(["x.json"]);
  });

  it("finds the entry of a run", async () => {
    await addEntry(fairwatt, "A");
    const { hash } = await addEntry(fairwatt, "B", { name: "b.py" });
    expect(await findRunEntry(fairwatt, "B")).toMatchObject({ hash, body: { name: "b.py" } });
    expect(await findRunEntry(fairwatt, "C")).toBeUndefined();
  });

  it("takes writers of several processes at once; the next entry joins their forks", async () => {
    const writer = path.join(folder, "writer.cjs");
    const source = `import { writeEntry } from "./src/ledger/write-entry.node.ts";
      (async () => {
        const [, , fairwatt, name] = process.argv;
        const body = ${JSON.stringify(runBody("?"))};
        for (let i = 0; i < 10; i++)
          await writeEntry(fairwatt!, { type: "run", time: "t", body: { ...body, run: name! + i } });
      })();`;
    await esbuild.build({
      stdin: { contents: source, resolveDir: path.resolve(import.meta.dirname, "../../.."), loader: "ts" },
      bundle: true,
      platform: "node",
      format: "cjs",
      outfile: writer,
    });
    const children = ["a", "b", "c", "d"].map((name) =>
      spawn(process.execPath, [writer, fairwatt, name], { stdio: "inherit" }),
    );
    const codes = await Promise.all(children.map(async (child) => (await once(child, "exit"))[0]));
    expect(codes).toEqual([0, 0, 0, 0]);
    const last = await addEntry(fairwatt, "last");
    expect(await verifyLedger(fairwatt)).toMatchObject({ entries: 41, heads: [last.hash], problems: [] });
    expect(fs.readdirSync(ledgerFolder(fairwatt))).toHaveLength(41);
  });
});
