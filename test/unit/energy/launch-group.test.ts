import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { leadLaunch } from "../../../src/cli/run-joined.ts";
import { launchGroup } from "../../../src/energy/launch-group.ts";
import { LaunchMeeting } from "../../../src/energy/launch-leader.node.ts";

const group = (environment: Record<string, string>, parent = "1:2") => launchGroup(environment, () => parent);

const LAUNCHES: Record<string, Record<string, string>> = {
  torchrun: {
    TORCHELASTIC_RUN_ID: "none",
    MASTER_ADDR: "127.0.0.1",
    MASTER_PORT: "29500",
    WORLD_SIZE: "4",
    RANK: "0",
  },
  "Open MPI": { PMIX_NAMESPACE: "prterun-h-4711@1", OMPI_COMM_WORLD_SIZE: "4", OMPI_COMM_WORLD_RANK: "0" },
  MPICH: { PMI_SIZE: "4", PMI_RANK: "0" },
  Slurm: { SLURM_JOB_ID: "99", SLURM_STEP_ID: "0", SLURM_STEP_NUM_TASKS: "4", SLURM_PROCID: "0" },
};

describe("ranks of one launch", () => {
  it.each(Object.entries(LAUNCHES))(
    "of %s have one key, another launch has another",
    (launcher, environment) => {
      const first = group(environment);
      expect(first).toMatchObject({ launcher, size: 4 });
      const rank = { ...environment, RANK: "3", OMPI_COMM_WORLD_RANK: "3", PMI_RANK: "3", SLURM_PROCID: "3" };
      expect(group(rank)?.key).toBe(first!.key);
      const other = {
        ...environment,
        MASTER_PORT: "29501",
        PMIX_NAMESPACE: "prterun-h-4712@1",
        SLURM_STEP_ID: "1",
      };
      expect(group(other, "3:4")?.key).not.toBe(first!.key);
    },
  );

  it.each([
    {},
    { WORLD_SIZE: "1", TORCHELASTIC_RUN_ID: "x" },
    { WORLD_SIZE: "4" },
    { SLURM_JOB_ID: "1", SLURM_STEP_NUM_TASKS: "many" },
  ])("are not seen in %j", (environment) => {
    expect(group(environment as Record<string, string>)).toBeUndefined();
  });

  it("belong to the innermost launcher", () => {
    expect(group({ ...LAUNCHES.Slurm, ...LAUNCHES.torchrun })?.launcher).toBe("torchrun");
  });
});

describe("the meeting of ranks", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-meeting-"));
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));
  const leaderFile = () =>
    fs
      .readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith("leader.json"))
      .map((name) => path.join(folder, name));

  it("has one leader, whom the others join, until it disbands", async () => {
    const meeting = new LaunchMeeting("k", folder);
    expect(meeting.join()).toBeUndefined();
    expect(meeting.lead("01RUN", "/runs/01RUN")).toBe(true);
    expect(new LaunchMeeting("k", folder).lead("01OTHER", "/runs/01OTHER")).toBe(false);
    expect(new LaunchMeeting("other", folder).join()).toBeUndefined();
    const [file] = leaderFile();
    expect(JSON.parse(fs.readFileSync(file!, "utf8"))).toMatchObject({ run: "01RUN", pid: process.pid });
    await meeting.disband();
    expect(leaderFile()).toEqual([]);
    expect(meeting.join()).toBeUndefined();
  });

  it("leaves nothing of the run that a rank made ready, when another one was faster", async () => {
    vi.stubEnv("TMPDIR", folder);
    const runDirectory = path.join(folder, "01LATE");
    fs.mkdirSync(runDirectory);
    const launch = { launcher: "Slurm", key: "k", size: 2 };
    const meeting = new LaunchMeeting(launch.key);
    meeting.lead("01RUN", folder);
    const whileItWorks = `process.exit(require("fs").existsSync(${JSON.stringify(runDirectory)}) ? 1 : 7)`;
    const outcome = await leadLaunch({ run: "01LATE", fairwatt: folder, runDirectory }, launch, {
      command: [process.execPath, "-e", whileItWorks],
    });
    expect(outcome).toMatchObject({ exitCode: 7 });
    vi.unstubAllEnvs();
  });

  it("is led anew where the leader was killed, or its file is torn", () => {
    const meeting = new LaunchMeeting("k", folder);
    meeting.lead("01RUN", "/runs/01RUN");
    const [file] = leaderFile();
    for (const left of [JSON.stringify({ pid: 2 ** 22 + 1, run: "01DEAD", runDirectory: "/x" }), '{"pid":']) {
      fs.writeFileSync(file!, left);
      expect(meeting.join()).toBeUndefined();
      expect(meeting.lead("01NEW", "/runs/01NEW")).toBe(true);
    }
  });
});
