import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Writes a commented fairwatt.toml and .fairwatt/.gitignore into this folder. Overwrites nothing.",
    )
    .option("--zone <zone>", "grid zone to write into it, e.g. FR, DE, US-CA")
    .action(async (options) => {
      process.exitCode = await (await import("../init.ts")).init({ zone: options.zone, cwd: process.cwd() });
    });
  withHelp(
    command,
    ["fairwatt init", "fairwatt init --zone FR"],
    ["0  written, or there already", "1  it could not be written", "2  fairwatt was called wrongly"],
  );
}
