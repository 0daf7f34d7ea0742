import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { exportRuns } from "../../../src/cli/export.ts";
import { importFiles } from "../../../src/cli/import.ts";
import { runs } from "../../../src/cli/runs.ts";
import { commandFolder } from "./command-folder.ts";
import { LONG, projectCopy } from "./fixture-runs.ts";

const FIXTURES = path.resolve(import.meta.dirname, "../../fixtures/exchange");
const folder = commandFolder();
const take = (name: string) => folder.write(name, fs.readFileSync(path.join(FIXTURES, name)));
const entries = () => {
  const ledger = path.join(folder.cwd, ".fairwatt", "ledger");
  return fs.existsSync(ledger) ? fs.readdirSync(ledger) : [];
};

describe("fairwatt import", () => {
  it("takes each record over once, marked as another tool's", async () => {
    take("codecarbon-3.3.csv");
    take("zeus-0.16.csv");
    const files = ["codecarbon-3.3.csv", "zeus-0.16.csv"];
    expect(await importFiles(files, { cwd: folder.cwd })).toBe(0);
    expect(folder.out).toMatch(/codecarbon-3.3.csv: 1 record of CodeCarbon taken over\n/);
    expect(folder.out).toMatch(/zeus-0.16.csv: 3 records of Zeus taken over\n/);
    expect(entries()).toHaveLength(2);
    folder.clear();
    expect(await importFiles(files, { cwd: folder.cwd })).toBe(0);
    expect(folder.out).toMatch(/0 records of Zeus taken over; 3 known already/);
    expect(entries()).toHaveLength(2);
  });

  it("keeps them out of the list of runs, and lists them by themselves, a run that went on once", async () => {
    const text = fs.readFileSync(path.join(FIXTURES, "codecarbon-3.3.csv"), "utf8");
    const [heading, first] = text.split("\n");
    folder.write("emissions.csv", `${heading}\n${first}\n`);
    await importFiles(["emissions.csv"], { cwd: folder.cwd });
    folder.write("emissions.csv", text);
    await importFiles(["emissions.csv"], { cwd: folder.cwd });
    folder.clear();
    await runs({ cwd: folder.cwd });
    expect(folder.out).toMatch(/^No run in /);
    folder.clear();
    await runs({ cwd: folder.cwd, imported: true, json: true });
    const listed = JSON.parse(folder.out);
    expect(listed).toHaveLength(1);
    expect(listed[0]).toMatchObject({ tool: "CodeCarbon", toolVersion: "3.3.2", file: "emissions.csv" });
    expect(listed[0].record.durationSeconds).toBeCloseTo(4.08, 2);
    folder.clear();
    await runs({ cwd: folder.cwd, imported: true });
    expect(folder.out).toMatch(/credit .*± 40 % +CodeCarbon 3.3.2/);
  });

  it("writes nothing when it only says what it would do", async () => {
    take("eco2ai-0.3.csv");
    expect(await importFiles(["eco2ai-0.3.csv"], { cwd: folder.cwd, dryRun: true })).toBe(0);
    expect(folder.out).toMatch(/1 record of Eco2AI would be taken over/);
    expect(entries()).toEqual([]);
  });

  it("refuses what it does not know, and takes the others over all the same", async () => {
    take("carbontracker-2.4_carbontracker.log");
    take("carbontracker-2.4_carbontracker_output.log");
    folder.write("notes.txt", "hello");
    const files = [
      "notes.txt",
      "none.csv",
      "carbontracker-2.4_carbontracker_output.log",
      "carbontracker-2.4_carbontracker.log",
    ];
    expect(await importFiles(files, { cwd: folder.cwd })).toBe(1);
    expect(folder.err).toMatch(/notes.txt: is none of: CodeCarbon's/);
    expect(folder.err).toMatch(/none.csv: cannot be read \(ENOENT\)/);
    expect(folder.err).toMatch(/_output.log: this is carbontracker's output log/);
    expect(entries()).toHaveLength(1);
  });
});

describe("fairwatt export", () => {
  const withRunsOf = async (use: (cwd: string) => Promise<void>) => {
    const { project, state, remove } = projectCopy();
    vi.stubEnv("XDG_STATE_HOME", state);
    try {
      await use(project);
    } finally {
      remove();
    }
  };

  it("writes a file of CodeCarbon's that import would read", () =>
    withRunsOf(async (cwd) => {
      const options = {
        cwd,
        format: "codecarbon",
        output: "emissions.csv",
        infrastructure: "other",
      } as const;
      expect(await exportRuns([LONG], options)).toBe(0);
      expect(await importFiles(["emissions.csv"], { cwd, dryRun: true })).toBe(0);
      expect(folder.out).toMatch(/1 record of CodeCarbon would be taken over/);
      expect(fs.readFileSync(path.join(cwd, "emissions.csv"), "utf8")).toMatch(/,DEU,|,FRA,|,USA,/);
    }));

  it("asks for what BoAmps requires", () =>
    withRunsOf(async (cwd) => {
      const options = { cwd, format: "boamps", infrastructure: "other", taskStage: "training" } as const;
      expect(await exportRuns([LONG], options)).toBe(2);
      expect(folder.err).toMatch(/requires what no meter tells: --task-family, --algorithm, --data-type/);
      const facts = { taskFamily: "x", algorithm: "y", dataType: "tabular" } as const;
      expect(await exportRuns([LONG], { ...options, ...facts })).toBe(0);
      expect(JSON.parse(folder.out).header.reportId).toBe(LONG);
    }));

  it("says which run is not there", () =>
    withRunsOf(async (cwd) => {
      expect(await exportRuns(["nope"], { cwd, format: "codecarbon", infrastructure: "other" })).toBe(2);
    }));
});
