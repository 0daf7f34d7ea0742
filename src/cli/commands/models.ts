import type { Command } from "commander";
import { withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Lists the models that the project's runs wrote: which run and commit, its energy, audits, reports and approvals.",
    )
    .option("--json", "print one JSON array")
    .action(async (options) => {
      const { models } = await import("../models.ts");
      process.exitCode = await models({ ...options, cwd: process.cwd() });
    });
  withHelp(
    command,
    ["fairwatt models", "fairwatt models name model.joblib credit-scorer@1.4.0"],
    ["0  listed"],
  );
  const name = command
    .command("name")
    .description("Gives a model a name and a version (semver.org) in the ledger.")
    .argument(
      "<model>",
      "its path as `fairwatt models` shows it (the newest of that path), or letters of its hash",
    )
    .argument("<label>", "NAME@VERSION")
    .action(async (model: string, label: string) => {
      const { nameModel } = await import("../models.ts");
      process.exitCode = await nameModel(model, label, { cwd: process.cwd() });
    });
  withHelp(
    name,
    ["fairwatt models name model.joblib credit-scorer@1.4.0"],
    ["0  written", "1  the ledger cannot be written", "2  no such model, or not a name and a version"],
  );
}
