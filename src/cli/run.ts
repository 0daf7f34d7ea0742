/** `fairwatt run`: measures a command, shows it live, keeps it. */

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { CommandOutcome } from "../energy/command.node.ts";
import { exitNow } from "../energy/exit-now.node.ts";
import { launchGroup } from "../energy/launch-group.ts";
import { processStart } from "../energy/process-identity.node.ts";
import { findProjectFolder } from "../energy/run-folder.node.ts";
import { type RunningCommand, runMeasured } from "../energy/runner.node.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { finishRun, prepareFinish } from "./finish-run.ts";
import { LiveView } from "./live-view.ts";
import { createRunDirectory, newRunId, pythonHooks, samplerEntry } from "./run-place.ts";
import type { SettingsOptions } from "./run-settings.ts";

export interface RunOptions extends SettingsOptions {
  name?: string;
  json?: string;
  live: boolean;
  /** Python programs tell their epochs without a line in them. */
  hooks: boolean;
  /** Wait for a key after the end. */
  hold?: boolean;
  /** Start within the deadline when it emits least, by the source under [grid]. */
  lowestCarbon?: boolean;
  deadline?: string;
  duration?: string;
  /** It is stopped outside the cheapest hours, too. */
  interruptible?: boolean;
  resumeOverhead?: string;
  gridProvider?: string;
  gridPlace?: string;
  gridFile?: string;
}

const say = (text: string) => process.stderr.write(`fairwatt: ${text}\n`);

/** Measures `command`; resolves to its exit code (2: Fairwatt was called wrongly). A signal that ended it ends us too. */
export async function run(options: RunOptions, command: string[]): Promise<number> {
  const folder = findProjectFolder(process.cwd());
  const settings = async () => (await import("./run-settings.ts")).runSettings(folder, options);
  const asked = options.interval !== undefined || options.zone !== undefined;
  // A wrong option runs nothing; what only the project says is read while the command already works.
  const known = asked ? await settings() : undefined;
  if (known?.fault) {
    for (const sentence of [...known.warnings, known.fault]) say(sentence);
    return 2;
  }

  const { json } = options;
  const hooks = options.hooks ? pythonHooks() : undefined;
  const group = launchGroup(process.env, () => `${process.ppid}:${processStart(process.ppid)}`);
  if (group || process.env.FAIRWATT_RUN_ID) {
    const joined = await (await import("./run-joined.ts")).joinRun({ command, hooks, json }, group);
    if (joined) return passOn(joined);
  }

  const run = newRunId();
  if (options.interruptible && (group || !options.lowestCarbon)) {
    const why = group ? "is not for one process of a launch" : "goes with --lowest-carbon";
    say(`--interruptible ${why}; nothing was run`);
    return 2;
  }
  let onSpawned: ((command: RunningCommand) => void) | undefined;
  if (options.lowestCarbon) {
    const waited = await waitFor(options, { run, name: options.name ?? defaultName(command) });
    if (typeof waited === "number") return waited;
    onSpawned = waited.onSpawned;
  }

  const place = createRunDirectory(folder, run);
  if (place.notice) say(place.notice);
  let others: (() => Promise<void>) | undefined;
  if (group) {
    const led = await (await import("./run-joined.ts")).leadLaunch(place, group, { command, hooks, json });
    if (led && !("others" in led)) return passOn(led);
    others = led?.others;
  }
  const live = new LiveView(options.live);
  const result = await runMeasured({
    run: place.run,
    runDirectory: place.runDirectory,
    folder,
    command,
    cwd: process.cwd(),
    name: options.name ?? defaultName(command),
    fairwatt: FAIRWATT_VERSION,
    settings: async () => {
      try {
        const found = known ?? (await settings());
        for (const warning of found.warnings) say(warning);
        if (found.hasBudget) void sayBudget(folder, options.name ?? defaultName(command));
        return found.settings;
      } catch (error) {
        // The command is running by now: it is measured with what can be had.
        say(`the settings cannot be read (${(error as Error).message}); the run has no grid zone`);
        return { interval: 1, pue: 1, attribution: "process" };
      }
    },
    samplerEntry: samplerEntry(),
    ...(hooks !== undefined && { hooks }),
    ...(onSpawned !== undefined && { onSpawned }),
    ...(group && others && { launch: { launcher: group.launcher, size: group.size }, others }),
    onRecord: (record, file) => {
      live.push(record, file);
      if (record.type === "spawned") prepareFinish(place);
    },
  });
  live.close();
  if (result.startFailure) say(result.startFailure);
  if (result.journalFailure) say(`${result.journalFailure}; the figures below are complete, the file is not`);
  await finishRun(place, {
    live,
    withoutSummary: result.startFailure !== undefined,
    isDiskStalled: result.isDiskStalled,
    ...(json !== undefined && { writeJson: (text) => fs.writeFileSync(json, text) }),
  });
  if (options.hold) await (await import("./hold.ts")).waitForKey();
  const code = passOn(result);
  if (result.isDiskStalled) exitNow(code);
  return code;
}

/** Says that the run is forecast to pass the budget, while it can still be stopped. It goes on whatever comes of it. */
async function sayBudget(folder: string, name: string): Promise<void> {
  try {
    const { budgetWarnings } = await import("./commands/budget.ts");
    for (const warning of await budgetWarnings(folder, name)) say(warning);
  } catch (error) {
    say(`the budget could not be looked at: ${(error as Error).message}`);
  }
}

/** What the run is to start with; else the exit code, and nothing was run. */
async function waitFor(
  options: RunOptions,
  waiter: { run: string; name: string },
): Promise<number | { onSpawned?: (command: RunningCommand) => void }> {
  const { deadline, duration, interruptible, resumeOverhead } = options;
  const { gridProvider: provider, gridPlace: place, gridFile: file } = options;
  if (interruptible && process.platform === "win32") {
    say("--interruptible needs signals that stop a process, which Windows lacks; nothing was run");
    return 2;
  }
  const waited = await (await import("./commands/wait.ts")).waitInTerminal(
    { deadline, duration, interruptible, resumeOverhead, provider, place, file, name: waiter.name },
    process.cwd(),
    waiter,
  );
  if ("start" in waited) {
    const { keep } = waited;
    if (!keep) return {};
    return {
      onSpawned: (command) => {
        keep(command).catch((error: Error) =>
          say(`it is not stopped outside the cheapest hours: ${error.message}`),
        );
      },
    };
  }
  if ("signal" in waited) return endBy(waited.signal);
  say(`${waited.fault}; nothing was run`);
  if (options.hold) await (await import("./hold.ts")).waitForKey();
  return 2;
}

/** Ends as the command ended: its exit code, or its signal. */
function passOn(result: CommandOutcome): number {
  return result.signal === null ? (result.exitCode ?? 1) : endBy(result.signal);
}

/** Ends by the signal where the system has them, so that a shell that waits sees it; the code says the same elsewhere. */
function endBy(signal: NodeJS.Signals): number {
  process.exitCode = 128 + (os.constants.signals[signal] ?? 0);
  if (process.platform !== "win32") process.kill(process.pid, signal);
  return process.exitCode;
}

/** The first argument that looks like a script, without its folder; else the program. */
function defaultName(command: readonly string[]): string {
  const script = command.slice(1).find((argument) => /\.(py|ipynb|sh|js|R|jl)$/.test(argument));
  return path.basename(script ?? command[0] ?? "command");
}
