/** Parameters of a shell script's functions, and variables of its loops: what they are the first time. */

import type { ShellCommand } from "./shell.ts";
import { readWord, type Scan } from "./shell-words.ts";
import type { Word } from "./words.ts";

const MOST_PARAMETERS = 9;
/** Within so many characters behind its head the first call of a function is looked for. */
const NEAR = 10_000;

/** Within a function `$1` is what its first call gives it: `serve() { vllm serve "$1"; }`, then `serve "org/name"`. */
export function bindParameters(
  { text, offset, dialect, at }: Scan,
  command: ShellCommand | undefined,
  variables: Map<string, Word>,
): void {
  const name = command?.words[0]?.value ?? "";
  if (dialect !== "sh" || command?.words.length !== 1 || !/^[A-Za-z_][\w-]*$/.test(name)) return;
  const call = new RegExp(`^[ \\t]*${name}[ \\t]+(?![=(])`, "m").exec(text.slice(at, at + NEAR));
  if (call === null) return;
  const scan: Scan = { text, offset, dialect, at: at + call.index + call[0].length };
  for (let place = 1; place <= MOST_PARAMETERS; place++) {
    while (/[ \t]/.test(text[scan.at] ?? "")) scan.at++;
    const start = scan.at;
    const word = readWord(scan, variables);
    if (scan.at === start) return;
    if (word.known) variables.set(String(place), word);
  }
}

/** Behind the function they are the script's own again. */
export function freeParameters(variables: Map<string, Word>): void {
  for (let place = 1; place <= MOST_PARAMETERS; place++) variables.delete(String(place));
}

/** What a loop does for each of several, it does for the first: `for model in "org/a" "org/b"; do`. */
export function bindLoop({ words }: ShellCommand, variables: Map<string, Word>): void {
  const [keyword, name, within, first] = words;
  if (keyword?.value === "for" && within?.value === "in" && first !== undefined)
    variables.set(name!.value, first);
}
