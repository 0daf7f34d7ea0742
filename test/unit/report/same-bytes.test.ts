import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Facts } from "../../../src/report/documents/document.ts";
import { DOCUMENTS, documentNamed } from "../../../src/report/documents/index.ts";
import { writeDocuments } from "../../../src/report/write-documents.node.ts";
import { writeRunEntries } from "../../bench/ledger/write-run-entries.ts";

const facts: Facts = {
  pue: 1.2,
  zone: "DE",
  report: { organisation: "Example Bank", system: "credit-scorer" },
};
/** As PDF, too: pages and faces are what they share. */
const PRINTED = ["ai-act-compute", "sci", "ghg"];
const folders: string[] = [];
afterEach(() => {
  vi.unstubAllEnvs();
  for (const folder of folders.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

/** File -> bytes of the documents that are written from the same ledger, elsewhere. */
async function written(zone: string, order: <T>(list: readonly T[]) => T[]) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-elsewhere-"));
  folders.push(folder);
  writeRunEntries(path.join(folder, ".fairwatt", "ledger"), 20);
  vi.stubEnv("XDG_STATE_HOME", path.join(folder, "state"));
  vi.stubEnv("TZ", zone);
  const out = path.join(folder, "out");
  const request = { folder, facts, out, record: false };
  await writeDocuments({ ...request, documents: order(DOCUMENTS), formats: ["html", "md", "json"] });
  const printed = order(PRINTED.map((id) => documentNamed(id)!));
  await writeDocuments({ ...request, documents: printed, formats: ["pdf"] });
  return new Map(fs.readdirSync(out).map((name) => [name, fs.readFileSync(path.join(out, name))]));
}

describe("documents of one ledger", () => {
  it("are the same bytes in another folder and time zone, and whatever was written before them", async () => {
    const here = await written("UTC", (list) => [...list]);
    expect(here.size).toBeGreaterThan(3 * 10);
    expect(here.get("ghg.json")!.toString()).toContain('"R19"');
    expect(new Date(Date.UTC(2026, 0, 1)).getHours()).toBe(0);
    const there = await written("Pacific/Chatham", (list) => [...list].reverse());
    expect(new Date(Date.UTC(2026, 0, 1)).getHours()).not.toBe(0);
    expect([...there.keys()]).toEqual([...here.keys()]);
    for (const [name, bytes] of here) expect(bytes.equals(there.get(name)!), name).toBe(true);
  }, 60_000);
});
