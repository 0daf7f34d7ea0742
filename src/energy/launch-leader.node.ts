/**
 * One run for all ranks of a launch on this host: the first rank measures, the others run inside its run. They meet in a
 * folder of the user's among the temporary files, which no two hosts share.
 */

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import * as z from "zod/mini";
import { bootId, processIsSame, processStart } from "./process-identity.node.ts";

/** How often the leader looks whether the others have ended, ms. */
const LOOK_EACH_MS = 100;

const someProcess = z.object({ pid: z.number(), pidStart: z.optional(z.number()) });
const leaderFile = z.extend(someProcess, { run: z.string(), runDirectory: z.string() });
export type Leader = z.infer<typeof leaderFile>;

export class LaunchMeeting {
  private readonly folder: string;

  /** @param key of the launch (launch-group.ts) */
  constructor(key: string, temporary = os.tmpdir()) {
    const name = createHash("sha256").update(`${bootId()}|${key}`).digest("hex").slice(0, 24);
    this.folder = path.join(temporary, `fairwatt-${process.getuid?.() ?? os.userInfo().username}`, name);
  }

  /** The run that a live leader measures, which this process has now joined; undefined where there is none. */
  join(): Leader | undefined {
    const leader = this.leader();
    if (!leader) return undefined;
    const own = path.join(this.folder, `member.${process.pid}`);
    writeProcess(own);
    // A leader that ends takes its file away before it counts the members: seen now, it will wait for us.
    if (this.leader()?.run === leader.run) return leader;
    fs.rmSync(own, { force: true });
    return undefined;
  }

  /** True when this process leads from now on; false where another one was faster. Throws where files cannot be written. */
  lead(run: string, runDirectory: string): boolean {
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    if (fs.statSync(path.dirname(this.folder)).uid !== (process.getuid?.() ?? 0)) {
      throw new Error(`${path.dirname(this.folder)} belongs to another user`);
    }
    const own = path.join(this.folder, `candidate.${process.pid}`);
    const leader: Leader = { pid: process.pid, pidStart: processStart(process.pid), run, runDirectory };
    fs.writeFileSync(own, JSON.stringify(leader));
    try {
      return linked(own, this.leaderFile) || (this.removeDead() && linked(own, this.leaderFile));
    } finally {
      fs.rmSync(own, { force: true });
    }
  }

  /** Takes away the file of a leader that was killed; false where it is a live one's. */
  private removeDead(): boolean {
    if (this.leader()) return false;
    const aside = path.join(this.folder, `dead.${process.pid}`);
    try {
      fs.renameSync(this.leaderFile, aside);
    } catch {
      return true; // somebody else has taken it away
    }
    // Another one may have become the leader between the look and the move: it leads on.
    const isLive = liveLeader(aside) !== undefined;
    if (isLive) linked(aside, this.leaderFile);
    fs.rmSync(aside, { force: true });
    return !isLive;
  }

  /** Takes no more members, and waits until those that there are have ended. */
  async disband(): Promise<void> {
    fs.rmSync(this.leaderFile, { force: true });
    while (this.liveMembers() > 0) await new Promise((resolve) => setTimeout(resolve, LOOK_EACH_MS));
    fs.rmSync(this.folder, { recursive: true, force: true });
  }

  private get leaderFile(): string {
    return path.join(this.folder, "leader.json");
  }

  /** Who leads now and is alive. */
  leader(): Leader | undefined {
    return liveLeader(this.leaderFile);
  }

  private liveMembers(): number {
    let names: string[];
    try {
      names = fs.readdirSync(this.folder).filter((name) => name.startsWith("member."));
    } catch {
      return 0;
    }
    return names.filter((name) => {
      const member = someProcess.safeParse(readJson(path.join(this.folder, name)));
      return member.success && processIsSame(member.data.pid, member.data.pidStart);
    }).length;
  }
}

function liveLeader(file: string): Leader | undefined {
  const leader = leaderFile.safeParse(readJson(file));
  return leader.success && processIsSame(leader.data.pid, leader.data.pidStart) ? leader.data : undefined;
}

/** False where the name is taken already. */
function linked(from: string, to: string): boolean {
  try {
    fs.linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Written beside and moved into place: a reader finds all of it or nothing. */
function writeProcess(file: string): void {
  const part = `${file}.part`;
  fs.writeFileSync(part, JSON.stringify({ pid: process.pid, pidStart: processStart(process.pid) }));
  fs.renameSync(part, file);
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
