import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MachineUse } from "../../../src/energy/machine-use.node.ts";
import { parseStat } from "../../../src/energy/process-identity.node.ts";
import { ProcessTree } from "../../../src/energy/process-tree.node.ts";

let proc: string;
beforeEach(() => {
  proc = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-proc-"));
});
afterEach(() => fs.rmSync(proc, { recursive: true, force: true }));

interface Fake {
  ppid: number;
  own?: number;
  reaped?: number;
  start?: number;
  comm?: string;
  environ?: string;
  pages?: [resident: number, shared: number];
}

/** Writes /proc/<pid> as the kernel would show it; ticks. */
function put(
  pid: number,
  { ppid, own = 0, reaped = 0, start = pid, comm = "python", environ = "", pages = [0, 0] }: Fake,
): void {
  const folder = path.join(proc, String(pid));
  fs.mkdirSync(folder, { recursive: true });
  const fields = [
    "S",
    ppid,
    pid,
    pid,
    0,
    -1,
    0,
    0,
    0,
    0,
    0,
    own,
    0,
    reaped,
    0,
    20,
    0,
    1,
    0,
    start,
    0,
    pages[0],
  ];
  fs.writeFileSync(path.join(folder, "stat"), `${pid} (${comm}) ${fields.join(" ")}\n`);
  fs.writeFileSync(path.join(folder, "statm"), `1000 ${pages[0]} ${pages[1]} 0 0 0 0\n`);
  fs.writeFileSync(path.join(folder, "environ"), environ);
}
/** What is still open of a process that ended reads as nothing, too. */
function remove(pid: number): void {
  const folder = path.join(proc, String(pid));
  fs.truncateSync(path.join(folder, "stat"));
  fs.rmSync(folder, { recursive: true });
}

const RUNNER = 100;
const SAMPLER = 101;
const COMMAND = 102;
const tree = () => new ProcessTree({ proc, runner: RUNNER, sampler: SAMPLER, run: "01RUN" });

describe("the process tree", () => {
  beforeEach(() => {
    put(1, { ppid: 0, own: 9999 });
    put(RUNNER, { ppid: 1, own: 50 });
    put(SAMPLER, { ppid: RUNNER, own: 70 });
    put(COMMAND, { ppid: RUNNER, own: 200, pages: [300, 100] });
    put(103, { ppid: COMMAND, own: 100, pages: [50, 0] });
    put(104, { ppid: 103, own: 10 });
    put(500, { ppid: 1, own: 5000 });
  });

  const newest = (pid: number) =>
    fs.writeFileSync(path.join(proc, "loadavg"), `0.10 0.20 0.30 1/74 ${pid}\n`);

  it("finds what was started as soon as the newest process is another one", () => {
    const seen = tree();
    newest(500);
    expect(seen.read()!.pids.has(501)).toBe(false);
    put(501, { ppid: COMMAND });
    newest(501);
    expect(seen.read()!.pids.has(501)).toBe(true);
    remove(501);
    expect(seen.read()!.pids.has(501)).toBe(false);
  });

  describe("where numbers are given again", () => {
    /** Process 500 was looked at often enough to be foreign for good. */
    const seenForLong = () => {
      const seen = tree();
      for (const pid of [600, 601, 602]) {
        newest(pid);
        seen.read();
      }
      return seen;
    };

    it.each([
      ["that a child has now, once all numbers were through", 500],
      ["and more were given after it", 550],
    ])("finds one that was a foreign process's, %s", (_, last) => {
      const seen = seenForLong();
      remove(500);
      put(500, { ppid: COMMAND, start: 9000 });
      newest(last);
      expect(seen.read()!.pids.has(500)).toBe(true);
    });

    it("takes another process with a member's number for another one", () => {
      const seen = seenForLong();
      expect(seen.read()!.cpuSeconds).toBeCloseTo(3.1);
      remove(104);
      put(104, { ppid: 1, own: 700, start: 9000 });
      newest(104);
      const use = seen.read()!;
      expect(use.pids.has(104)).toBe(false);
      expect(use.cpuSeconds).toBeCloseTo(3.1);
    });

    it("takes what has the killed runner's number for nobody's runner", () => {
      const seen = seenForLong();
      remove(RUNNER);
      put(RUNNER, { ppid: 1, own: 10, reaped: 4000, start: 9000 });
      put(700, { ppid: RUNNER, own: 300, start: 9001 });
      newest(700);
      const use = seen.read()!;
      expect([...use.pids].sort()).toEqual([COMMAND, 103, 104]);
      expect(use.cpuSeconds).toBeCloseTo(3.1);
    });

    it("takes what has the ended command's number for nobody's command", () => {
      const seen = new ProcessTree({
        proc,
        runner: RUNNER,
        sampler: SAMPLER,
        command: COMMAND,
        run: "01RUN",
      });
      newest(600);
      seen.read();
      remove(RUNNER);
      remove(COMMAND);
      put(103, { ppid: 1, own: 100 });
      newest(601);
      seen.read();
      put(COMMAND, { ppid: 1, own: 800, start: 9000 });
      newest(COMMAND);
      const use = seen.read()!;
      expect(use.pids.has(COMMAND)).toBe(false);
      expect(use.cpuSeconds).toBeCloseTo(3.1);
    });
  });

  it.each([500, 0])("finds it after a few readings where the newest process (%i) is not told", (pid) => {
    const seen = tree();
    newest(pid);
    seen.read();
    put(501, { ppid: COMMAND });
    const readings = Array.from({ length: 10 }, () => seen.read()!.pids.has(501));
    expect(readings.at(-1)).toBe(true);
    expect(readings[0]).toBe(pid === 0);
  });

  it("is the command and all below it: not the runner, the sampler or others", () => {
    const seen = tree();
    const { pids, cpuSeconds } = seen.read()!;
    expect([1, RUNNER, SAMPLER, COMMAND, 103, 104, 500].filter((pid) => pids.has(pid))).toEqual([
      102, 103, 104,
    ]);
    expect(cpuSeconds).toBeCloseTo(3.1);
    expect(seen.memoryBytes()).toBe(250 * 4096);
  });

  it("asks for memory anew where pages came or went, and now and then where they did not", () => {
    const seen = tree();
    seen.read();
    expect(seen.memoryBytes()).toBe(250 * 4096);
    put(103, { ppid: COMMAND, own: 100, pages: [80, 0] });
    seen.read();
    expect(seen.memoryBytes()).toBe(280 * 4096);
    put(103, { ppid: COMMAND, own: 100, pages: [80, 60] });
    seen.read();
    const asked = Array.from({ length: 10 }, () => seen.memoryBytes() / 4096);
    expect([asked[0], asked.at(-1)]).toEqual([280, 220]);
  });

  it("keeps the time of a child that ended between two samples", () => {
    const watched = tree();
    watched.read();
    remove(104);
    put(103, { ppid: COMMAND, own: 110, reaped: 25 });
    expect(watched.read()!.cpuSeconds).toBeCloseTo(3.35);
  });

  it("keeps the time of a child that nobody reaped into an account", () => {
    const watched = tree();
    watched.read();
    remove(104);
    expect(watched.read()!.cpuSeconds).toBeCloseTo(3.1);
  });

  it("counts a child once whose end is seen just before its parent's account rises", () => {
    const watched = tree();
    watched.read();
    remove(104);
    expect(watched.read()!.cpuSeconds).toBeCloseTo(3.1);
    put(103, { ppid: COMMAND, own: 100, reaped: 12 });
    expect(watched.read()!.cpuSeconds).toBeCloseTo(3.12);
  });

  it("keeps the time of an ignored child beside what its parent uses later", () => {
    const watched = tree();
    watched.read();
    remove(104);
    watched.read();
    put(103, { ppid: COMMAND, own: 150 });
    expect(watched.read()!.cpuSeconds).toBeCloseTo(3.6);
  });

  it("has everything once the command is reaped by the runner", () => {
    const watched = tree();
    watched.read();
    for (const pid of [COMMAND, 103, 104]) remove(pid);
    put(RUNNER, { ppid: 1, own: 50, reaped: 333 });
    expect(watched.read()!.cpuSeconds).toBeCloseTo(3.33);
  });

  it("follows a process whose parent ended, by having seen it", () => {
    const watched = tree();
    watched.read();
    remove(103);
    put(COMMAND, { ppid: RUNNER, own: 200, reaped: 100 });
    put(104, { ppid: 1, own: 60 });
    const use = watched.read()!;
    expect(use.pids.has(104)).toBe(true);
    expect(use.cpuSeconds).toBeCloseTo(3.6);
  });

  it("finds an orphan it never saw by the run's id in its environment", () => {
    const watched = tree();
    watched.read();
    put(600, { ppid: 1, own: 40, environ: "A=1\0FAIRWATT_RUN_ID=01RUN\0B=2\0" });
    put(601, { ppid: 1, own: 40, environ: "FAIRWATT_RUN_ID=01RUNOTHER\0" });
    const { pids } = watched.read()!;
    expect(pids.has(600)).toBe(true);
    expect(pids.has(601)).toBe(false);
  });

  it("goes on after the runner was killed", () => {
    const watched = tree();
    watched.setCommand(COMMAND);
    watched.read();
    remove(RUNNER);
    put(COMMAND, { ppid: 1, own: 260 });
    expect(watched.read()!.cpuSeconds).toBeCloseTo(3.7);
    remove(COMMAND);
    put(103, { ppid: 1, own: 100 });
    expect(watched.read()!.cpuSeconds).toBeCloseTo(3.7);
  });

  it("does not take a reused pid for the process it was", () => {
    const watched = tree();
    watched.read();
    put(104, { ppid: 1, own: 100_000, start: 777_777 });
    const use = watched.read()!;
    expect(use.pids.has(104)).toBe(false);
    expect(use.cpuSeconds).toBeCloseTo(3.1);
  });

  describe("of many processes, read ten times a second", () => {
    const CHILDREN = Array.from({ length: 30 }, (_, i) => 2000 + i);
    let watched: ProcessTree;
    let own: number;
    const tick = () => {
      vi.advanceTimersByTime(100);
      own += 10;
      put(103, { ppid: COMMAND, own });
      return watched.read(true)!.cpuSeconds;
    };
    beforeEach(() => {
      vi.useFakeTimers({ toFake: ["performance"] });
      for (const pid of CHILDREN) put(pid, { ppid: 103, own: 1 });
      watched = tree();
      own = 100;
      for (let i = 0; i < 20; i++) tick();
    });
    afterEach(() => {
      vi.useRealTimers();
    });

    it("sees a busy one each time, and within a second what the others did", () => {
      const before = tick();
      for (const pid of CHILDREN) put(pid, { ppid: 103, own: 3 });
      const readings = Array.from({ length: 10 }, tick);
      expect(readings[0]! - before).toBeGreaterThan(0.09);
      expect(readings.at(-1)! - before).toBeCloseTo(10 * 0.1 + 30 * 0.02);
    });

    it("does not count twice what a parent takes over from a child that was not looked at", () => {
      put(2000, { ppid: 103, own: 500 });
      for (let i = 0; i < 10; i++) tick();
      const before = tick();
      remove(2000);
      vi.advanceTimersByTime(100);
      put(103, { ppid: COMMAND, own: own + 10, reaped: 500 });
      expect(watched.read(true)!.cpuSeconds - before).toBeCloseTo(0.1);
    });

    it("counts once what the runner takes over, which is looked at once a second", () => {
      const before = tick();
      const all = [COMMAND, 103, 104, ...CHILDREN];
      for (const pid of all) remove(pid);
      put(RUNNER, { ppid: 1, own: 50, reaped: Math.round(before * 100) + 7 });
      const readings = Array.from({ length: 10 }, () => {
        vi.advanceTimersByTime(100);
        return watched.read(true)!.cpuSeconds;
      });
      expect(readings[0]).toBeGreaterThanOrEqual(before);
      expect(readings.at(-1)).toBeCloseTo(before + 0.07);
    });

    it("sees everything where the sample is not one of those", () => {
      const before = tick();
      for (const pid of CHILDREN) put(pid, { ppid: 103, own: 3 });
      expect(watched.read()!.cpuSeconds - before).toBeCloseTo(30 * 0.02);
    });
  });

  it("lists all processes no sooner than it was told to", () => {
    vi.useFakeTimers({ toFake: ["performance"] });
    try {
      const seen = new ProcessTree({
        proc,
        runner: RUNNER,
        sampler: SAMPLER,
        run: "r",
        restBetweenLists: 0.5,
      });
      newest(500);
      seen.read(true);
      put(501, { ppid: COMMAND });
      newest(501);
      expect(seen.read(true)!.pids.has(501)).toBe(false);
      vi.advanceTimersByTime(500);
      expect(seen.read(true)!.pids.has(501)).toBe(true);
    } finally {
      vi.useRealTimers();
    }
  });

  it("never falls", () => {
    const watched = tree();
    const before = watched.read()!.cpuSeconds;
    put(COMMAND, { ppid: RUNNER, own: 0 });
    expect(watched.read()!.cpuSeconds).toBe(before);
  });

  it("is unknown where there is no /proc", () => {
    const none = new ProcessTree({ proc: path.join(proc, "none"), runner: 1, sampler: 2, run: "x" });
    expect(none.read()).toBeUndefined();
  });
});

describe("a system without /proc", () => {
  it("still says how busy it is and how much memory is in use", () => {
    expect(new MachineUse("/none", "darwin").busySeconds()).toBeGreaterThan(0);
    expect(new MachineUse("/none", "win32").memoryInUse()).toBeGreaterThan(0);
  });
});

describe("/proc files", () => {
  it("reads a command with spaces and brackets", () => {
    put(7, { ppid: 3, own: 5, start: 42, comm: "a) (b c" });
    expect(parseStat(fs.readFileSync(path.join(proc, "7/stat"), "utf8"))).toMatchObject({
      pid: 7,
      ppid: 3,
      own: 5,
      start: 42,
    });
    expect(parseStat("garbage")).toBeUndefined();
  });
  it("counts busy time without idle, waiting and stolen", () => {
    fs.writeFileSync(path.join(proc, "stat"), "cpu  100 10 50 9000 800 20 20 77 0 0\ncpu0 1 1 1\n");
    expect(new MachineUse(proc, "linux").busySeconds()).toBeCloseTo(2);
    expect(new MachineUse(path.join(proc, "none"), "linux").busySeconds()).toBeUndefined();
  });
  it("reads memory in use", () => {
    fs.writeFileSync(
      path.join(proc, "meminfo"),
      "MemTotal:  1000 kB\nMemFree: 1 kB\nMemAvailable:   400 kB\n",
    );
    expect(new MachineUse(proc, "linux").memoryInUse()).toBe(600 * 1024);
    fs.writeFileSync(path.join(proc, "meminfo"), "nonsense");
    expect(new MachineUse(proc, "linux").memoryInUse()).toBeUndefined();
  });
});
