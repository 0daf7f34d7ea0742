import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { init, projectFile } from "../../../src/cli/init.ts";
import { loadProject } from "../../../src/config/load.node.ts";
import { parseProject } from "../../../src/config/parse.ts";
import { DEFAULT_PROJECT } from "../../../src/config/project.ts";
import { temporaryFolder } from "../ledger/fixtures.ts";

let folder: string;
let out: string;
let err: string;
beforeEach(() => {
  folder = temporaryFolder();
  out = "";
  err = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text, done?: unknown) => {
    out += text;
    (done as (() => void) | undefined)?.();
    return true;
  });
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += text;
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});
const read = (name: string) => fs.readFileSync(path.join(folder, name), "utf8");

describe("init", () => {
  it("writes settings that read back as the defaults, and says how to set the zone", async () => {
    expect(await init({ cwd: folder })).toBe(0);
    expect(loadProject(folder)).toMatchObject({ config: DEFAULT_PROJECT, problems: [] });
    expect(read(".fairwatt/.gitignore")).toMatch(/^!\/ledger\/$/m);
    expect(out).toMatch(/wrote .*fairwatt\.toml/);
    expect(out).toMatch(/CO2e is not known until/);
  });

  it("writes the zone by its code", async () => {
    expect(await init({ cwd: folder, zone: "germany" })).toBe(0);
    expect(loadProject(folder).config.zone).toBe("DE");
  });

  it("writes nothing for a zone that there is not", async () => {
    expect(await init({ cwd: folder, zone: "Germny" })).toBe(2);
    expect(err).toMatch(/did you mean DE \(Germany\)\?\n.*nothing was written/);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it("overwrites nothing and says what is there", async () => {
    fs.writeFileSync(path.join(folder, "fairwatt.toml"), "pue = 1.4\n");
    fs.mkdirSync(path.join(folder, ".fairwatt"));
    fs.writeFileSync(path.join(folder, ".fairwatt/.gitignore"), "mine\n");
    expect(await init({ cwd: folder, zone: "FR" })).toBe(0);
    expect(read("fairwatt.toml")).toBe("pue = 1.4\n");
    expect(read(".fairwatt/.gitignore")).toBe("mine\n");
    expect(out.match(/is there already/g)).toHaveLength(2);
    expect(out).toMatch(/zone = "FR"/);
  });

  it("leaves settings in pyproject.toml where they are", async () => {
    fs.writeFileSync(path.join(folder, "pyproject.toml"), '[tool.fairwatt]\nzone = "DE"\n');
    expect(await init({ cwd: folder })).toBe(0);
    expect(fs.existsSync(path.join(folder, "fairwatt.toml"))).toBe(false);
    expect(out).toMatch(/pyproject\.toml is there already/);
  });

  it("writes at the root of the repository, and git then sees the ledger but no journal", async () => {
    const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, encoding: "utf8" });
    git("init", "-q");
    fs.mkdirSync(path.join(folder, "src"));
    expect(await init({ cwd: path.join(folder, "src") })).toBe(0);
    fs.mkdirSync(path.join(folder, ".fairwatt/runs/01"), { recursive: true });
    fs.mkdirSync(path.join(folder, ".fairwatt/ledger"));
    fs.writeFileSync(path.join(folder, ".fairwatt/runs/01/a.jsonl"), "");
    fs.writeFileSync(path.join(folder, ".fairwatt/ledger/a.json"), "");
    fs.writeFileSync(path.join(folder, ".fairwatt/ledger/.a.json.12.tmp"), "");
    const seen = git("ls-files", "--others", "--exclude-standard").trim().split("\n").sort();
    expect(seen).toEqual([".fairwatt/.gitignore", ".fairwatt/ledger/a.json", "fairwatt.toml"]);
  });

  it("says when the folder cannot be written", async () => {
    fs.writeFileSync(path.join(folder, "file"), "");
    fs.mkdirSync(path.join(folder, "project"));
    fs.writeFileSync(path.join(folder, "project", ".fairwatt"), "in the way");
    expect(await init({ cwd: path.join(folder, "project") })).toBe(1);
    expect(err).toMatch(/cannot be written: E/);
  });
});

describe("projectFile", () => {
  it("shows settings that are valid when the comment signs are taken away", () => {
    const text = projectFile().replace(/^# (?=[\w-]+ = |\[)/gm, "");
    expect(parseProject(text, "fairwatt.toml")).toMatchObject({
      config: {
        ...DEFAULT_PROJECT,
        zone: "DE",
        audit: { tables: { "predictions/*.csv": { label: "y", limits: { equalized_odds: 0.1 } } } },
      },
      problems: [],
    });
  });
});
