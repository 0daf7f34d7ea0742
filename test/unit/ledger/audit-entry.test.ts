import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AuditBody } from "../../../src/ledger/entry.ts";
import { readEntry } from "../../../src/ledger/read.node.ts";
import { verifyLedger } from "../../../src/ledger/verify.node.ts";
import { writeEntry } from "../../../src/ledger/write-entry.node.ts";

const BODY: AuditBody = {
  file: "data/scored.csv",
  sha256: "a".repeat(64),
  bytes: 120,
  rows: 7,
  columns: { label: "y", prediction: "p", sensitive: ["sex"] },
  positive: "1",
  favourable: "positive",
  settings: { seed: 1, level: 0.95 },
  measures: [
    {
      by: ["sex"],
      measure: "demographic_parity",
      convention: "largest minus smallest",
      difference: { value: 0.1, low: null, high: null, method: "none" },
      ratio: { value: null, low: null, high: null, method: "not estimable" },
    },
  ],
  limits: [],
  fairwatt: "0.0.0-test",
};

let fairwatt: string;
beforeEach(() => {
  fairwatt = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-audit-entry-"));
});
afterEach(() => fs.rmSync(fairwatt, { recursive: true, force: true }));

const write = () => writeEntry(fairwatt, { type: "audit", time: "2026-01-01T00:00:00.000Z", body: BODY });

describe("an audit entry", () => {
  it("joins the chain, is verified, and two audits of one table are two entries", async () => {
    const first = await write();
    const second = await write();
    expect(second.hash).not.toBe(first.hash);
    expect(readEntry(fairwatt, second.hash).envelope).toMatchObject({ type: "audit", parents: [first.hash] });
    expect(await verifyLedger(fairwatt)).toMatchObject({
      entries: 2,
      heads: [second.hash],
      problems: [],
      notices: [],
    });
  });

  it("is missed and its change is found", async () => {
    const { file } = await write();
    fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("0.1", "0.2"));
    expect((await verifyLedger(fairwatt)).problems).toMatchObject([{ kind: "changed" }]);
  });

  it("must have what an audit entry has", async () => {
    const body = { ...BODY, sha256: "none" };
    await expect(writeEntry(fairwatt, { type: "audit", time: "t", body })).rejects.toThrow();
    expect(fs.existsSync(path.join(fairwatt, "ledger"))).toBe(false);
  });
});
