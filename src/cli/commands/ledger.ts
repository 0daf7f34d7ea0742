import { type Command, InvalidArgumentError } from "commander";
import { withHelp } from "../help.ts";

const ENTRY_ARGUMENT = "an entry: its hash or the first letters of it, a run's id, `last`, or `last~1`";

export function define(command: Command): void {
  command.description(
    "The record of what happened, provably: runs, audits, reports, approvals, corrections. Nothing in it is ever edited.",
  );
  defineVerify(command);
  defineLog(command);
  defineShow(command);
  defineExport(command);
  defineDecision(command, "approve", "approved");
  defineDecision(command, "reject", "rejected");
  defineCorrect(command);
  defineSchema(command);
}

function defineVerify(ledger: Command): void {
  const verify = ledger
    .command("verify")
    .description(
      "Checks every ledger entry, every journal it names and every signature: changed bytes, missing entries.",
    )
    .option(
      "--allowed-signers <file>",
      "whose SSH keys count, in ssh-keygen's format: another key is a problem (default: git's file, and another key is noted)",
    )
    .option("--json", "print one JSON object")
    .action(async (options) => {
      const { ledgerVerify } = await import("../ledger/verify.ts");
      process.exitCode = await ledgerVerify({ ...options, cwd: process.cwd() });
    });
  withHelp(
    verify,
    ["fairwatt ledger verify", "fairwatt ledger verify --json"],
    ["0  all as it was written", "1  something changed or is missing", "2  fairwatt was called wrongly"],
  );
}

function defineLog(ledger: Command): void {
  const log = ledger
    .command("log")
    .description("Lists the entries, newest first.")
    .option(
      "--type <type>",
      "only run, audit, drift, challenge, bench, reasons, report, approval, correction, version or imported",
    )
    .option("--count <number>", "how many at most", wholeNumber, 20)
    .option("--json", "print one JSON array")
    .action(async (options) => {
      const { ledgerLog } = await import("../ledger/log.ts");
      process.exitCode = await ledgerLog({ ...options, cwd: process.cwd() });
    });
  withHelp(
    log,
    ["fairwatt ledger log", "fairwatt ledger log --type audit"],
    ["0  listed", "2  no such type"],
  );
}

function defineShow(ledger: Command): void {
  const show = ledger
    .command("show")
    .description("Shows one entry, who approved it and whether it was corrected.")
    .argument("<entry>", ENTRY_ARGUMENT)
    .option("--allowed-signers <file>", "whose SSH keys count, in ssh-keygen's format (default: git's)")
    .option("--json", "print it as one JSON object")
    .action(async (entry: string, options) => {
      const { ledgerShow } = await import("../ledger/show.ts");
      process.exitCode = await ledgerShow(entry, { ...options, cwd: process.cwd() });
    });
  withHelp(
    show,
    ["fairwatt ledger show last", "fairwatt ledger show 3f2a9c"],
    ["0  shown", "2  no such entry"],
  );
}

function defineExport(ledger: Command): void {
  const exported = ledger
    .command("export")
    .description("Writes all entries as JSON, or the runs as a CSV table (kWh, gCO2e).")
    .option("--format <format>", "json or csv", "json")
    .option("--out <file>", "write to this file instead of standard output")
    .action(async (options) => {
      const { ledgerExport } = await import("../ledger/export.ts");
      process.exitCode = await ledgerExport({ ...options, cwd: process.cwd() });
    });
  withHelp(
    exported,
    ["fairwatt ledger export --out ledger.json", "fairwatt ledger export --format csv --out runs.csv"],
    ["0  written", "1  the file cannot be written", "2  no such format"],
  );
}

function defineDecision(
  ledger: Command,
  verb: "approve" | "reject",
  decision: "approved" | "rejected",
): void {
  const decide = ledger
    .command(verb)
    .description(
      `Writes that an entry is ${decision}, signed with your SSH key as git signs commits. Anybody can check the signature with ssh-keygen.`,
    )
    .argument("<entry>", ENTRY_ARGUMENT)
    .requiredOption("--role <function>", "in which function you decide")
    .option("--name <name>", "who decides (default: git's user.name)")
    .option("--place <place>", "where")
    .option("--remark <text>", verb === "approve" ? "conditions" : "why not")
    .option("--key <file>", "SSH key (default: git's user.signingkey, else the usual one in ~/.ssh)")
    .option("--no-sign", "without a signature")
    .action(async (entry: string, options) => {
      const { ledgerApprove } = await import("../ledger/approve.ts");
      process.exitCode = await ledgerApprove(entry, { ...options, decision, cwd: process.cwd() });
    });
  withHelp(
    decide,
    [
      `fairwatt ledger ${verb} last --role "head of credit risk"`,
      `fairwatt ledger ${verb} 3f2a9c --role reviewer --key ~/.ssh/id_ed25519 --remark "until 1 March"`,
    ],
    ["0  written", "1  could not be signed or written", "2  no such entry, or nobody is named"],
  );
}

function defineCorrect(ledger: Command): void {
  const correct = ledger
    .command("correct")
    .description("Writes that an entry is wrong, and why. The entry itself stays.")
    .argument("<entry>", ENTRY_ARGUMENT)
    .requiredOption("--reason <text>", "what is wrong with it")
    .option("--replacement <entry>", "the entry that counts in its place")
    .action(async (entry: string, options) => {
      const { ledgerCorrect } = await import("../ledger/correct.ts");
      process.exitCode = await ledgerCorrect(entry, { ...options, cwd: process.cwd() });
    });
  withHelp(
    correct,
    ['fairwatt ledger correct 3f2a9c --reason "ran on the wrong data" --replacement last'],
    ["0  written", "1  could not be written", "2  no such entry, or no reason"],
  );
}

function defineSchema(ledger: Command): void {
  const schema = ledger
    .command("schema")
    .description(
      "Prints the JSON Schema (2020-12) of entries, for programs that read the files in .fairwatt/ledger, or an export.",
    )
    .action(async () => {
      const { ledgerSchema } = await import("../ledger/schema.ts");
      process.exitCode = await ledgerSchema();
    });
  withHelp(schema, ["fairwatt ledger schema > ledger-entry.schema.json"], ["0  printed"]);
}

function wholeNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("give a whole number above 0");
  return Number(text);
}
