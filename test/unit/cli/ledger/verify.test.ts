import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ledgerVerify } from "../../../../src/cli/ledger/verify.ts";
import { closeRun } from "../../../../src/ledger/close-run.node.ts";
import { entryFile, type RunOnDisk, runOnDisk } from "../../ledger/fixtures.ts";

let run: RunOnDisk;
let out: string;
beforeEach(() => {
  run = runOnDisk();
  out = "";
  vi.stubEnv("XDG_STATE_HOME", path.join(run.folder, "state"));
  vi.spyOn(process.stdout, "write").mockImplementation((text, done?: unknown) => {
    out += text;
    (done as (() => void) | undefined)?.();
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  fs.rmSync(run.folder, { recursive: true, force: true });
});

describe("ledgerVerify", () => {
  it("says that there is nothing yet", async () => {
    expect(await ledgerVerify({ cwd: run.folder })).toBe(0);
    expect(out).toMatch(/^No entries in .*ledger yet/);
  });

  it("says that all is as it was written, and names the newest entry", async () => {
    const { entry } = await closeRun(run.runDirectory);
    expect(await ledgerVerify({ cwd: run.folder })).toBe(0);
    expect(out).toMatch(/is as it was written: 1 entry, 2 journals compared\./);
    expect(out).toContain(`newest entry: ${entry}`);
  });

  it("lists problems and exits 1", async () => {
    const { entry } = await closeRun(run.runDirectory);
    fs.appendFileSync(entryFile(run.fairwatt, entry!), " ");
    expect(await ledgerVerify({ cwd: run.folder })).toBe(1);
    expect(out).toMatch(/^2 problems in /);
    expect(out).toMatch(/was changed: its content has the hash/);
    expect(out).toMatch(/git log --stat/);
  });

  it("prints one JSON object", async () => {
    const { entry } = await closeRun(run.runDirectory);
    expect(await ledgerVerify({ cwd: run.folder, json: true })).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      intact: true,
      ledgers: [{ entries: 1, heads: [entry], journals: 2, problems: [], notices: [] }],
    });
  });

  it("exits 2 when the ledger cannot be read", async () => {
    fs.writeFileSync(path.join(run.fairwatt, "ledger"), "");
    const err = vi.spyOn(process.stderr, "write").mockReturnValue(true);
    expect(await ledgerVerify({ cwd: run.folder })).toBe(2);
    expect(err.mock.calls.join()).toMatch(/cannot be read: ENOTDIR/);
  });
});
