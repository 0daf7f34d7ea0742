import { describe, expect, it } from "vitest";
import { debugTarget } from "../../../src/editor/attach/debug-session.ts";

/** As debugpy's adapter sends it when the program was launched. */
const PROCESS = {
  name: "/home/ada/credit/train.py",
  systemProcessId: 4711,
  isLocalProcess: true,
  startMethod: "launch",
  pointerSize: 64,
};
const session = (
  configuration: Record<string, unknown>,
  folder: string | undefined = "/home/ada/credit",
) => ({
  name: "Python: Current File",
  configuration: { type: "debugpy", name: "Python: Current File", request: "launch", ...configuration },
  ...(folder === undefined ? {} : { workspaceFolder: { uri: { fsPath: folder } } }),
});

describe("the process of a debug session", () => {
  it("is measured under the name of its program, in the folder that it runs in", () => {
    expect(debugTarget(session({ program: "/home/ada/credit/src/train.py", cwd: "/data" }), PROCESS)).toEqual(
      {
        target: { pid: 4711, cwd: "/data", name: "train.py", by: "debug session" },
      },
    );
    expect(debugTarget(session({ module: "credit.train", cwd: "${workspaceFolder}" }), PROCESS)).toEqual({
      target: { pid: 4711, cwd: "/home/ada/credit", name: "credit.train", by: "debug session" },
    });
    expect(debugTarget(session({}), { systemProcessId: 1234 })).toMatchObject({
      target: { name: "Python: Current File" },
    });
    expect(debugTarget(session({ program: "${file}" }), PROCESS)).toMatchObject({
      target: { name: "Python: Current File" },
    });
  });

  it.each([
    [{ ...PROCESS, isLocalProcess: false }, "/p", /another machine/],
    [{ name: "x" }, "/p", /does not tell/],
    [{ ...PROCESS, systemProcessId: 0 }, "/p", /does not tell/],
  ])("%j is left alone, with the reason", (process, folder, reason) => {
    expect(debugTarget(session({}, folder), process)).toEqual({ reason: expect.stringMatching(reason) });
  });

  it("is left alone where there is no folder", () => {
    const { workspaceFolder: _, ...without } = session({});
    expect(debugTarget(without, PROCESS)).toEqual({ reason: expect.stringMatching(/no folder/) });
  });
});
