import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description("Prints the page of a rule: what it looks for, why, what silences it, its sources.")
    .argument("[rule]", "FW101, or its name: missing-fairness-check")
    .option("--json", "print JSON")
    .action(async (code: string | undefined, options) => {
      process.exitCode = await (await import("../rule.ts")).rule(code, options);
    });
  withHelp(command, ["fairwatt rule", "fairwatt rule FW101"], ["0  printed", "2  there is no such rule"]);
}
