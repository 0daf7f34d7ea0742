import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type ExtensionHost,
  fromEnvironmentsExtension,
  fromPythonExtension,
} from "../../../src/editor/launch/interpreter/from-extensions.ts";
import { fromFolder, fromPath, fromSetting } from "../../../src/editor/launch/interpreter/on-disk.ts";
import { InterpreterUnusable, resolveInterpreter } from "../../../src/editor/launch/interpreter/resolve.ts";

let root: string;
const oldPath = process.env.PATH;

beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-interpreter-"));
});
afterEach(() => {
  process.env.PATH = oldPath;
  fs.rmSync(root, { recursive: true, force: true });
});

function executable(...parts: string[]): string {
  const file = path.join(root, ...parts);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, "#!/bin/sh\n", { mode: 0o755 });
  return file;
}

const request = (change: { folders?: string[]; setting?: string } = {}) => ({
  file: path.join(root, "train.py"),
  folders: change.folders ?? [root],
  setting: change.setting ?? "",
});

/** An editor in which the named extensions are installed, with these exports. */
function hostWith(extensions: Record<string, unknown>): ExtensionHost {
  return {
    getExtension: (id) =>
      id in extensions
        ? { isActive: false, exports: undefined, activate: async () => extensions[id] }
        : undefined,
    toUri: (file) => ({ fsPath: file }) as ReturnType<ExtensionHost["toUri"]>,
  };
}

describe("resolveInterpreter", () => {
  it("takes the first answer, says where it is from, and passes over what breaks", async () => {
    const { interpreter, trail } = await resolveInterpreter(request(), [
      { name: "breaks", resolve: () => Promise.reject(new Error("other extension's bug")) },
      { name: "knows nothing", resolve: async () => undefined },
      { name: "answers", resolve: async () => ({ path: "/p", args: [], source: "answers" }) },
      { name: "never asked", resolve: () => Promise.reject(new InterpreterUnusable()) },
    ]);
    expect(interpreter).toEqual({ path: "/p", args: [], source: "answers" });
    expect(trail).toEqual(["breaks: other extension's bug", "knows nothing: nothing", "answers: /p"]);
  });

  it("stops at a person's own choice that cannot be used", async () => {
    const asked = request({ setting: "/no/such/python" });
    await expect(resolveInterpreter(asked, [fromSetting, fromPath])).rejects.toThrow(InterpreterUnusable);
  });

  it("answers nothing where there is nothing", async () => {
    process.env.PATH = root;
    expect(
      (await resolveInterpreter(request(), [fromSetting, fromFolder, fromPath])).interpreter,
    ).toBeUndefined();
  });
});

describe("the setting", () => {
  it("takes a path, an environment's folder, a bare name and placeholders", async () => {
    const file = executable("env", "bin", "python");
    const found = async (setting: string) => (await fromSetting.resolve(request({ setting })))?.path;
    expect(await found(file)).toBe(file);
    expect(await found(path.join(root, "env"))).toBe(file);
    expect(await found(`\${workspaceFolder}/env/bin/python`)).toBe(file);
    expect(await found("./env/bin/python")).toBe(file);
    process.env.PATH = path.join(root, "env", "bin");
    expect(await found("python")).toBe(file);
  });
});

describe("the folder", () => {
  it("prefers the nearest environment, and .venv to venv", async () => {
    const near = path.join(root, "project");
    executable("venv", "bin", "python");
    const outer = executable(".venv", "bin", "python");
    expect((await fromFolder.resolve(request({ folders: [near, root] })))?.path).toBe(outer);
    const inner = executable("project", "venv", "bin", "python");
    expect((await fromFolder.resolve(request({ folders: [near, root] })))?.path).toBe(inner);
  });

  it("takes no folder without an interpreter in it", async () => {
    fs.mkdirSync(path.join(root, ".venv", "bin"), { recursive: true });
    expect(await fromFolder.resolve(request())).toBeUndefined();
  });
});

describe("the PATH", () => {
  it("finds python3 before python and skips what is not executable and not absolute", async () => {
    const file = executable("b", "python3");
    executable("a", "python");
    fs.mkdirSync(path.join(root, "c"));
    fs.writeFileSync(path.join(root, "c", "python3"), "", { mode: 0o644 });
    process.env.PATH = ["relative", path.join(root, "c"), path.join(root, "a"), path.join(root, "b")].join(
      ":",
    );
    expect((await fromPath.resolve(request()))?.path).toBe(file);
  });
});

describe("other extensions", () => {
  it("asks Python Environments for the file's environment, arguments included", async () => {
    const api = {
      getEnvironment: async () => ({ execInfo: { run: { executable: "/e/python", args: ["-X", "dev"] } } }),
    };
    const resolver = fromEnvironmentsExtension(hostWith({ "ms-python.vscode-python-envs": api }));
    expect(await resolver.resolve(request())).toEqual({
      path: "/e/python",
      args: ["-X", "dev"],
      source: "Python Environments extension",
    });
  });

  it("asks the Python extension, and resolves a folder to its interpreter", async () => {
    const file = executable("env", "bin", "python");
    const environments = {
      getActiveEnvironmentPath: () => ({ id: "x", path: path.join(root, "env") }),
      resolveEnvironment: async () => undefined,
    };
    const resolver = fromPythonExtension(hostWith({ "ms-python.python": { environments } }));
    expect((await resolver.resolve(request()))?.path).toBe(file);
  });

  it("takes nothing from extensions that are missing, have another API or no choice yet", async () => {
    expect(await fromEnvironmentsExtension(hostWith({})).resolve(request())).toBeUndefined();
    expect(
      await fromPythonExtension(hostWith({ "ms-python.python": {} })).resolve(request()),
    ).toBeUndefined();
    const undecided = {
      getActiveEnvironmentPath: () => ({ id: "x", path: "python" }),
      resolveEnvironment: async () => undefined,
    };
    const host = hostWith({ "ms-python.python": { environments: undecided } });
    expect(await fromPythonExtension(host).resolve(request())).toBeUndefined();
  });
});
