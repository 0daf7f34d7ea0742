import type { Command } from "commander";
import type { PlanOptions } from "../find-plan.ts";
import { withHelp } from "../help.ts";
import type { Waited, Waiter } from "../wait.ts";

/** For `run --lowest-carbon`, whose own file does not carry what only a wait needs. */
export async function waitInTerminal(options: PlanOptions, cwd: string, waiter: Waiter): Promise<Waited> {
  return (await import("../wait.ts")).waitInTerminal(options, cwd, waiter);
}

export function define(command: Command): void {
  command
    .description(
      "Waits until the start that emits least before the deadline, then ends: for scripts, `fairwatt wait ... && make train`. It plans anew as forecasts change and never waits past the last moment at which the run is still done in time.",
    )
    .option(
      "--duration <time>",
      "how long the run takes: 45m, 2h; without it, what nine in ten earlier runs took",
    )
    .option("--name <name>", "name of earlier runs: their duration, and their power over time")
    .option("--deadline <time>", "when it must be done: 18:00, +12h, 2026-11-23T08:00 (default: +24h)")
    .option("--zone <place>", "the source's name of the place, before [grid] place")
    .option("--provider <name>", "the source, before [grid] provider")
    .option("--file <csv>", "a file of hourly intensities")
    .action(async ({ zone, ...options }) => {
      process.exitCode = await (await import("../wait.ts")).wait({ ...options, place: zone }, process.cwd());
    });
  withHelp(
    command,
    ["fairwatt wait --duration 2h --deadline 18:00 && make train"],
    [
      "0    it is time",
      "2    fairwatt was called wrongly, or there are no figures",
      "130  ended by Ctrl-C; 128 + n by signal n",
    ],
  );
}
