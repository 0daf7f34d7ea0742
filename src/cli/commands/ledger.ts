import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command.description("The record of what happened, provably.");
  const verify = command
    .command("verify")
    .description("Checks every ledger entry and every journal it names: changed bytes, missing entries.")
    .option("--json", "print one JSON object")
    .action(async (options) => {
      process.exitCode = await (await import("../ledger.ts")).ledgerVerify({
        json: options.json,
        cwd: process.cwd(),
      });
    });
  withHelp(
    verify,
    ["fairwatt ledger verify", "fairwatt ledger verify --json"],
    ["0  all as it was written", "1  something changed or is missing", "2  fairwatt was called wrongly"],
  );
}
