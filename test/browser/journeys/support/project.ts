import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { readRun } from "../../../../src/energy/read-run.node.ts";
import type { RunSummary } from "../../../../src/energy/run.ts";
import { type FakePowercap, startFakePowercap } from "../../../faults/support/fake-powercap.ts";
import { REPOSITORY } from "../../../host/paths.mjs";
import { copyWorkspace } from "../../harness/copy-workspace.ts";
import { poll } from "../../harness/poll.ts";

/** The command line as it was built. */
export const CLI = path.join(REPOSITORY, "dist", "cli", "fairwatt.cjs");

/** Trains nothing, but lasts, marks epochs and says which process it is; writes `ended-by` when it is asked to stop. */
const LONG = `import json, os, sys, time

def mark(**fields):
    with open(os.environ["FAIRWATT_MARKS"], "a") as file:
        file.write(json.dumps({"v": 1, "type": "mark", "t": time.time(), "mono": time.monotonic(), **fields}) + "\\n")

def train(seconds, code):
    print("training is process", os.getpid(), flush=True)
    began = time.monotonic()
    epoch = 0
    while time.monotonic() - began < seconds and not os.path.exists("finish"):
        time.sleep(0.5)
        epoch += 1
        mark(kind="epoch", index=epoch, total=int(seconds * 2), metrics={"loss": round(1 / epoch, 4)})
    sys.exit(code)

if __name__ == "__main__":
    train(600, 3)
`;

/** A copy of the example that a journey trains in, on a machine whose package meter reads a known power. */
export class JourneyProject {
  readonly folder: string;
  private readonly powercap: FakePowercap;

  /** @param options.measured false = the machine's own meters; options.shortened false = the example as it is */
  constructor({ measured = true, shortened = true } = {}) {
    this.folder = copyWorkspace(path.join(REPOSITORY, "examples", "credit"));
    for (const left of [".fairwatt", "outputs"])
      rmSync(path.join(this.folder, left), { recursive: true, force: true });
    if (shortened) this.shorten();
    this.write("long.py", LONG);
    this.measured = measured;
    this.powercap = startFakePowercap(path.dirname(this.folder));
  }

  private readonly measured: boolean;

  /** Some epochs of a small ensemble, with a pause in each: it lasts ten seconds on any machine. */
  private shorten(): void {
    this.edit("train.py", "default=40", "default=24");
    this.edit("train.py", "default=240", "default=24");
    this.edit("train.py", '        mark(kind="epoch"', '        time.sleep(0.4)\n        mark(kind="epoch"');
  }

  /** For the editor, which hands it to all that it starts. */
  get env(): Record<string, string> {
    const own = { XDG_STATE_HOME: path.join(path.dirname(this.folder), "state") };
    return this.measured ? { ...own, FAIRWATT_NVML: "none", FAIRWATT_SYS: this.powercap.sys } : own;
  }

  file(name: string): string {
    return path.join(this.folder, name);
  }

  read(name: string): string {
    return readFileSync(this.file(name), "utf8");
  }

  write(name: string, text: string): void {
    mkdirSync(path.dirname(this.file(name)), { recursive: true });
    writeFileSync(this.file(name), text);
  }

  remove(name: string): void {
    rmSync(this.file(name));
  }

  edit(name: string, before: string, after: string): void {
    const text = this.read(name);
    if (!text.includes(before)) throw new Error(`${name} has no "${before}" to be replaced`);
    this.write(name, text.replace(before, after));
  }

  /** Run directories, oldest first. */
  runs(): string[] {
    const folder = this.file(".fairwatt/runs");
    return existsSync(folder)
      ? readdirSync(folder)
          .sort()
          .map((name) => path.join(folder, name))
      : [];
  }

  /** What the journals of the newest run say, once they say what is asked for. */
  newest(what: string, fits: (run: RunSummary) => boolean, timeoutMs = 60_000): Promise<RunSummary> {
    return poll(`run that ${what}`, timeoutMs, async () => {
      const directory = this.runs().at(-1);
      // A run's folder is there before the first record in it.
      const summary =
        directory === undefined
          ? undefined
          : await readRun(directory).then(
              (read) => read.summary,
              () => undefined,
            );
      return { found: summary && fits(summary) ? summary : undefined, seen: summary?.state };
    });
  }

  dispose(): void {
    this.powercap.stop();
    rmSync(path.dirname(this.folder), { recursive: true, force: true, maxRetries: 3 });
  }
}
