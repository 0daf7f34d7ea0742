import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, vi } from "vitest";
import { captureOutput } from "./capture-output.ts";

/** A folder that a test calls a command in, and what the command printed. */
export interface CommandFolder {
  /** New and empty but for the files that were asked for, before each test; gone after it. */
  cwd: string;
  /** Standard output and error since the test began, or since `clear`. */
  out: string;
  err: string;
  clear(): void;
  /** A file in the folder, with the folders that it lies in. */
  write(name: string, text: string | Uint8Array): void;
}

/** For all tests of the file or suite that calls this. `files`: name -> text; the folder is a project by its fairwatt.toml. */
export function commandFolder(
  files: Readonly<Record<string, string>> = { "fairwatt.toml": "" },
): CommandFolder {
  const folder: CommandFolder = {
    cwd: "",
    out: "",
    err: "",
    clear() {
      folder.out = "";
      folder.err = "";
    },
    write(name, text) {
      const file = path.join(folder.cwd, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    },
  };
  beforeEach(() => {
    folder.cwd = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-command-")));
    folder.clear();
    vi.stubEnv("XDG_STATE_HOME", path.join(folder.cwd, "state"));
    for (const [name, text] of Object.entries(files)) folder.write(name, text);
    captureOutput(
      (text) => {
        folder.out += text;
      },
      (text) => {
        folder.err += text;
      },
    );
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    fs.rmSync(folder.cwd, { recursive: true, force: true });
  });
  return folder;
}
