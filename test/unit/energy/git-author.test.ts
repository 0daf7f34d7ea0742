import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { gitAuthor } from "../../../src/energy/git-author.node.ts";
import { readGitState } from "../../../src/energy/git-state.node.ts";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-git-"));
  git("init", "-q", "-b", "trunk");
  git("config", "user.name", "Ada Lovelace");
  git("config", "user.email", "ada@example.org");
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const git = (...args: string[]) => execFileSync("git", args, { cwd: folder });
const write = (name: string, text: string) => {
  fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  fs.writeFileSync(path.join(folder, name), text);
};

describe("what git says of a run", () => {
  it("is who works here", async () => {
    expect(await gitAuthor(folder)).toBe("Ada Lovelace <ada@example.org>");
    expect(await gitAuthor(path.join(folder, "none"))).toBeUndefined();
  });

  it("is the commit and the branch", async () => {
    expect(await readGitState(folder)).toBeUndefined();
    write("train.py", "1\n");
    git("add", "-A");
    git("commit", "-qm", "first");
    const state = await readGitState(folder);
    expect(state).toEqual({
      commit: git("rev-parse", "HEAD").toString().trim(),
      branch: "trunk",
      dirty: false,
    });
    git("checkout", "-q", "--detach");
    expect((await readGitState(folder))?.branch).toBeUndefined();
  });

  it("is dirty by changes and new files, and not by what Fairwatt writes", async () => {
    write("train.py", "1\n");
    write("sub/data.csv", "1\n");
    git("add", "-A");
    git("commit", "-qm", "first");
    write(".fairwatt/ledger/a.json", "{}");
    write("sub/.fairwatt/ledger/a.json", "{}");
    expect((await readGitState(path.join(folder, "sub")))?.dirty).toBe(false);
    write("new.py", "1\n");
    expect((await readGitState(path.join(folder, "sub")))?.dirty).toBe(true);
    fs.rmSync(path.join(folder, "new.py"));
    write("train.py", "2\n");
    expect((await readGitState(folder))?.dirty).toBe(true);
  });
});
