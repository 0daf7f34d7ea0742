/** A process that ran before it was measured: all of its tree from then on, and nothing else; it is left alone. */

import { type ChildProcess, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { processStart } from "../../src/energy/process-identity.node.ts";
import type { RunRecord } from "../../src/report/run-record.ts";
import { Bench, busyPython, CLI, until } from "./support/measured.ts";

let bench: Bench;
let children: ChildProcess[];
beforeEach(() => {
  bench = new Bench();
  children = [];
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  bench.dispose();
});

/** A Python that somebody started; resolves when it works. */
async function foreign(seconds: number, env: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
  const [program, ...args] = busyPython(seconds);
  const child = spawn(program!, args, { cwd: bench.folder, env: { ...bench.env, ...env } });
  children.push(child);
  let said = "";
  child.stdout!.on("data", (piece) => {
    said += piece;
  });
  await until(() => said.includes("started") || undefined);
  return child;
}

const attach = (...args: string[]) => attachIn(bench.project, ...args);

function attachIn(cwd: string, ...args: string[]) {
  const child = spawn(process.execPath, [CLI, "attach", "--interval", "0.2", "--json", ...args], {
    cwd,
    env: bench.env,
  });
  children.push(child);
  const heard = { stdout: "", stderr: "" };
  child.stdout.on("data", (piece) => {
    heard.stdout += piece;
  });
  child.stderr.on("data", (piece) => {
    heard.stderr += piece;
  });
  const ended = new Promise<number | null>((resolve) => child.once("close", resolve));
  return { child, heard, ended, record: () => JSON.parse(heard.stdout) as RunRecord };
}

describe.runIf(process.platform === "linux")("a process that is attached to", () => {
  it("is measured until it ends, and the ledger says what is not known", async () => {
    const target = await foreign(60);
    const measuring = attach("--pid", String(target.pid), "--pid-start", String(processStart(target.pid!)));
    await bench.energy(0.5);
    target.kill("SIGKILL");
    expect(await measuring.ended).toBe(0);
    const record = measuring.record();
    expect(record).toMatchObject({ kind: "attached", state: "finished", exitCode: null });
    expect(record.attached!.by).toBe("fairwatt attach");
    expect(record.notices.join()).toMatch(/its energy before that is not known/);
    const cpu = record.meters.find(({ component }) => component === "cpu")!;
    expect(cpu.energy.value).toBeGreaterThan(0);
    expect(cpu.energy.value).toBeLessThanOrEqual(cpu.machineEnergy.value);
    const ledger = path.join(bench.project, ".fairwatt", "ledger");
    const [entry] = fs.readdirSync(ledger);
    expect(JSON.parse(fs.readFileSync(path.join(ledger, entry!), "utf8")).body.attached.age).toBeGreaterThan(
      0,
    );
    expect(bench.fairwatt("ledger", "verify").status).toBe(0);
  });

  it("goes on when the measuring is ended; marks on standard input get their energy", async () => {
    const target = await foreign(60);
    const measuring = attach("--pid", String(target.pid), "--control", "--by", "notebook");
    await bench.samplerPid();
    const mark = (edge: string) =>
      measuring.child.stdin!.write(`${JSON.stringify({ mark: { kind: "cell", cell: "c1", edge } })}\n`);
    mark("start");
    measuring.child.stdin!.write("nonsense\n");
    // From where the mark stands: what was used before it is not the cell's.
    const marks = () => path.join(bench.runDirectories().at(-1) ?? "", "marks.jsonl");
    await until(
      () => (fs.existsSync(marks()) && fs.readFileSync(marks(), "utf8").includes("\n")) || undefined,
    );
    const { energy } = await bench.energy(0.01);
    await bench.energy(energy.value + 1);
    mark("end");
    measuring.child.stdin!.end();
    expect(await measuring.ended).toBe(0);
    expect(target.exitCode).toBeNull();
    const record = measuring.record();
    expect(record).toMatchObject({ state: "stopped", attached: { by: "notebook" } });
    const [start, end] = record.marks;
    expect(end!.energy! - start!.energy!).toBeGreaterThan(0.4);
    expect(measuring.heard.stderr).toMatch(/not a mark and was left out: nonsense/);
  });

  it("is not measured twice", async () => {
    const run = bench.start(busyPython(60));
    // Python may write the number after the word.
    const pid = await until(() => /started (\d+)\n/.exec(run.stdout)?.[1]);
    const twice = attach("--pid", pid);
    expect(await twice.ended).toBe(2);
    expect(twice.heard.stderr).toMatch(/is measured already, in run 0/);
    const alone = await foreign(60);
    attach("--pid", String(alone.pid));
    await until(() => bench.runDirectories().length > 1 || undefined);
    await bench.energy(0.01);
    const again = attach("--pid", String(alone.pid));
    expect(await again.ended).toBe(2);
    expect(again.heard.stderr).toMatch(/is measured already/);
  });

  it("is measured once by two who come at the same moment, whatever project they are called in", async () => {
    const target = await foreign(60);
    const elsewhere = path.join(bench.folder, "elsewhere");
    fs.mkdirSync(path.join(elsewhere, ".fairwatt"), { recursive: true });
    const pair = [bench.project, elsewhere].map((cwd) => attachIn(cwd, "--pid", String(target.pid)));
    const refused = await Promise.race(pair.map(async (each) => ({ each, code: await each.ended })));
    expect(refused.code).toBe(2);
    expect(refused.each.heard.stderr).toMatch(/is measured already, by another/);
    const other = pair.find((each) => each !== refused.each)!;
    target.kill("SIGKILL");
    expect(await other.ended).toBe(0);
    const runs = [bench.project, elsewhere].flatMap((cwd) =>
      bench.runDirectories(path.join(cwd, ".fairwatt")),
    );
    expect(runs).toHaveLength(1);
  });

  it("is not measured beside what it is part of, and is free again when that was killed", async () => {
    const inner = `import subprocess, sys; subprocess.run([sys.executable, "-c", "import os, time; print('inner', os.getpid(), flush=True); time.sleep(60)"])`;
    const outer = spawn(process.env.FAIRWATT_PYTHON ?? "python3", ["-c", inner], { env: bench.env });
    children.push(outer);
    let said = "";
    outer.stdout!.on("data", (piece) => {
      said += piece;
    });
    const pid = await until(() => /inner (\d+)\n/.exec(said)?.[1]);
    const measuring = attach("--pid", String(outer.pid));
    await bench.samplerPid();
    const part = attach("--pid", pid);
    expect(await part.ended).toBe(2);
    expect(part.heard.stderr).toContain(`with process ${outer.pid}, which it is part of`);
    measuring.child.kill("SIGKILL");
    await measuring.ended;
    const again = attach("--pid", pid);
    await until(() => bench.runDirectories().length === 2 || undefined);
    process.kill(Number(pid), "SIGKILL");
    expect(await again.ended).toBe(0);
  });
});
