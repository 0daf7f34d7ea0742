import type { Command } from "commander";
import { withHelp } from "../help.ts";

const list = (text: string, before: string[] = []) => [
  ...before,
  ...text
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean),
];

export function define(command: Command): void {
  command
    .description(
      "Says when a run emits least within a deadline, by the hourly figures of the source that [grid] in fairwatt.toml names, what waiting saves, and whether that is more than chance. Nothing is asked over the network unless a source is named.",
    )
    .argument("[command...]", "the command, for the lines that start it then")
    .option(
      "--duration <time>",
      "how long it takes: 45m, 2h, 1h30m; without it, what nine in ten earlier runs took",
    )
    .option("--name <name>", "name of earlier runs: their duration, and their power over time")
    .option("--deadline <time>", "when it must be done: 18:00, +12h, 2026-11-23T08:00 (default: +24h)")
    .option("--interruptible", "it can be stopped and resumed")
    .option("--resume-overhead <time>", "what a resume costs, of running time: 5m")
    .option("--zone <place>", "the source's name of the place, before [grid] place")
    .option("--provider <name>", "the source, before [grid] provider")
    .option("--file <csv>", "a file of hourly intensities")
    .option(
      "--compare <zones>",
      "zones to compare with the project's by yearly figures, e.g. FR,aws:eu-north-1",
      list,
    )
    .option("--providers", "list the sources")
    .option("--json", "print one JSON object")
    .passThroughOptions()
    .action(async (argv: string[], { zone, ...options }) => {
      process.exitCode = await (await import("../when.ts")).when({
        ...options,
        place: zone,
        command: argv,
        cwd: process.cwd(),
      });
    });
  withHelp(
    command,
    [
      "fairwatt when --duration 2h --deadline 18:00",
      "fairwatt when --name train --deadline +24h --interruptible --resume-overhead 5m",
      "fairwatt when --compare FR,aws:eu-north-1,gcp:europe-west9",
    ],
    ["0  printed", "1  there are no figures to plan by", "2  fairwatt was called wrongly"],
  );
}
