import { spawn } from "node:child_process";
import { once } from "node:events";
import * as fs from "node:fs";
import { describe, expect, it } from "vitest";
import { CommandPause } from "../../../src/energy/pause-command.node.ts";
import { pausedSeconds, pauseNotices, pausesOf } from "../../../src/energy/pauses.ts";
import { parseStat } from "../../../src/energy/process-identity.node.ts";

const at = (mono: number, paused: boolean) => ({ type: "pause" as const, t: mono, mono, paused });
/** 10 W, and 2 W from 10 s to 20 s. */
const steps = [
  [
    { from: 0, to: 10, joules: 100 },
    { from: 10, to: 20, joules: 20 },
    { from: 20, to: 30, joules: 100 },
  ],
];

describe("pauses of a run", () => {
  it("have their times and the energy of them; one without an end lasts to the run's", () => {
    const pauses = pausesOf([at(110, true), at(120, false), at(125, true)], 100, 30, steps);
    expect(pauses).toEqual([
      { from: 10, to: 20, joules: 20 },
      { from: 25, to: 30, joules: 50 },
    ]);
    expect(pausedSeconds(pauses)).toBe(15);
  });

  it("are told in a sentence, with the energy where it was read", () => {
    const energy = {
      value: 220,
      unit: "J" as const,
      method: "measured" as const,
      instrument: "",
      covers: [],
      low: 220,
      high: 220,
      basis: "",
    };
    const [pause] = pausesOf([at(110, true), at(120, false)], 100, 30, steps);
    expect(pauseNotices([pause!], energy)).toEqual([
      "paused once, for 10 s in all; 5.556 mWh of its energy is of that time",
    ]);
    const unread = pausesOf([at(110, true), at(120, false)], 100, 30, []);
    expect(pauseNotices(unread, energy)).toEqual(["paused once, for 10 s in all"]);
    expect(pauseNotices([], energy)).toEqual([]);
  });
});

describe.runIf(process.platform === "linux")("a command with its children", () => {
  const stateOf = (pid: number) => parseStat(fs.readFileSync(`/proc/${pid}/stat`, "latin1"))?.state;

  it("stands still while it is paused, and goes on after that", async () => {
    const child = spawn("/bin/sh", ["-c", "sleep 60 & echo $!; wait"], { stdio: ["pipe", "pipe", "ignore"] });
    let below: number | undefined;
    try {
      const [line] = (await once(child.stdout, "data")) as [Buffer];
      below = Number(line.toString());
      const pause = new CommandPause(child.pid!);
      pause.pause();
      // A process stops where it next leaves the kernel, which may be after the signal was sent.
      await expect.poll(() => [child.pid!, below!].map(stateOf)).toEqual(["T", "T"]);
      pause.resume();
      for (const pid of [child.pid!, below]) expect(stateOf(pid)).not.toBe("T");
    } finally {
      child.kill("SIGKILL");
      if (below !== undefined) process.kill(below, "SIGKILL");
    }
  });
});
