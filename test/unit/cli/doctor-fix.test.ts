import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { doctorFix, doctorUndo, type FixSurroundings } from "../../../src/cli/doctor-fix.ts";
import { describeSteps } from "../../../src/cli/fix-steps.ts";
import { planFix, undoSteps } from "../../../src/energy/meters/permission-fix.ts";
import { RAPL_RULE, RAPL_RULE_FILE } from "../../../src/energy/meters/powercap-reasons.ts";
import { type Planted, plant } from "../../fixtures/sys/plant.ts";
import { commandFolder } from "./command-folder.ts";

const folder = commandFolder();
let tree: Planted;
let around: FixSurroundings;
const done = () => fs.readFileSync(path.join(folder.cwd, "done"), "utf8");

beforeEach(() => {
  tree = plant("no-module");
  folder.write("root/etc/group", "root:x:0:\nvideo:x:44:ada\n");
  for (const place of ["udev/rules.d", "modules-load.d"]) {
    fs.mkdirSync(path.join(folder.cwd, "root/etc", place), { recursive: true });
  }
  // Programs that change a system write down that they were called; those that work on files below the root are real.
  for (const name of ["groupadd", "usermod", "udevadm", "modprobe", "gpasswd", "groupdel", "chgrp"]) {
    folder.write(`bin/${name}`, `#!/bin/sh\necho "${name} $*" >> ${folder.cwd}/done\n`);
    fs.chmodSync(path.join(folder.cwd, "bin", name), 0o755);
  }
  folder.write("bin/sudo", '#!/bin/sh\nexec "$@"\n');
  fs.chmodSync(path.join(folder.cwd, "bin/sudo"), 0o755);
  vi.stubEnv("PATH", `${folder.cwd}/bin:${process.env.PATH}`);
  around = {
    roots: { sys: tree.sys, proc: tree.proc, nvml: "/none", env: {} },
    root: path.join(folder.cwd, "root"),
    user: "ada",
    isRoot: false,
    record: path.join(folder.cwd, "state/fixes.json"),
    ask: async () => true,
  };
});
afterEach(() => tree.remove());

const conf = () => path.join(folder.cwd, "root/etc/modules-load.d/rapl.conf");

describe("a machine whose driver is not loaded", () => {
  test("the steps are shown first, done when agreed to, and taken back", async () => {
    expect(await doctorFix(around)).toBe(0);
    expect(folder.out).toContain("sudo modprobe intel_rapl_msr");
    expect(fs.readFileSync(conf(), "utf8")).toBe("intel_rapl_msr\n");
    folder.clear();
    expect(await doctorUndo(around)).toBe(0);
    expect(folder.out).toContain("sudo modprobe --remove intel_rapl_msr");
    expect(fs.existsSync(conf())).toBe(false);
    expect(fs.existsSync(around.record)).toBe(false);
    expect(done()).toBe("modprobe intel_rapl_msr\nmodprobe --remove intel_rapl_msr\n");
    folder.clear();
    expect(await doctorUndo(around)).toBe(0);
    expect(folder.out).toContain("Nothing to undo");
  });

  test.each([
    ["refused", async () => false],
    ["without a terminal", undefined],
  ])("%s: nothing is changed", async (_name, ask) => {
    expect(await doctorFix({ ...around, ask })).toBe(1);
    expect(folder.out).toContain("sudo modprobe");
    expect(folder.err).toContain("nothing was changed");
    expect(fs.existsSync(path.join(folder.cwd, "done"))).toBe(false);
  });

  test("a step that fails ends it; what was done before it can be undone", async () => {
    fs.rmSync(path.join(folder.cwd, "root/etc/modules-load.d"), { recursive: true });
    expect(await doctorFix(around)).toBe(1);
    expect(folder.err).toContain("failed (exit code 1)");
    expect(JSON.parse(fs.readFileSync(around.record, "utf8")).changes).toEqual([
      { kind: "module-loaded", module: "intel_rapl_msr" },
    ]);
  });

  test("a program that the system does not have is named before anything is asked or changed", async () => {
    vi.stubEnv("PATH", "/none");
    const asked = vi.fn(async () => true);
    expect(await doctorFix({ ...around, ask: asked })).toBe(1);
    expect(folder.err).toContain("nothing was changed: this system has no sudo");
    expect(asked).not.toHaveBeenCalled();
    expect(fs.existsSync(around.record)).toBe(false);
  });

  test("a user without a name cannot be put into a group", async () => {
    expect(await doctorFix({ ...around, user: undefined })).toBe(1);
    expect(folder.err).toContain("no name for the user");
  });

  test("a driver that is loaded and shows nothing has no fix", async () => {
    tree.write("sys/module/intel_rapl_msr/refcnt", 0);
    expect(await doctorFix(around)).toBe(0);
    expect(folder.out).toContain("No meter of this machine is closed");
  });

  test("a step of the way back that fails is told, with what to do about the record", async () => {
    expect(await doctorFix(around)).toBe(0);
    folder.write("bin/modprobe", "#!/bin/sh\nexit 1\n");
    fs.chmodSync(path.join(folder.cwd, "bin/modprobe"), 0o755);
    expect(await doctorUndo(around)).toBe(1);
    expect(folder.err).toContain("1 of 2 steps failed; where nothing is left of them, delete");
    expect(fs.existsSync(conf())).toBe(false);
    expect(fs.existsSync(around.record)).toBe(true);
  });

  test("a file that somebody else wrote is left alone; a forged record is not acted upon", async () => {
    folder.write("root/etc/modules-load.d/rapl.conf", "something\n");
    expect(await doctorFix(around)).toBe(1);
    expect(folder.err).toContain("it was left as it is");
    folder.write(
      "state/fixes.json",
      JSON.stringify({ v: 1, changes: [{ kind: "file-written", file: "/home/x" }] }),
    );
    expect(await doctorUndo(around)).toBe(0);
    expect(folder.out).toContain("Nothing to undo");
  });
});

test("a machine where nothing is closed needs no fix", async () => {
  tree.remove();
  tree = plant("ec2");
  around.roots = { ...around.roots, sys: tree.sys, proc: tree.proc };
  expect(await doctorFix(around)).toBe(0);
  expect(folder.out).toContain("No meter of this machine is closed");
});

describe("counters that only root may read", () => {
  const present = { user: "ada", groupExists: false, isMember: false, fileText: () => undefined };
  const steps = (now: Parameters<typeof planFix>[1]) => {
    const plan = planFix("rapl-group", now);
    if ("obstacle" in plan) throw new Error(plan.obstacle);
    return plan.steps;
  };

  test("a group of their own and a udev rule; no file is opened to everybody", () => {
    const all = steps(present);
    expect(all.map(({ argv }) => argv.join(" "))).toEqual([
      "groupadd --system rapl",
      "usermod --append --groups rapl ada",
      `tee ${RAPL_RULE_FILE}`,
      "udevadm control --reload",
      "udevadm trigger --subsystem-match=powercap --action=add",
    ]);
    expect(all[2]?.input).toBe(`${RAPL_RULE}\n`);
    expect(JSON.stringify(all)).not.toMatch(/777|666|a\+r|o\+r|755|644/);
  });

  test("what is there already is neither done nor undone", () => {
    const again = steps({ ...present, groupExists: true, isMember: true, fileText: () => `${RAPL_RULE}\n` });
    expect(again.every(({ change }) => change === undefined)).toBe(true);
    expect(undoSteps([], { powercap: ["/sys/x/energy_uj"] })).toEqual([]);
  });

  test("the way back: rule, counters, membership, group", () => {
    const changes = steps(present).flatMap(({ change }) => (change ? [change] : []));
    expect(undoSteps(changes, { powercap: ["/sys/x/energy_uj"] }).map(({ argv }) => argv.join(" "))).toEqual([
      `rm --force ${RAPL_RULE_FILE}`,
      "udevadm control --reload",
      "chmod g-r /sys/x/energy_uj",
      "chgrp root /sys/x/energy_uj",
      "gpasswd --delete ada rapl",
      "groupdel rapl",
    ]);
  });

  test("all is there already: it says so, and applies the rule anew only", () => {
    const plan = planFix("rapl-group", {
      ...present,
      groupExists: true,
      isMember: true,
      fileText: () => RAPL_RULE,
    });
    if ("obstacle" in plan) throw new Error(plan.obstacle);
    expect(plan.effect).toContain("what is missing may be only that you log in again");
    expect(plan.steps.map(({ argv }) => argv[0])).toEqual(["udevadm", "udevadm"]);
  });

  test("AMD's sensors: a rule for that driver alone, with the same group, and the way back", () => {
    const plan = planFix("sensor-group", present);
    if ("obstacle" in plan) throw new Error(plan.obstacle);
    const rule = plan.steps.find(({ input }) => input)?.input ?? "";
    expect(rule).toContain('ATTR{name}=="amd_energy"');
    expect(rule).not.toMatch(/777|666|a\+r|o\+r/);
    expect(plan.steps.at(-1)?.argv).toContain("--subsystem-match=hwmon");
    const changes = plan.steps.flatMap(({ change }) => (change ? [change] : []));
    const back = undoSteps(changes, { hwmon: ["/sys/h/energy1_input"], powercap: ["/sys/x/energy_uj"] });
    expect(back.map(({ argv }) => argv.join(" ")).slice(0, 4)).toEqual([
      "rm --force /etc/udev/rules.d/70-amd-energy-read.rules",
      "udevadm control --reload",
      "chmod g-r /sys/h/energy1_input",
      "chgrp root /sys/h/energy1_input",
    ]);
  });

  test("what is shown can be typed as it stands, quotes and all", () => {
    const plan = planFix("sensor-group", present);
    if ("obstacle" in plan) throw new Error(plan.obstacle);
    const line = describeSteps(plan.steps, { root: "/", isRoot: true }).find((each) => each.includes("tee"));
    const said = spawnSync("sh", ["-c", line!.split("|")[0]!], { encoding: "utf8" }).stdout;
    expect(said).toBe(plan.steps.find(({ input }) => input)?.input);
  });
});
