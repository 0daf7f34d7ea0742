import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { discover } from "../../../src/lint/discover.node.ts";
import { readSource } from "../../../src/lint/read-source.node.ts";

let root: string;
const write = (name: string, content: string | Buffer = "x\n") => {
  const file = path.join(root, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
  return file;
};
const found = (...paths: string[]) =>
  discover(paths.map((each) => path.join(root, each))).files.map((file) => path.relative(root, file));

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-discover-"));
});
afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

describe("discover", () => {
  it("takes what a reader takes, and no folder of tools", () => {
    for (const name of [
      "a.py",
      "b.ipynb",
      "c.yaml",
      "Dockerfile",
      "d.png",
      "node_modules/x/e.py",
      ".venv/f.py",
      "env/pyvenv.cfg",
      "env/g.py",
    ]) {
      write(name);
    }
    expect(found(".")).toEqual(["Dockerfile", "a.py", "b.ipynb", "c.yaml"]);
  });

  it("leaves out what git ignores, also by folders above and below, and takes back what it takes back", () => {
    fs.mkdirSync(path.join(root, ".git"));
    write(".gitignore", "build/\n*.log.py\n");
    write("sub/.gitignore", "!keep.log.py\n/own.py\n");
    for (const name of ["build/a.py", "b.log.py", "sub/keep.log.py", "sub/own.py", "sub/deep/own.py"])
      write(name);
    expect(found(".")).toEqual(["sub/deep/own.py", "sub/keep.log.py"]);
    expect(found("sub")).toEqual(["sub/deep/own.py", "sub/keep.log.py"]);
    expect(found("build/a.py")).toEqual(["build/a.py"]);
  });

  it("does not follow links to folders, so circles end", () => {
    write("a/b.py");
    fs.symlinkSync(path.join(root, "a"), path.join(root, "a", "again"));
    fs.symlinkSync(path.join(root, "nowhere"), path.join(root, "dangling.py"));
    expect(found(".")).toEqual(["a/b.py"]);
  });

  it("says what is not there", () => {
    expect(discover([path.join(root, "missing.py")]).problems).toEqual([
      `${path.join(root, "missing.py")}: there is no such file or folder`,
    ]);
  });
});

describe("readSource", () => {
  it("reads text, and says when bytes were none", () => {
    expect(readSource(write("a.py", "x = 'é'\r\n"))).toEqual({ text: "x = 'é'\r\n", damaged: false });
    expect(readSource(write("b.py", Buffer.from([0x78, 0xe9, 0x0a])))).toMatchObject({ damaged: true });
  });

  it("skips binaries and what is too large", () => {
    expect(readSource(write("a.py", Buffer.from([1, 0, 2])))).toEqual({
      skipped: { why: "binary", failed: false },
    });
    expect(readSource(write("b.json", "x".repeat(2_000_001)))).toEqual({
      skipped: { why: "larger than 2 MB", failed: false },
    });
    expect(readSource(path.join(root, "gone.py"))).toEqual({
      skipped: { why: "cannot be read (ENOENT)", failed: true },
    });
  });
});
