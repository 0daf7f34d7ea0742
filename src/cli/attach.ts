/** `fairwatt attach`: measures a process that runs already. */

import * as fs from "node:fs";
import { createInterface } from "node:readline";
import * as z from "zod/mini";
import { Attachment, NotAttachable, processToAttach } from "../energy/attach.node.ts";
import { exitNow } from "../energy/exit-now.node.ts";
import { type ProcessFacts, processName } from "../energy/process-facts.node.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { listAttachable } from "./attach-list.ts";
import { claimProcess, measuredAlready } from "./attach-twice.ts";
import { finishRun, prepareFinish } from "./finish-run.ts";
import { LiveView } from "./live-view.ts";
import { createRunDirectory, samplerEntry } from "./run-place.ts";
import { runSettings, type SettingsOptions } from "./run-settings.ts";
import { print } from "./table.ts";

export interface AttachCommand extends SettingsOptions {
  cwd: string;
  pid?: string;
  pidStart?: string;
  list?: boolean;
  name?: string;
  json?: boolean;
  live: boolean;
  hold?: boolean;
  by: string;
  control?: boolean;
}

const say = (text: string) => process.stderr.write(`fairwatt: ${text}\n`);

/** Resolves to the exit code. */
export async function attach(options: AttachCommand): Promise<number> {
  if (options.list || options.pid === undefined) return listAttachable(options);
  const pid = wholeNumber(options.pid);
  const pidStart = options.pidStart === undefined ? undefined : wholeNumber(options.pidStart);
  if (pid === undefined || (options.pidStart !== undefined && pidStart === undefined)) {
    say("--pid and --pid-start are whole numbers; list processes with: fairwatt attach --list");
    return 2;
  }
  const folder = findProjectFolder(options.cwd);
  const { settings, warnings, fault } = runSettings(folder, options);
  for (const sentence of fault ? [...warnings, fault] : warnings) say(sentence);
  if (fault) return 2;
  let target: ProcessFacts;
  try {
    target = processToAttach(pid, pidStart);
    const twice = await measuredAlready(target, options.cwd);
    if (twice) throw new NotAttachable(twice);
  } catch (error) {
    if (!(error instanceof NotAttachable)) throw error;
    say(error.message);
    return 2;
  }

  const place = createRunDirectory(folder);
  const giveUp = claimProcess(target, place);
  if (typeof giveUp === "string") {
    fs.rmSync(place.runDirectory, { recursive: true, force: true });
    say(giveUp);
    return 2;
  }
  if (place.notice) say(place.notice);
  const live = new LiveView(options.live);
  const attachment = new Attachment({
    run: place.run,
    runDirectory: place.runDirectory,
    folder,
    name: options.name ?? processName(target.argv),
    fairwatt: FAIRWATT_VERSION,
    samplerEntry: samplerEntry(),
    process: target,
    by: options.by,
    settings,
    onRecord: (record, file) => live.push(record, file),
  });
  prepareFinish(place);
  const signals = ["SIGINT", "SIGTERM", ...(process.platform === "win32" ? [] : ["SIGHUP"])] as const;
  for (const signal of signals) process.on(signal as NodeJS.Signals, () => attachment.stop());
  if (options.control) hearMarks(attachment);
  const result = await attachment.ended;
  live.close();
  await giveUp();
  if (result.journalFailure) say(`${result.journalFailure}; the figures below are complete, the file is not`);
  await finishRun(place, {
    live,
    isDiskStalled: result.isDiskStalled,
    ...(options.json && { writeJson: (text) => print([text.trimEnd()]) }),
  });
  if (options.hold) await (await import("./hold.ts")).waitForKey();
  if (result.isDiskStalled) exitNow(0);
  return 0;
}

const controlLine = z.object({
  mark: z.object({
    kind: z.enum(["epoch", "step", "phase", "metric", "cell"]),
    index: z.optional(z.number()),
    name: z.optional(z.string()),
    cell: z.optional(z.string()),
    edge: z.optional(z.enum(["start", "end"])),
  }),
});

/** What an editor knows of the process: marks, a line each. The editor's end is ours. */
function hearMarks(attachment: Attachment): void {
  const lines = createInterface({ input: process.stdin });
  lines.on("line", (line) => {
    try {
      attachment.mark(controlLine.parse(JSON.parse(line)).mark);
    } catch {
      say(`a line on standard input is not a mark and was left out: ${line.slice(0, 80)}`);
    }
  });
  lines.on("close", () => attachment.stop());
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}
