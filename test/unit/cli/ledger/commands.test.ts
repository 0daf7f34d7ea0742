import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import Papa from "papaparse";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ledgerApprove } from "../../../../src/cli/ledger/approve.ts";
import { ledgerCorrect } from "../../../../src/cli/ledger/correct.ts";
import { ledgerExport } from "../../../../src/cli/ledger/export.ts";
import { ledgerLog } from "../../../../src/cli/ledger/log.ts";
import { ledgerShow } from "../../../../src/cli/ledger/show.ts";
import { ledgerVerify } from "../../../../src/cli/ledger/verify.ts";
import { addEntry, entryFile, temporaryFolder } from "../../ledger/fixtures.ts";
import { captureOutput } from "../capture-output.ts";

let cwd: string;
let fairwatt: string;
let out = "";
let err = "";
beforeEach(() => {
  cwd = temporaryFolder();
  fairwatt = path.join(cwd, ".fairwatt");
  vi.stubEnv("XDG_STATE_HOME", path.join(cwd, "state"));
  vi.stubEnv("HOME", cwd);
  vi.stubEnv("GIT_CONFIG_GLOBAL", path.join(cwd, "gitconfig"));
  vi.stubEnv("GIT_CONFIG_NOSYSTEM", "1");
  [out, err] = ["", ""];
  captureOutput(
    (text) => {
      out += text;
    },
    (text) => {
      err += text;
    },
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  fs.rmSync(cwd, { recursive: true, force: true });
});

function makeKey(): string {
  const key = path.join(cwd, ".ssh", "id_ed25519");
  fs.mkdirSync(path.dirname(key));
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  return key;
}
const approve = (entry: string, more = {}) =>
  ledgerApprove(entry, { cwd, decision: "approved", role: "reviewer", name: "Ada", sign: true, ...more });
const logged = async () => {
  out = "";
  await ledgerLog({ cwd, json: true });
  return JSON.parse(out);
};

describe("ledger log", () => {
  it("says that there is nothing yet", async () => {
    expect(await ledgerLog({ cwd })).toBe(0);
    expect(out).toMatch(/no entries yet/);
  });

  it("lists what happened, newest first, with what was said about it", async () => {
    const { hash } = await addEntry(fairwatt, "R1");
    expect(await ledgerCorrect("R1", { cwd, reason: "wrong data" })).toBe(0);
    expect(await approve("R1", { sign: false })).toBe(0);
    out = "";
    expect(await ledgerLog({ cwd })).toBe(0);
    const lines = out.trimEnd().split("\n");
    expect(lines).toHaveLength(5);
    expect(out).toMatch(/approval .* approved by Ada \(reviewer\), not signed/);
    expect(out).toContain(`${hash.slice(0, 12)} does not hold: wrong data`);
    expect(lines.at(-3)).toMatch(/run .* train\.py, finished, 1\.0\d? ?Wh|run .* train\.py, finished/);
    expect(lines.at(-2)).toMatch(/does not hold: see /);
  });

  it("lists one type, some of them, and hostile names as text", async () => {
    await addEntry(fairwatt, "R1", { name: "\u001b[31mred" });
    await addEntry(fairwatt, "R2");
    await ledgerLog({ cwd, count: 1 });
    expect(out).toMatch(/and 1 more/);
    out = "";
    await ledgerLog({ cwd });
    expect(out).toContain("\\u001b[31mred");
    out = "";
    await ledgerLog({ cwd, type: "audit" });
    expect(out).toMatch(/no entries of the type audit/);
    expect(await ledgerLog({ cwd, type: "audits" })).toBe(2);
    expect(err).toMatch(/there is no type "audits"; the types are run, audit, /);
  });
});

describe("ledger show", () => {
  it("finds an entry by run, by letters of the hash, by its place", async () => {
    const { hash } = await addEntry(fairwatt, "R1");
    for (const reference of ["R1", hash.slice(0, 8), hash.toUpperCase(), "last"]) {
      out = "";
      expect(await ledgerShow(reference, { cwd, json: true })).toBe(0);
      expect(JSON.parse(out)).toMatchObject({ hash, body: { run: "R1" } });
    }
    out = "";
    await ledgerShow("last", { cwd });
    expect(out).toContain(`hash      ${hash}`);
    expect(out).toContain("nothing: it is the first");
  });

  it.each([
    ["last~5", /there is no last~5/],
    ["zz", /neither a run nor 4 or more letters/],
    ["ffffffff", /no entry begins with ffffffff/],
  ])("says what there is instead of %s", async (reference, sentence) => {
    await addEntry(fairwatt, "R1");
    expect(await ledgerShow(reference, { cwd })).toBe(2);
    expect(err).toMatch(sentence);
  });

  it("tells whether a signature is right, and whose", async () => {
    const key = makeKey();
    await addEntry(fairwatt, "R1");
    expect(await approve("R1")).toBe(0);
    expect(out).toContain(`signed with ${key}`);
    out = "";
    await ledgerShow("last", { cwd });
    expect(out).toMatch(/signature right, by ED25519 key SHA256:\S+; nobody says whose key that is/);
    const signers = path.join(cwd, "signers");
    fs.writeFileSync(signers, `ada@example.org ${fs.readFileSync(`${key}.pub`, "utf8")}`);
    fs.writeFileSync(path.join(cwd, "gitconfig"), `[gpg "ssh"]\n\tallowedSignersFile = ${signers}\n`);
    out = "";
    await ledgerShow("last", { cwd });
    expect(out).toMatch(/of ada@example\.org, as the allowed signers say/);
    out = "";
    expect(await ledgerVerify({ cwd })).toBe(0);
    expect(out).toMatch(/2 entries, 0 journals compared, 1 signature right/);
    expect(await ledgerVerify({ cwd, allowedSigners: "nowhere" })).toBe(2);
    // Who names the signers asks for theirs alone.
    expect(await ledgerVerify({ cwd, allowedSigners: signers })).toBe(0);
    fs.writeFileSync(signers, "");
    expect(await ledgerVerify({ cwd })).toBe(0);
    out = "";
    expect(await ledgerVerify({ cwd, allowedSigners: signers })).toBe(1);
    expect(out).toMatch(/1 problem .*\n.*approval .* by Ada is signed with .*do not have that key/);
  });
});

describe("ledger approve", () => {
  it("writes nothing where nobody is named or there is no key", async () => {
    await addEntry(fairwatt, "R1");
    expect(await approve("R1", { name: undefined })).toBe(2);
    expect(err).toMatch(/who decides is not known/);
    expect(await approve("R1")).toBe(2);
    expect(err).toMatch(/no SSH key to sign with/);
    expect(await approve("R1", { role: "  ", sign: false })).toBe(2);
    expect(err).toMatch(/--role needs the function/);
    expect(await approve("R1", { key: path.join(cwd, "none") })).toBe(1);
    expect(err).toMatch(/could not sign.*nothing was written/);
    expect(await logged()).toHaveLength(1);
  });

  it("takes the name and the key that git has", async () => {
    const key = makeKey();
    const settings = `[user]\n\tname = Grace\n\temail = g@example.org\n\tsigningkey = ~/.ssh/id_ed25519\n[gpg]\n\tformat = ssh\n`;
    fs.writeFileSync(path.join(cwd, "gitconfig"), settings);
    await addEntry(fairwatt, "R1");
    expect(await approve("R1", { name: undefined, decision: "rejected", remark: "no audit" })).toBe(0);
    expect(out).toContain(key);
    expect((await logged())[1].decisions).toEqual(["rejected by Grace (reviewer), signed: no audit"]);
  });
});

describe("ledger correct", () => {
  it("names the entry that counts instead, which must be there", async () => {
    await addEntry(fairwatt, "R1");
    await addEntry(fairwatt, "R2");
    expect(await ledgerCorrect("R1", { cwd, reason: "twice", replacement: "abcdef" })).toBe(2);
    expect(err).toMatch(/no entry begins with abcdef.*nothing was written/);
    expect(await ledgerCorrect("R1", { cwd, reason: " " })).toBe(2);
    expect(err).toMatch(/--reason needs what is wrong with the entry; nothing was written/);
    expect(await ledgerCorrect("R1", { cwd, reason: "twice", replacement: "R2" })).toBe(0);
    expect(await ledgerVerify({ cwd })).toBe(0);
  });
});

describe("ledger export", () => {
  it("gives every entry as JSON, oldest first", async () => {
    const { hash } = await addEntry(fairwatt, "R1");
    await ledgerCorrect("R1", { cwd, reason: "x" });
    const file = path.join(cwd, "out.json");
    expect(await ledgerExport({ cwd, format: "json", out: file })).toBe(0);
    const entries = JSON.parse(fs.readFileSync(file, "utf8"));
    expect(entries.map(({ type }: { type: string }) => type)).toEqual(["run", "correction"]);
    const { hash: first, ...entry } = entries[0];
    expect(first).toBe(hash);
    expect(entry).toEqual(JSON.parse(fs.readFileSync(entryFile(fairwatt, hash), "utf8")));
  });

  it("gives the runs as a table in which no cell is a formula", async () => {
    await addEntry(fairwatt, "R1", { name: '=HYPERLINK("x")' });
    await ledgerCorrect("R1", { cwd, reason: "x" });
    out = "";
    expect(await ledgerExport({ cwd, format: "csv" })).toBe(0);
    const { data } = Papa.parse<Record<string, string>>(out.trim(), { header: true });
    expect(data).toHaveLength(1);
    expect(data[0]).toMatchObject({
      run: "R1",
      energy_kwh: "0.001",
      energy_method: "measured",
      corrected: "true",
    });
    expect(data[0]!.name).toBe(`'=HYPERLINK("x")`);
  });

  it("says what it cannot do", async () => {
    expect(await ledgerExport({ cwd, format: "xml" })).toBe(2);
    expect(await ledgerExport({ cwd, format: "json", out: path.join(cwd, "no", "where") })).toBe(1);
    expect(err).toMatch(/cannot be written/);
  });
});
