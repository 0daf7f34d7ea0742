import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runnerArguments, runnerEnvironment } from "../../../src/editor/launch/command-line.ts";
import { commandFor, notebookCommand } from "../../../src/editor/launch/notebook.ts";
import { placeOf } from "../../../src/editor/launch/place.ts";

describe("runnerArguments", () => {
  const command = {
    argv: ["/p y/python", "a b.py", "--x=$HOME"],
    cwd: "/w",
    name: "--odd name",
    defaultZone: "",
    hooks: true,
  };

  it("passes the command on as an array, untouched, after --", () => {
    expect(runnerArguments("/e/fairwatt.cjs", command, { hold: true })).toEqual([
      "/e/fairwatt.cjs",
      "run",
      "--no-live",
      "--hold",
      "--name",
      "--odd name",
      "--",
      "/p y/python",
      "a b.py",
      "--x=$HOME",
    ]);
  });

  it("names the person's own zone where there is one, and does not hold a task", () => {
    const args = runnerArguments("cli", { ...command, defaultZone: "FR" }, { hold: false });
    expect(args.slice(1, 7)).toEqual(["run", "--no-live", "--name", "--odd name", "--default-zone", "FR"]);
  });

  it("leaves the training hooks out where the person does not want them", () => {
    const args = runnerArguments("cli", { ...command, hooks: false }, { hold: false });
    expect(args.slice(args.indexOf("--odd name") + 1, args.indexOf("--"))).toEqual(["--no-hooks"]);
  });

  it("has a run wait for its start", () => {
    const wait = { deadline: "2026-11-22T18:00:00.000Z", duration: "2h" };
    const args = runnerArguments("cli", { ...command, wait }, { hold: true });
    const stopped = runnerArguments(
      "cli",
      { ...command, wait: { ...wait, interruptible: true } },
      { hold: true },
    );
    expect(stopped.filter((word) => !args.includes(word))).toEqual(["--interruptible"]);
    expect(stopped.indexOf("--interruptible")).toBeLessThan(stopped.indexOf("--"));
    expect(args.slice(args.indexOf("--lowest-carbon"), args.indexOf("--"))).toEqual([
      ...["--lowest-carbon", "--deadline", wait.deadline, "--duration", "2h"],
    ]);
  });

  it("tells Electron to be Node, and Node nothing", () => {
    expect(runnerEnvironment("ID", true)).toEqual({ ELECTRON_RUN_AS_NODE: "1", FAIRWATT_NEW_RUN_ID: "ID" });
    expect(runnerEnvironment(undefined, false)).toEqual({});
  });
});

describe("commandFor a notebook", () => {
  const python = { path: "/v/python", args: ["-E"], source: "test" };
  const ask = (...modules: string[]) => commandFor(python, "/w/train.ipynb", new Set(modules));

  it("prefers nbconvert, whose outputs are kept in a copy", () => {
    expect(ask("nbconvert", "nbclient", "ipykernel", "jupyter_core")).toEqual({
      argv: [
        "/v/python",
        "-E",
        "-m",
        "nbconvert",
        "--to",
        "notebook",
        "--execute",
        "--output",
        "train.executed.ipynb",
        "/w/train.ipynb",
      ],
    });
  });

  it("takes jupyter execute where only nbclient is there", () => {
    expect(ask("nbclient", "ipykernel", "jupyter_core")).toEqual({
      argv: ["/v/python", "-E", "-m", "jupyter", "execute", "/w/train.ipynb"],
    });
  });

  it("says what is missing", () => {
    expect(ask()).toEqual({ missing: ["ipykernel", "nbclient"] });
    expect(ask("nbclient")).toEqual({ missing: ["ipykernel"] });
    expect(ask("ipykernel", "jupyter_core")).toEqual({ missing: ["nbclient"] });
  });

  it("asks the interpreter itself, and rejects where that is none", async () => {
    const missing = { path: "/no/such/python", args: [], source: "test" };
    await expect(notebookCommand(missing, "/w/train.ipynb")).rejects.toThrow(/ENOENT/);
  });
});

describe("placeOf", () => {
  let root: string;
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-place-"));
    fs.mkdirSync(path.join(root, "ws", "sub", "deep"), { recursive: true });
  });
  afterEach(() => fs.rmSync(root, { recursive: true, force: true }));

  it("runs in the workspace folder, also when the project lies above it", () => {
    fs.mkdirSync(path.join(root, ".git"));
    const ws = path.join(root, "ws");
    const place = placeOf(path.join(ws, "sub", "deep", "a.py"), ws);
    expect(place.cwd).toBe(ws);
    expect(place.folders).toEqual([path.join(ws, "sub", "deep"), path.join(ws, "sub"), ws]);
  });

  it("runs in the nearest project inside the workspace folder", () => {
    const ws = path.join(root, "ws");
    fs.writeFileSync(path.join(ws, "sub", "fairwatt.toml"), "");
    expect(placeOf(path.join(ws, "sub", "deep", "a.py"), ws).cwd).toBe(path.join(ws, "sub"));
  });

  it("runs a file outside of the workspace in its own folder", () => {
    expect(placeOf(path.join(root, "a.py"), undefined)).toEqual({ cwd: root, folders: [root] });
    expect(placeOf(path.join(root, "a.py"), path.join(root, "ws")).folders).toEqual([root]);
  });
});
