#!/usr/bin/env node
/** Entry of the command line. */

import { isatty } from "node:tty";
import { Command, CommanderError } from "commander";
import { COMMANDS } from "./cli/commands.ts";
import { withHelp } from "./cli/help.ts";
import { exitNow } from "./energy/exit-now.node.ts";
import { FAIRWATT_VERSION } from "./version.ts";

/** A command was called wrongly: unknown option, missing argument, no such run. */
const USAGE_ERROR = 2;

/** The whole program, or what of it the arguments ask for: `run` must start fast. */
async function buildProgram(args: string[]): Promise<Command> {
  const program = new Command("fairwatt")
    .description(
      "Measures the energy and the CO2e of a command, keeps the record, and lints what is measured.",
    )
    .version(FAIRWATT_VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print help")
    .helpCommand("help [command]", "print help of a command")
    .enablePositionalOptions()
    .exitOverride()
    .showHelpAfterError("Type `fairwatt --help` for the commands and their options.");
  const called = COMMANDS.filter(({ name }) => name === args[0]);
  for (const { name, summary, load } of called.length > 0 ? called : COMMANDS) {
    (await load()).define(program.command(name).summary(summary));
  }
  return withHelp(
    program,
    ["fairwatt run python train.py", "fairwatt show last", "fairwatt compare last~1 last"],
    ["see `fairwatt help COMMAND`"],
  );
}

/** Runs one command line (without node and script); the command sets the exit code. */
async function main(args: string[]): Promise<void> {
  try {
    await (await buildProgram(args)).parseAsync(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : USAGE_ERROR;
      return;
    }
    process.stderr.write(`fairwatt: ${error instanceof Error ? error.message : String(error)}\n`);
    if (process.env.FAIRWATT_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  }
}

// Who reads us may stop (`fairwatt runs | head`), a terminal be closed: then there is nobody to write to, and what was begun
// goes on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
  });
}
// Where a terminal is gone, Node aborts when it wants to restore it.
const terminals = [0, 1, 2].filter((fd) => isatty(fd));
process.on("exit", (code) => {
  if (terminals.some((fd) => !isatty(fd))) exitNow(code);
});
void main(process.argv.slice(2));
