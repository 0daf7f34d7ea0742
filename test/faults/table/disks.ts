/** Disks that do not answer, folders that go. More of them, in mounts of their own, in disk.test.ts. */

import * as fs from "node:fs";
import * as path from "node:path";
import { expect } from "vitest";
import type { Bench } from "../support/measured.ts";
import { preload } from "../support/preload.ts";
import type { Fault, Surroundings } from "./fault.ts";

const stallFile = ({ folder }: Bench) => path.join(folder, "stall");

/** The folder of records lies on a disk that can be made to stall. */
const withStallingDisk = (bench: Bench): Surroundings => ({
  env: {
    ...preload(bench, "stalled_disk"),
    STALL_FOLDER: path.join(bench.project, ".fairwatt"),
    STALL_FILE: stallFile(bench),
  },
});

/** Nobody's, where we are root: root may write whatever the permissions say. */
function asNobody({ folder }: Bench): Surroundings {
  if (process.getuid!() !== 0) return {};
  const nobody = 65534;
  fs.chownSync(folder, nobody, nobody);
  for (const name of fs.readdirSync(folder, { recursive: true, encoding: "utf8" }))
    fs.chownSync(path.join(folder, name), nobody, nobody);
  return { within: ["setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"] };
}

export const DISK_FAULTS: Fault[] = [
  {
    fault: "the file system of the records does not answer any more",
    by: "writes that wait for ever",
    start: withStallingDisk,
    async inject({ bench }) {
      fs.writeFileSync(stallFile(bench), "");
    },
    holds: {
      says: /has not answered for 5 s: .*\nfairwatt {2}.*failed with exit code 5/,
      state: "interrupted",
    },
  },
  {
    fault: "the file system of the records does not answer for a while",
    by: "writes that wait for a second and a half",
    start: withStallingDisk,
    async inject(scene) {
      fs.writeFileSync(stallFile(scene.bench), "");
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      fs.rmSync(stallFile(scene.bench));
      await scene.measured();
    },
    holds: { gaps: [/^no sample for \d+ s$/] },
  },
  {
    fault: "the run's folder is deleted",
    by: "rm -r",
    inject: (scene) => fs.rmSync(scene.directory, { recursive: true }),
    holds: { kept: false, says: /was deleted while it ran: .*\nfairwatt {2}.*Wh/ },
  },
  {
    fault: "the folder of records becomes read-only",
    by: "permissions, for a user who is not root",
    start: asNobody,
    inject(scene) {
      for (const folder of [scene.directory, path.dirname(scene.directory), scene.file(".fairwatt")])
        fs.chmodSync(folder, 0o555);
    },
    holds: {
      says: /has no ledger entry yet: EACCES/,
      // Whoever may write there later writes the entry.
      also({ scene }) {
        expect(fs.existsSync(scene.file(".fairwatt/ledger"))).toBe(false);
        for (const folder of [scene.file(".fairwatt"), path.dirname(scene.directory), scene.directory])
          fs.chmodSync(folder, 0o755);
      },
    },
  },
];
