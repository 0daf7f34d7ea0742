import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Runs a command and measures it. Its exit code, signals, input and output are the command's own; the live line is on the terminal's last row, and only where standard error is a terminal.",
    )
    .argument("<command...>", "the command and its arguments, after `--` where that reads better")
    .option("--interval <time>", "time between two readings: 500ms, 1s, 2s")
    .option("--zone <zone>", "grid zone of the machine, e.g. FR, DE, US-CA; goes before the project's own")
    .option("--default-zone <zone>", "grid zone where neither --zone nor the project names one")
    .option("--name <name>", "what to call the run")
    .option("--json <file>", "write the result to this file as one JSON object")
    .option("--no-live", "no live line")
    .option("--no-hooks", "do not let Python programs tell their epochs, steps and metrics by themselves")
    .option(
      "--hold",
      "when it has ended, keep the terminal open until a key is pressed (editors close it otherwise)",
    )
    .option("--lowest-carbon", "wait for the start that emits least before the deadline; see fairwatt when")
    .option("--deadline <time>", "with --lowest-carbon: when it must be done: 18:00, +12h (default: +24h)")
    .option("--duration <time>", "with --lowest-carbon: how long it takes; else as earlier runs of the name")
    .option(
      "--interruptible",
      "with --lowest-carbon: it is stopped outside the cheapest hours (SIGSTOP, SIGCONT) and keeps its memory; not for work whose connections or leases time out",
    )
    .option("--resume-overhead <time>", "with --interruptible: what a resume costs, of running time: 5m")
    .option("--grid-provider <name>", "with --lowest-carbon: the source of hourly figures, before [grid]")
    .option("--grid-place <place>", "with --lowest-carbon: the source's name of the place")
    .option("--grid-file <csv>", "with --lowest-carbon: a file of hourly intensities")
    .passThroughOptions()
    .action(async (command: string[], options) => {
      process.exitCode = await (await import("../run.ts")).run(options, command);
    });
  withHelp(
    command,
    [
      "fairwatt run python train.py --epochs 5",
      "fairwatt run --zone FR --name baseline -- torchrun --nproc-per-node 2 train.py",
      "fairwatt run --json result.json make train",
      "fairwatt run --lowest-carbon --duration 2h --deadline 18:00 -- python train.py",
      "fairwatt run --lowest-carbon --interruptible --duration 6h --deadline +24h -- python train.py",
    ],
    [
      "the command's own; 128 + n where signal n ended it",
      "2    fairwatt was called wrongly",
      "126  the command cannot be executed",
      "127  there is no such command",
    ],
  );
}
