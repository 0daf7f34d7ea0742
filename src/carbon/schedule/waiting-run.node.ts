/** A run that waits for its start, as others see it: a file beside the runs, there only while it waits. */

import { promises as fs, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import * as z from "zod/mini";
import { hostName, processIsSame } from "../../energy/process-identity.node.ts";

const waitingRun = z.object({
  v: z.literal(1),
  /** The id that the run will have. */
  run: z.string(),
  name: z.string(),
  host: z.string(),
  /** The runner that waits. */
  pid: z.number(),
  pidStart: z.optional(z.number()),
  /** Unix ms: the start as planned now, and when it must be done. */
  start: z.number(),
  deadline: z.number(),
  /** Part of the emissions that is saved against a start when it was planned, with its range. */
  saving: z.object({ value: z.number(), low: z.number(), high: z.number() }),
  basis: z.string(),
});

export type WaitingRun = z.infer<typeof waitingRun>;

export const waitingFolder = (fairwatt: string): string => path.join(fairwatt, "waiting");
const fileOf = (fairwatt: string, run: string) => path.join(waitingFolder(fairwatt), `${run}.json`);

/** Throws the system's error where it cannot be written. */
export function writeWaiting(fairwatt: string, waiting: WaitingRun): void {
  mkdirSync(waitingFolder(fairwatt), { recursive: true });
  const file = fileOf(fairwatt, waiting.run);
  writeFileSync(`${file}.new`, JSON.stringify(waiting));
  renameSync(`${file}.new`, file);
}

export function removeWaiting(fairwatt: string, run: string): void {
  rmSync(fileOf(fairwatt, run), { force: true });
}

/** Those whose runner is alive, or is on another host; soonest first. What cannot be read is none. */
export async function readWaiting(fairwatt: string): Promise<WaitingRun[]> {
  const names = await fs.readdir(waitingFolder(fairwatt)).catch(() => []);
  const read = names
    .filter((name) => name.endsWith(".json"))
    .map(async (name) => {
      try {
        const text = await fs.readFile(path.join(waitingFolder(fairwatt), name), "utf8");
        const { data } = waitingRun.safeParse(JSON.parse(text));
        return data && isAlive(data) ? [data] : [];
      } catch {
        return [];
      }
    });
  return (await Promise.all(read)).flat().sort((a, b) => a.start - b.start);
}

const isAlive = ({ host, pid, pidStart }: WaitingRun): boolean =>
  host !== hostName() || processIsSame(pid, pidStart);
