import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ApprovalBody } from "../../../src/ledger/entries/approval.ts";
import { readEntry } from "../../../src/ledger/read.node.ts";
import { checkSshSignature, signWithSsh } from "../../../src/ledger/ssh-signature.node.ts";
import {
  checkApproval,
  recordApproval,
  recordCorrection,
  signedText,
} from "../../../src/ledger/statements.node.ts";
import { verifyLedger } from "../../../src/ledger/verify.node.ts";
import { writeEntry } from "../../../src/ledger/write-entry.node.ts";
import { addEntry, temporaryFolder } from "./fixtures.ts";

let folder: string;
let fairwatt: string;
let key: string;
beforeEach(() => {
  folder = temporaryFolder();
  fairwatt = path.join(folder, ".fairwatt");
  key = path.join(folder, "id_ed25519");
  execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "ada", "-f", key]);
});
afterEach(() => {
  vi.unstubAllEnvs();
  fs.rmSync(folder, { recursive: true, force: true });
});

const approval = (subject: string, more: Partial<ApprovalBody> = {}): ApprovalBody => ({
  subject,
  decision: "approved",
  name: "Ada Lovelace",
  role: "head of risk",
  fairwatt: "0.1.0",
  ...more,
});
const allowed = (line: string) => {
  const file = path.join(folder, "allowed");
  fs.writeFileSync(file, `${line}\n`);
  return file;
};
/** All that is to be said of these ledgers: the runs in them have no journals. */
const withoutJournals = [expect.stringContaining("journals of one run are not here")];
const publicKey = () => fs.readFileSync(`${key}.pub`, "utf8").trim();
const bodyOf = (hash: string) => readEntry(fairwatt, hash).envelope?.body as unknown as ApprovalBody;

describe("an approval", () => {
  it("is signed over its own text, and the signature is right", async () => {
    const { hash: run } = await addEntry(fairwatt, "R");
    const { hash } = await recordApproval(fairwatt, approval(run), key);
    const body = bodyOf(hash);
    expect(body).toMatchObject({ subject: run, name: "Ada Lovelace", signature: { scheme: "ssh" } });
    const check = await checkSshSignature(signedText(body), body.signature!.value);
    expect(check).toMatchObject({ state: "good", key: expect.stringMatching(/^ED25519 key SHA256:/) });
    expect(check).not.toHaveProperty("principal");
    expect(await verifyLedger(fairwatt)).toMatchObject({ signatures: 1, problems: [] });
  });

  it("names the person whom the allowed signers give the key", async () => {
    const { hash: run } = await addEntry(fairwatt, "R");
    await recordApproval(fairwatt, approval(run), key);
    const file = allowed(`ada@example.org ${publicKey()}`);
    expect(await verifyLedger(fairwatt, file)).toMatchObject({ signatures: 1, problems: [] });
    expect((await verifyLedger(fairwatt, file)).notices).toEqual(withoutJournals);
    const past = allowed(`ada@example.org valid-before="20000101" ${publicKey()}`);
    const { notices } = await verifyLedger(fairwatt, past);
    expect(notices).toContainEqual(expect.stringMatching(/allowed signers do not have that key/));
  });

  it("is held against the allowed signers of its time", async () => {
    const body = approval("a".repeat(64));
    const value = await signWithSsh(signedText(body), key);
    const signed = { ...body, signature: { scheme: "ssh" as const, value } };
    const until2020 = allowed(`ada@example.org valid-before="20200101" ${publicKey()}`);
    const whose = async (time: string) => checkApproval(signed, time, until2020);
    expect(await whose("2019-06-01T12:00:00.000Z")).toMatchObject({ principal: "ada@example.org" });
    expect(await whose("2020-06-01T12:00:00.000Z")).not.toHaveProperty("principal");
  });

  it.each([
    ["another subject", { subject: "a".repeat(64) }],
    ["another name", { name: "Mallory" }],
    ["another decision", { decision: "rejected" as const }],
  ])("with a signature that was made for %s is found", async (_, change) => {
    const { hash: run } = await addEntry(fairwatt, "R");
    const value = await signWithSsh(signedText(approval(run, change)), key);
    const body = { ...approval(run), signature: { scheme: "ssh" as const, value } };
    const { hash } = await writeEntry(fairwatt, { type: "approval", time: "2026-11-22T10:00:00.000Z", body });
    expect(await verifyLedger(fairwatt)).toMatchObject({
      signatures: 0,
      problems: [{ kind: "signature-wrong", entry: hash, message: expect.stringContaining("Ada Lovelace") }],
    });
  });

  it("of an entry that is gone is found", async () => {
    await recordApproval(fairwatt, approval("b".repeat(64)));
    const { problems } = await verifyLedger(fairwatt);
    expect(problems).toMatchObject([{ kind: "missing", entry: "b".repeat(64) }]);
  });

  it("without a signature is kept as what it is", async () => {
    const { hash: run } = await addEntry(fairwatt, "R");
    await recordApproval(fairwatt, approval(run));
    const { signatures, problems, notices } = await verifyLedger(fairwatt);
    expect({ signatures, problems, notices }).toEqual({
      signatures: 0,
      problems: [],
      notices: withoutJournals,
    });
  });
});

describe("signing", () => {
  it("says what is wrong with a key, and writes nothing", async () => {
    const { hash: run } = await addEntry(fairwatt, "R");
    const noKey = path.join(folder, "none");
    await expect(recordApproval(fairwatt, approval(run), noKey)).rejects.toThrow(
      /none could not sign: .*No such file/,
    );
    expect((await verifyLedger(fairwatt)).entries).toBe(1);
  });

  it("says what to install where there is no ssh-keygen; a check says that it was none", async () => {
    const value = await signWithSsh("text", key);
    vi.stubEnv("PATH", folder);
    await expect(signWithSsh("text", key)).rejects.toThrow(/install OpenSSH/);
    expect(await checkSshSignature("text", value)).toEqual({
      state: "unchecked",
      why: "ssh-keygen was not found",
    });
  });

  it("takes what is no signature for a wrong one", async () => {
    expect(await checkSshSignature("text", "no signature; $(touch x)")).toMatchObject({ state: "bad" });
  });
});

describe("a correction", () => {
  it("is about an entry that is there", async () => {
    const { hash: run } = await addEntry(fairwatt, "R");
    await recordCorrection(fairwatt, { corrects: run, reason: "wrong data", fairwatt: "0.1.0" });
    expect((await verifyLedger(fairwatt)).problems).toEqual([]);
    await expect(
      recordCorrection(fairwatt, { corrects: run, reason: "", fairwatt: "0.1.0" }),
    ).rejects.toThrow();
  });
});
