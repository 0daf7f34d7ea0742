import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Shows the candidates for deployment side by side: quality with its range, worst group, gap between groups, latency, memory, energy, CO2e and cost of training, of 1,000 units and over the lifetime, the volume from which one needs less than another, which no other beats, and which keep the limits. Candidates, limits, volume and prices stand under [tradeoff] in the project file; figures come from the ledger. What was not measured is said, and neither beats nor is beaten. It makes no score: people decide.",
    )
    .option("--json", "print one JSON object")
    .action(async (options) => {
      const { tradeoff } = await import("../tradeoff.ts");
      process.exitCode = await tradeoff({ ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    ["fairwatt tradeoff", "fairwatt tradeoff --json", "fairwatt report --document tradeoff-matrix"],
    ["0  shown", "1  the ledger cannot be read"],
  );
}
