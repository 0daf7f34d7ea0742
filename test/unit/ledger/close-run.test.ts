import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { hostName } from "../../../src/energy/process-identity.node.ts";
import { ledgerFolder, SUMMARY_FILE } from "../../../src/energy/run-folder.node.ts";
import { closeInterrupted, closeRun } from "../../../src/ledger/close-run.node.ts";
import { findRunEntry } from "../../../src/ledger/read.node.ts";
import { readSummary } from "../../../src/ledger/summary-file.node.ts";
import { verifyLedger } from "../../../src/ledger/verify.node.ts";
import { entryFile, type RunOnDisk, runOnDisk, writeAt } from "./fixtures.ts";

let run: RunOnDisk;
beforeEach(() => {
  run = runOnDisk();
});
afterEach(() => fs.rmSync(run.folder, { recursive: true, force: true }));

const entries = () =>
  fs.existsSync(ledgerFolder(run.fairwatt)) ? fs.readdirSync(ledgerFolder(run.fairwatt)) : [];
const problemKinds = async () => (await verifyLedger(run.fairwatt)).problems.map(({ kind }) => kind);
/** Root may write everywhere, so a folder is made unwritable by putting a file in its place. */
const block = (file: string) => fs.writeFileSync(file, "");

describe("closeRun", () => {
  it("writes one entry with what the journals say, and the summary", async () => {
    writeAt(path.join(run.folder, "model.bin"), 5, "weights");
    const { summary, entry, problems } = await closeRun(run.runDirectory);
    expect(problems).toEqual([]);
    expect(summary).toMatchObject({ id: "01RUN", state: "finished" });
    const found = await findRunEntry(run.fairwatt, "01RUN");
    expect(found).toMatchObject({ hash: entry });
    expect(found!.body).toMatchObject({
      cwd: ".",
      host: hostName(),
      state: "finished",
      exitCode: 0,
      durationSeconds: 10,
      energy: { value: summary!.energy.value, unit: "J" },
      artefacts: [{ path: "model.bin", bytes: 7, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
    expect(found!.body.energy.value).toBeGreaterThan(0);
    expect(found!.body.footprint).toBeUndefined();
    expect(Object.keys(found!.body.journals).sort()).toEqual([
      `${hostName()}.10.jsonl`,
      `${hostName()}.11.jsonl`,
    ]);
    expect(readSummary(run.runDirectory)).toMatchObject({ id: "01RUN", entry });
    expect(await verifyLedger(run.fairwatt)).toMatchObject({
      entries: 1,
      heads: [entry],
      journals: 2,
      problems: [],
    });
    expect(fs.readdirSync(run.runDirectory)).toHaveLength(3);
  });

  it("keeps the footprint where the zone is known", async () => {
    const lines = fs.readFileSync(run.journal, "utf8").split("\n");
    const grid = {
      zone: "DE",
      name: "Germany",
      gramsPerKwh: 342.06,
      low: 301,
      high: 383,
      year: 2024,
      source: "Ember",
      chosenBy: "--zone",
    };
    lines[0] = JSON.stringify({ ...JSON.parse(lines[0]!), grid, pue: 1.5 });
    fs.writeFileSync(run.journal, lines.join("\n"));
    await closeRun(run.runDirectory);
    const { body } = (await findRunEntry(run.fairwatt, "01RUN"))!;
    expect(body.footprint!.value).toBeCloseTo((body.energy.value / 3.6e6) * 1.5 * 342.06, 9);
  });

  it("never writes a second entry", async () => {
    const first = await closeRun(run.runDirectory);
    expect((await closeRun(run.runDirectory)).entry).toBe(first.entry);
    fs.rmSync(path.join(run.runDirectory, SUMMARY_FILE));
    expect((await closeRun(run.runDirectory)).entry).toBe(first.entry);
    expect(entries()).toEqual([`${first.entry}.json`]);
  });

  it("gives one entry to two who close at once", async () => {
    const both = await Promise.all([closeRun(run.runDirectory), closeRun(run.runDirectory)]);
    expect(both[0].entry).toBe(both[1].entry);
    expect(both.flatMap(({ problems }) => problems)).toEqual([]);
    expect(entries()).toHaveLength(1);
  });

  it("takes over the lock of a process that is gone", async () => {
    fs.writeFileSync(
      path.join(run.runDirectory, "closing.lock"),
      JSON.stringify({ host: hostName(), pid: 10, pidStart: 1 }),
    );
    expect(await closeRun(run.runDirectory)).toMatchObject({ entry: expect.any(String), problems: [] });
    expect(fs.existsSync(path.join(run.runDirectory, "closing.lock"))).toBe(false);
  });

  it("names the person whom git knew when it ran", async () => {
    const author = "Ada Lovelace <ada@example.org>";
    const [first] = fs.readFileSync(run.journal, "utf8").split("\n");
    const { t, mono } = JSON.parse(first!);
    fs.appendFileSync(run.journal, `${JSON.stringify({ type: "git", t, mono, author })}\n`);
    await closeRun(run.runDirectory);
    expect((await findRunEntry(run.fairwatt, "01RUN"))!.body.author).toBe(author);
  });

  it("leaves a run alone that is still going on", async () => {
    const folder = run.folder;
    const live = runOnDisk({ ended: false, run: "01LIVE", folder });
    const lines = fs.readFileSync(live.journal, "utf8").split("\n");
    const { bootId } = await import("../../../src/energy/process-identity.node.ts");
    lines[0] = JSON.stringify({ ...JSON.parse(lines[0]!), pid: process.pid, boot: bootId() });
    fs.writeFileSync(live.journal, lines.join("\n"));
    const { summary, entry } = await closeRun(live.runDirectory);
    expect(summary!.state).toBe("running");
    expect(entry).toBeUndefined();
    expect(entries()).toEqual([]);
  });

  it("says what went wrong where the ledger cannot be written, and does it later", async () => {
    block(ledgerFolder(run.fairwatt));
    const failed = await closeRun(run.runDirectory);
    expect(failed).toMatchObject({
      summary: { id: "01RUN" },
      problems: [expect.stringMatching(/no ledger entry yet/)],
    });
    expect(fs.existsSync(path.join(run.runDirectory, SUMMARY_FILE))).toBe(false);
    fs.rmSync(ledgerFolder(run.fairwatt));
    expect((await closeRun(run.runDirectory)).problems).toEqual([]);
    expect(entries()).toHaveLength(1);
  });

  it("keeps the entry when the summary cannot be written", async () => {
    fs.mkdirSync(path.join(run.runDirectory, SUMMARY_FILE, "x"), { recursive: true });
    const { entry, problems } = await closeRun(run.runDirectory);
    expect(entries()).toEqual([`${entry}.json`]);
    expect(problems).toEqual([expect.stringMatching(/summary of run 01RUN could not be kept/)]);
  });

  it("says when there is nothing to read", async () => {
    const says = async (why: RegExp) =>
      expect(await closeRun(run.runDirectory)).toEqual({ problems: [expect.stringMatching(why)] });
    for (const name of fs.readdirSync(run.runDirectory)) fs.rmSync(path.join(run.runDirectory, name));
    await says(/no start record.*; it has no ledger entry/);
    fs.rmSync(run.runDirectory, { recursive: true });
    await says(/was deleted while it ran: nothing .*; it has no ledger entry/);
  });
});

describe("closeInterrupted", () => {
  it("closes what was killed, once, and leaves runs of other hosts", async () => {
    const killed = runOnDisk({ ended: false, run: "01KILLED", folder: run.folder });
    runOnDisk({ ended: false, run: "01OTHER", host: "elsewhere", folder: run.folder });
    fs.mkdirSync(path.join(run.fairwatt, "runs", "01EMPTY"));
    const closed = await closeInterrupted([run.fairwatt, path.join(run.folder, "none")]);
    expect(closed.map(({ summary }) => [summary!.id, summary!.state]).sort()).toEqual([
      ["01KILLED", "interrupted"],
      ["01RUN", "finished"],
    ]);
    expect(readSummary(killed.runDirectory)).toMatchObject({ state: "interrupted" });
    expect(await closeInterrupted([run.fairwatt])).toEqual([]);
    expect(entries()).toHaveLength(2);
  });
});

describe("verification of runs", () => {
  it("finds a changed, a missing and an added journal", async () => {
    await closeRun(run.runDirectory);
    const text = fs.readFileSync(run.journal, "utf8");
    fs.writeFileSync(run.journal, text.replace('"pue":1', '"pue":2'));
    expect(await problemKinds()).toEqual(["journal-changed"]);
    fs.rmSync(run.journal);
    expect(await problemKinds()).toEqual(["journal-missing"]);
    fs.writeFileSync(run.journal, text);
    expect(await problemKinds()).toEqual([]);
    fs.writeFileSync(path.join(run.runDirectory, "marks.jsonl"), "{}\n");
    expect(await problemKinds()).toEqual(["journal-added"]);
  });

  it("takes journals that are elsewhere as a notice", async () => {
    await closeRun(run.runDirectory);
    fs.rmSync(run.runDirectory, { recursive: true });
    const { problems, notices } = await verifyLedger(run.fairwatt);
    expect(problems).toEqual([]);
    expect(notices).toEqual([expect.stringMatching(/journals of one run are not here/)]);
  });

  it("finds the removal of the newest entry by the run that is still here", async () => {
    const { entry } = await closeRun(run.runDirectory);
    fs.rmSync(entryFile(run.fairwatt, entry!));
    expect(await problemKinds()).toEqual(["run-entry-missing"]);
    expect((await closeRun(run.runDirectory)).entry).toBe(entry);
    expect(entries()).toEqual([]);
  });

  it("finds a summary that shows other energy than the entry", async () => {
    await closeRun(run.runDirectory);
    const file = path.join(run.runDirectory, SUMMARY_FILE);
    const summary = JSON.parse(fs.readFileSync(file, "utf8"));
    summary.energy.value /= 2;
    fs.writeFileSync(file, JSON.stringify(summary));
    expect(await problemKinds()).toEqual(["summary-changed"]);
  });

  it("mentions runs that left no record", async () => {
    for (const name of fs.readdirSync(run.runDirectory)) fs.truncateSync(path.join(run.runDirectory, name));
    expect((await verifyLedger(run.fairwatt)).notices).toEqual([
      expect.stringMatching(/01RUN left no record/),
    ]);
  });

  it("mentions runs that are not closed", async () => {
    expect((await verifyLedger(run.fairwatt)).notices).toEqual([
      expect.stringMatching(/one run is not closed yet/),
    ]);
  });
});
