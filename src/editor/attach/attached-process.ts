/** `fairwatt attach` beside the window: it hears marks on its standard input, and ends with the window. */

import { type ChildProcess, spawn } from "node:child_process";
import { ulid } from "ulid";
import { runnerEnvironment } from "../launch/command-line.ts";
import { settings } from "../settings.ts";

export interface Target {
  pid: number;
  /** Start time of the process where it was seen before. */
  pidStart?: number;
  cwd: string;
  name: string;
  /** Who asks, for the record: "debug session", "notebook". */
  by: string;
}

/** Arguments of the command line; pure. */
export function attachArguments(cli: string, target: Target, zone: string): string[] {
  return [
    cli,
    "attach",
    "--no-live",
    "--pid",
    String(target.pid),
    ...(target.pidStart === undefined ? [] : ["--pid-start", String(target.pidStart)]),
    "--name",
    target.name,
    "--by",
    target.by,
    ...(zone ? ["--default-zone", zone] : []),
  ];
}

export interface MarkOfCell {
  kind: "cell";
  cell: string;
  edge: "start" | "end";
  index: number;
}

export class AttachedProcess {
  readonly runId = ulid();
  /** With what it said where it could not measure; undefined where all went well. */
  readonly ended: Promise<string | undefined>;
  private readonly child: ChildProcess;

  constructor(cli: string, target: Target) {
    this.child = spawn(process.execPath, [...attachArguments(cli, target, settings.zone()), "--control"], {
      cwd: target.cwd,
      env: { ...process.env, ...runnerEnvironment(this.runId, process.versions.electron !== undefined) },
      stdio: ["pipe", "ignore", "pipe"],
      windowsHide: true,
    });
    let said = "";
    this.child.stderr?.on("data", (piece) => {
      said = (said + piece).slice(-4_000);
    });
    this.child.stdin?.on("error", () => undefined);
    this.ended = new Promise((resolve) => {
      this.child.once("error", (error) => resolve(error.message));
      this.child.once("close", (code) => resolve(code === 0 ? undefined : said.trim()));
    });
  }

  mark(mark: MarkOfCell): void {
    this.child.stdin?.write(`${JSON.stringify({ mark })}\n`);
  }

  /** Ends the measuring; the process goes on. */
  stop(): void {
    this.child.stdin?.end();
  }
}
