/** What the help of every command has in common. */

import type { Command } from "commander";

export const RUN_ARGUMENT =
  "a run: its id or the first letters of it, its name, `last`, or `last~1` for the one before";

export function withHelp(command: Command, examples: string[], exitCodes: string[]): Command {
  const list = (lines: string[]) => lines.map((line) => `  ${line}\n`).join("");
  return command.addHelpText("after", `\nExamples:\n${list(examples)}\nExit codes:\n${list(exitCodes)}`);
}
