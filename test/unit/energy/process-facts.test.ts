import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { NotAttachable, processToAttach } from "../../../src/energy/attach.node.ts";
import {
  isPython,
  processesOf,
  processFacts,
  processName,
  processVariable,
} from "../../../src/energy/process-facts.node.ts";

let proc: string;
beforeEach(() => {
  proc = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-proc-"));
  fs.writeFileSync(path.join(proc, "uptime"), "1000.00 3000.00\n");
});
afterEach(() => fs.rmSync(proc, { recursive: true, force: true }));

/** /proc/<pid> as the kernel shows it; `start` in clock ticks. */
function put(
  pid: number,
  argv: string[],
  options: { start?: number; state?: string; environ?: string } = {},
) {
  const { start = 90_000, state = "S", environ = "" } = options;
  const folder = path.join(proc, String(pid));
  fs.mkdirSync(folder);
  const fields = [state, 1, pid, pid, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 0, 1, 0, start, 0, 0];
  fs.writeFileSync(path.join(folder, "stat"), `${pid} (python) ${fields.join(" ")}\n`);
  fs.writeFileSync(path.join(folder, "cmdline"), argv.map((each) => `${each}\0`).join(""));
  fs.writeFileSync(path.join(folder, "environ"), environ);
  fs.symlinkSync("/home/ada/credit", path.join(folder, "cwd"));
}
const uid = process.getuid?.() ?? 0;

describe.runIf(process.platform === "linux")("a process that somebody else started", () => {
  it("is told by its command line, folder, age and start time", () => {
    put(7, ["/opt/venv/bin/python3.12", "-u", "train.py", "--epochs", "3"]);
    expect(processFacts(7, proc)).toEqual({
      pid: 7,
      pidStart: 90_000,
      ppid: 1,
      uid,
      argv: ["/opt/venv/bin/python3.12", "-u", "train.py", "--epochs", "3"],
      cwd: "/home/ada/credit",
      age: 100,
      state: "S",
    });
    expect(processFacts(8, proc)).toBeUndefined();
  });

  it("is listed newest first, for its user, unless it has ended", () => {
    put(7, ["python", "old.py"], { start: 100 });
    put(8, ["bash"], { start: 200 });
    put(9, ["python", "new.py"], { start: 300 });
    put(10, ["python"], { start: 400, state: "Z" });
    expect(processesOf(uid, proc).map(({ pid }) => pid)).toEqual([9, 8, 7]);
    expect(processesOf(uid + 1, proc)).toEqual([]);
    expect(processesOf(uid, path.join(proc, "none"))).toEqual([]);
  });

  it("has variables that name the run it belongs to", () => {
    put(7, ["python"], { environ: "A=1\0FAIRWATT_RUN_ID=01RUN\0B=\0" });
    expect(processVariable(7, "FAIRWATT_RUN_ID", proc)).toBe("01RUN");
    expect(processVariable(7, "B", proc)).toBe("");
    expect(processVariable(7, "RUN_ID", proc)).toBeUndefined();
  });

  it("is attached to when it is the one that was meant", () => {
    put(7, ["python", "train.py"]);
    expect(processToAttach(7, 90_000, proc).argv).toEqual(["python", "train.py"]);
  });

  it.each([
    [
      "another process has its number",
      () => put(7, ["python"]),
      7,
      80_000,
      /has ended: 7 is another one now/,
    ],
    ["it has ended", () => put(7, ["python"], { state: "Z" }), 7, undefined, /process 7 has ended/],
    ["it is the kernel's", () => put(7, []), 7, undefined, /thread of the kernel/],
    ["it cannot be seen", () => undefined, 7, undefined, /no process 7 .*hidepid.*container/],
  ])("is refused where %s", (_, plant, pid, start, message) => {
    plant();
    expect(() => processToAttach(pid, start, proc)).toThrow(NotAttachable);
    expect(() => processToAttach(pid, start, proc)).toThrow(message);
  });
});

describe("a command line", () => {
  it.each([
    [["python3", "train.py"], true, "train.py"],
    [["/usr/bin/python3.12", "-m", "torch.distributed.run", "x"], true, "torch.distributed.run"],
    [["pypy3"], true, "pypy3"],
    [["/usr/bin/node", "a/b.js"], false, "b.js"],
    [["pythonista"], false, "pythonista"],
    [[], false, "process"],
  ])("%j", (argv, python, name) => {
    expect(isPython({ argv })).toBe(python);
    expect(processName(argv)).toBe(name);
  });
});
