import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { compare } from "../../../src/cli/compare.ts";
import { report } from "../../../src/cli/report.ts";
import { runs } from "../../../src/cli/runs.ts";
import { findRuns, RunNotFound, resolveRun } from "../../../src/cli/runs-find.ts";
import { show } from "../../../src/cli/show.ts";
import { HOSTILE, LONG, projectCopy, runDirectory, SHORT } from "./fixture-runs.ts";

let copy: ReturnType<typeof projectCopy>;
let out: string;
let err: string;

beforeEach(() => {
  copy = projectCopy();
  out = "";
  err = "";
  vi.stubEnv("XDG_STATE_HOME", copy.state);
  vi.stubEnv("NO_COLOR", "1");
  const collect = (take: (text: string) => void) =>
    ((text: string, done?: () => void) => {
      take(text);
      done?.();
      return true;
    }) as typeof process.stdout.write;
  vi.spyOn(process.stdout, "write").mockImplementation(
    collect((text) => {
      out += text;
    }),
  );
  vi.spyOn(process.stderr, "write").mockImplementation(
    collect((text) => {
      err += text;
    }),
  );
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  copy.remove();
});

describe("runs", () => {
  it("lists newest first, with the change against the run before of the same name and command", async () => {
    expect(await runs({ cwd: copy.project })).toBe(0);
    const lines = out.split("\n");
    expect(lines[1]).toContain(HOSTILE);
    expect(lines[2]).toMatch(/credit +main@3f2c1ab0 +30 s +4\.\d\d Wh +1\.\d g +-29 % +measured +finished$/);
    expect(lines[3]).toMatch(/42 s .* measured +finished$/);
    expect(out).not.toContain("\x1b");
    expect(out).toContain("zone?: no CO2e");
  });

  it("prints an array of records with quantities", async () => {
    await runs({ cwd: copy.project, json: true });
    const records = JSON.parse(out);
    expect(records.map(({ id }: { id: string }) => id)).toEqual([HOSTILE, SHORT, LONG]);
    const [hostile, short] = records;
    expect(short.energy).toMatchObject({ unit: "J", method: "measured" });
    expect(short.energy.low).toBeLessThan(short.energy.value);
    expect(short.footprint).toMatchObject({ unit: "gCO2e", basis: expect.stringContaining("Germany") });
    expect(short.startedAt).toBe("2024-11-21T18:31:40.000Z");
    expect(hostile.footprint).toBeNull();
    expect(hostile).toMatchObject({ v: 1, state: "failed", exitCode: 3, pue: 1.2 });
  });

  it("says so where there is none, and for --json prints an empty array", async () => {
    const empty = path.join(copy.project, "..");
    expect(await runs({ cwd: empty })).toBe(0);
    expect(out).toMatch(/^No run in .* yet\. Start one with: fairwatt run COMMAND\n$/);
    out = "";
    expect(await runs({ cwd: empty, json: true })).toBe(0);
    expect(JSON.parse(out)).toEqual([]);
  });

  it("lists the others where one cannot be read, and says which", async () => {
    const directory = runDirectory(LONG, copy.project);
    for (const file of readdirSync(directory)) writeFileSync(path.join(directory, file), "torn");
    expect(await runs({ cwd: copy.project })).toBe(1);
    expect(out).toContain(SHORT);
    expect(err).toContain(LONG);
  });

  it("does not believe a cached summary that is older than a journal, of another run, or torn", async () => {
    const directory = runDirectory(SHORT, copy.project);
    const cache = path.join(directory, "summary.json");
    const before = (await findRuns(copy.project)).runs[1]!.summary;
    writeFileSync(cache, JSON.stringify({ ...before, name: "cached" }));
    expect((await findRuns(copy.project)).runs[1]!.summary.name).toBe("cached");
    writeFileSync(cache, JSON.stringify({ ...before, id: LONG, name: "cached" }));
    expect((await findRuns(copy.project)).runs[1]!.summary.name).toBe("credit");
    writeFileSync(cache, '{"v":1');
    expect((await findRuns(copy.project)).runs[1]!.summary.name).toBe("credit");
  });
});

describe("resolveRun", () => {
  it.each([
    ["last", HOSTILE],
    ["last~1", SHORT],
    ["last~2", LONG],
    [LONG, LONG],
    [LONG.toLowerCase(), LONG],
    ["01JD5K", LONG],
    ["01jd5n", SHORT],
    ["credit", SHORT],
  ])("%s is %s", async (reference, id) => {
    expect(resolveRun(reference, await findRuns(copy.project)).summary.id).toBe(id);
  });

  it.each([
    ["last~3", /no last~3: the project has 3 runs/],
    ["01JD5", /3 runs begin with "01JD5"[\s\S]*Give more letters/],
    ["credti", /no run is called "credti"[\s\S]*nearest[\s\S]*credit/],
  ])("%s is refused with what there is", async (reference, message) => {
    const found = await findRuns(copy.project);
    expect(() => resolveRun(reference, found)).toThrow(RunNotFound);
    expect(() => resolveRun(reference, found)).toThrow(message);
  });
});

describe("show", () => {
  it("says method, instrument, range, zone, gaps, rejected meters and what was not measured", async () => {
    expect(await show(LONG, { cwd: copy.project })).toBe(0);
    for (const text of [
      "finished",
      "python train.py",
      "NVML energy counter, NVIDIA H100",
      "share of busy CPU time",
      "342 g/kWh, Germany, yearly 2024, Ember, location-based, PUE 1.2; zone from fairwatt.toml",
      "20 s to 27 s: no sample for 7 s",
      "sudo chmod a+r",
      "platform (psys)",
      "psys holds the package as well",
      "not measured  disk, network, display",
      "no entry yet",
    ]) {
      expect(out).toContain(text);
    }
  });

  it("marks what was modelled and says why there is no CO2e", async () => {
    await show(HOSTILE, { cwd: copy.project });
    expect(out).toMatch(/energy +≈\d+ mWh \(\d+ to \d+ mWh\), modelled/);
    expect(out).toContain("not known: no grid zone");
    expect(out).toContain("failed with exit code 3");
    expect(out).toContain("could not be read");
    expect(out).not.toContain("\x1b");
  });

  it("prints one object with where it lies", async () => {
    await show("last~1", { cwd: copy.project, json: true });
    expect(JSON.parse(out)).toMatchObject({
      id: SHORT,
      directory: runDirectory(SHORT, copy.project),
      artefacts: [],
      ledgerEntry: null,
      uncounted: [{ label: "platform (psys)" }],
    });
  });

  it("ends with 2 and prints nothing where the run is not known", async () => {
    expect(await show("nothing", { cwd: copy.project, json: true })).toBe(2);
    expect(out).toBe("");
    expect(err).toContain("fairwatt runs --all");
  });
});

describe("compare and report", () => {
  it("compares in words, then in a table with one unit per row", async () => {
    expect(await compare("last~2", "last~1", { cwd: copy.project })).toBe(0);
    expect(out).toMatch(
      /^-29 % energy against the run before \(5\.\d\d to 4\.\d\d Wh\), same commit, same command, 3 epochs fewer\n/,
    );
    expect(out).toMatch(/ {2}CPU package 0 +\d+ mWh +\d+ mWh +-\d\d %/);
    expect(out).not.toContain("caution");
  });

  it("flags runs that are not on one basis", async () => {
    await compare("last~1", "last", { cwd: copy.project });
    expect(out).toContain("caution: the second run did not finish: failed with exit code 3");
    expect(out).toContain("caution: different methods: measured before, modelled after");
  });

  it("writes the report into the project, the same bytes each time", async () => {
    expect(await report("last~1", { cwd: copy.project })).toBe(0);
    const file = out.trim();
    expect(file).toBe(path.join(copy.project, "reports", "run-bbbbbbb2.html"));
    const first = readFileSync(file, "utf8");
    const other = path.join(copy.project, "deep", "er", "x.html");
    expect(await report("last~1", { cwd: copy.project, out: other })).toBe(0);
    expect(readFileSync(other, "utf8")).toBe(first);
  });

  it("says where a report could not be written and what to do", async () => {
    writeFileSync(path.join(copy.project, "taken"), "");
    await expect(
      report("last", { cwd: copy.project, out: path.join(copy.project, "taken", "x.html") }),
    ).rejects.toThrow(/cannot be written to .*--out/);
  });
});
