/** Programs that print measurements: where they are, one answer at once, and a stream of lines while a run goes on. */

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";

/** Path of a program by PATH and usual folders; undefined where there is none, so that nothing is started in vain. */
export function findProgram(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
  usual: readonly string[] = [],
): string | undefined {
  const folders = [...(env.PATH ?? env.Path ?? "").split(path.delimiter).filter(Boolean), ...usual];
  const names = process.platform === "win32" ? [`${name}.exe`, name] : [name];
  return folders
    .flatMap((folder) => names.map((file) => path.join(folder, file)))
    .find((file) => isExecutable(file));
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The run goes on unmeasured while a broken driver lets its program hang. */
const LONGEST_ANSWER_MS = 2_000;

/** What a program prints when asked once; a sentence where it fails. */
export function askProgram(program: string, args: readonly string[]): { text: string } | { failure: string } {
  const { error, status, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    timeout: LONGEST_ANSWER_MS,
    windowsHide: true,
  });
  if (error) return { failure: `${path.basename(program)} could not be asked: ${error.message}` };
  if (status === 0) return { text: stdout };
  const said = `${stdout}\n${stderr}`.trim().split("\n")[0] ?? "";
  return { failure: `${path.basename(program)} ended with exit code ${status}: ${said}` };
}

/** A reading older than this says nothing of now, ms. */
const STALE_AFTER_MS = 3_000;
/** A program that ended is started again, but not each second; one that never said anything, less and less often. */
const RESTART_AFTER_MS = 5_000;
const LONGEST_WAIT_MS = 600_000;

/** Keeps a program running from the first reading on, and the latest number of each key that its lines give. */
export class ProgramStream {
  private child: ChildProcess | undefined;
  private closed = false;
  private notBefore = 0;
  private wait = RESTART_AFTER_MS;
  private readonly latest = new Map<string, { value: number; at: number }>();

  constructor(
    private readonly program: string,
    private readonly args: readonly string[],
    private readonly parse: (line: string) => Iterable<readonly [key: string, value: number]>,
  ) {}

  /** Numbers known from asking once, valid until the stream speaks. */
  prime(values: Iterable<readonly [key: string, value: number]>): void {
    for (const [key, value] of values) this.latest.set(key, { value, at: performance.now() });
  }

  read(key: string): number | null {
    this.start();
    const known = this.latest.get(key);
    return known && performance.now() - known.at < STALE_AFTER_MS ? known.value : null;
  }

  /** Every key that was said lately, with its number. */
  *fresh(): Iterable<readonly [key: string, value: number]> {
    this.start();
    for (const [key, { value, at }] of this.latest) {
      if (performance.now() - at < STALE_AFTER_MS) yield [key, value];
      else this.latest.delete(key);
    }
  }

  private start(): void {
    if (this.child || this.closed || performance.now() < this.notBefore) return;
    const child = spawn(this.program, this.args, { stdio: ["ignore", "pipe", "ignore"], windowsHide: true });
    const gone = () => {
      this.child = undefined;
      this.notBefore = performance.now() + this.wait;
      this.wait = Math.min(2 * this.wait, LONGEST_WAIT_MS);
    };
    child.once("error", gone);
    child.once("exit", gone);
    // A program that stopped speaking leaves its last readings to grow stale.
    createInterface({ input: child.stdout }).on("line", (line) => {
      const said = [...this.parse(line)];
      if (said.length > 0) this.wait = RESTART_AFTER_MS;
      this.prime(said);
    });
    child.unref();
    this.child = child;
  }

  close(): void {
    this.closed = true;
    this.child?.kill();
  }
}
