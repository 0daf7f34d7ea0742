import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ensureFairwattFolder } from "../../../src/config/fairwatt-folder.node.ts";
import { loadProject } from "../../../src/config/load.node.ts";
import { DEFAULT_PROJECT } from "../../../src/config/project.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-config-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
const write = (name: string, data: string | Uint8Array) => fs.writeFileSync(path.join(folder, name), data);

describe("loadProject", () => {
  it("gives the defaults where there is no file", () => {
    expect(loadProject(folder)).toEqual({ config: DEFAULT_PROJECT, problems: [] });
  });

  it("prefers fairwatt.toml and says so in the other", () => {
    write("fairwatt.toml", 'zone = "DE"\n');
    write("pyproject.toml", '[project]\nname = "x"\n[tool.fairwatt]\nzone = "FR"\n');
    const loaded = loadProject(folder);
    expect(loaded.config.zone).toBe("DE");
    expect(loaded.file).toBe(path.join(folder, "fairwatt.toml"));
    expect(loaded.problems).toEqual([
      expect.objectContaining({
        file: path.join(folder, "pyproject.toml"),
        line: 2,
        message: expect.stringMatching(/not read/),
      }),
    ]);
  });

  it("reads pyproject.toml, and reports problems with the whole path", () => {
    write("pyproject.toml", '[tool.fairwatt]\nzoen = "FR"\n');
    const loaded = loadProject(folder);
    const file = path.join(folder, "pyproject.toml");
    expect(loaded.file).toBe(file);
    expect(loaded.problems).toEqual([
      expect.objectContaining({ file, line: 1, message: expect.stringContaining('"zone"') }),
    ]);
  });

  it("has no file when pyproject.toml does not mention us", () => {
    write("pyproject.toml", "[project]\n");
    expect(loadProject(folder).file).toBeUndefined();
  });

  it("says when the file is not UTF-8", () => {
    write("fairwatt.toml", Uint8Array.from([0x7a, 0xff, 0xfe, 0x3d]));
    expect(loadProject(folder).problems[0]!.message).toMatch(/not UTF-8/);
  });

  it("says when it is a folder", () => {
    fs.mkdirSync(path.join(folder, "fairwatt.toml"));
    expect(loadProject(folder).problems[0]!.message).toMatch(/not a file/);
  });

  it("does not read a file of many megabytes", () => {
    write("fairwatt.toml", "#".repeat(4_000_001));
    expect(loadProject(folder).problems[0]!.message).toMatch(/larger than 4 MB/);
  });
});

describe("ensureFairwattFolder", () => {
  it("writes the ignore file once and keeps a changed one", () => {
    const fairwatt = path.join(folder, ".fairwatt");
    const file = path.join(fairwatt, ".gitignore");
    expect(ensureFairwattFolder(fairwatt)).toEqual([file]);
    fs.writeFileSync(file, "mine\n");
    expect(ensureFairwattFolder(fairwatt)).toEqual([]);
    expect(fs.readFileSync(file, "utf8")).toBe("mine\n");
  });
});
