import type { Command } from "commander";
import { RUN_ARGUMENT, withHelp } from "../help.ts";

export function define(command: Command): void {
  command
    .description(
      "Writes the report of one run (one HTML file without script, ready to print), or documents of the project from its ledger and the facts in [report] of the project file.",
    )
    .argument("[run]", `${RUN_ARGUMENT}; with --document: evidence of this run alone`)
    .option("--document <id...>", "documents to write; --list shows them")
    .option("--all", "all documents")
    .option("--format <format...>", "html, pdf, md, json (default: html)")
    .option(
      "--out <path>",
      "of a run's report: the file (default: reports/run-<id>.html); of documents: the folder (default: reports)",
    )
    .option(
      "--into <readme>",
      "with --document model-card: the README to write it into; the rest of it stays",
    )
    .option(
      "--projects <folder...>",
      "the register of AI systems of these projects, or of all projects in a folder: a row for each system, its models, findings by rule, approvals",
    )
    .option("--force", "also write over documents that somebody signed or changed")
    .option("--no-ledger", "enter nothing in the ledger; a document without an entry cannot be approved")
    .option("--list", "show the documents")
    .option("--schema", "print the JSON Schema (2020-12) of what --format json writes")
    .option("--json", "print what was written as JSON instead of the paths alone")
    .action(async (reference: string | undefined, options) => {
      process.exitCode = await (await import("../report.ts")).report(reference, {
        ...options,
        cwd: process.cwd(),
      });
    });
  withHelp(
    command,
    [
      "fairwatt report last",
      "fairwatt report baseline --out baseline.html",
      "fairwatt report --list",
      "fairwatt report --document ai-act-compute --format pdf",
      "fairwatt report --document model-card --into README.md",
      "fairwatt report --projects ~/models --format html --format md --out governance",
      "fairwatt report --all --format html --format json --out reports/2026",
    ],
    [
      "0  written",
      "1  it could not be written, or a document that somebody signed or changed was kept",
      "2  no such run, document or format",
    ],
  );
}
