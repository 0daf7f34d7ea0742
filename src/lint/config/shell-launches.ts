/** Launches of a shell script: each command, containers of `docker run` opened, `bash -c "..."` read on. */

import type { TextRange } from "../finding.ts";
import { addVariable, containerOf, deployedContainer, execution } from "./container-launches.ts";
import { isProgram, type Launch, program, type Setting } from "./launch.ts";
import { readShell, type ShellCommand, type ShellScript } from "./shell.ts";
import type { Word } from "./words.ts";

export function shellLaunches(
  text: string,
  offset = 0,
  dialect: "sh" | "powershell" | "cmd" = "sh",
): Launch[] {
  return launchesOfScript(readShell(text, offset, dialect));
}

export function launchesOfScript(script: ShellScript): Launch[] {
  // Exported variables reach the server: those that a server reads have capitals.
  const exported = new Map<string, Setting>();
  for (const [name, word] of script.variables)
    if (/^[A-Z][A-Z0-9_]+$/.test(name)) exported.set(name, settingOf(word));
  return script.commands.flatMap((command) => launchesOf(command, exported, 0));
}

/** Of words that stand apart already: a container is opened, `bash -c "..."` read on. */
export function launchesOfWords(words: Word[], range: TextRange): Launch[] {
  return launchesOf({ words, range, environment: new Map() }, new Map(), 0);
}

function launchesOf(command: ShellCommand, exported: Map<string, Setting>, depth: number): Launch[] {
  const words = startedProcess(program(command.words));
  const own = command.environment.size > 0 || words.length < command.words.length;
  const environment = own ? new Map(exported) : exported;
  for (const [name, word] of command.environment) environment.set(name, settingOf(word));
  for (const word of command.words.slice(0, command.words.length - words.length))
    addVariable(environment, word);
  const nested = nestedScript(words) ?? typedText(command.words);
  if (nested !== undefined && depth < 4) {
    const inner = readShell(nested.value, nested.range.start + 1).commands.flatMap((one) =>
      launchesOf(one, environment, depth + 1),
    );
    return nested.range.end - nested.range.start === nested.value.length + 2 && !nested.expanded
      ? inner
      : inner.map((launch) => withoutPlaces(launch, nested));
  }
  const within = execution(words);
  if (within.length > 0 && depth < 4)
    return launchesOf({ ...command, words: within, environment: new Map() }, environment, depth + 1);
  if (isProgram(words[0], /^(docker|podman|nerdctl)(\.exe)?$/)) {
    const container = containerOf(words, command);
    return container === undefined ? [] : [container];
  }
  const deployed = deployedContainer(words, command);
  if (deployed !== undefined) return [deployed];
  if (isProgram(words[0], /^(apptainer|singularity)$/)) {
    const image = words.findIndex((word) => /\.sif$|^docker:\/\//.test(word.value));
    if (image < 0) return [];
    const { value, range } = words[image]!;
    const name = value.slice(value.lastIndexOf("//") + 1).replace(/\.sif$/, "");
    return [{ image: { name, range }, words: words.slice(image + 1), environment, range: command.range }];
  }
  return [{ words, environment, range: command.range }];
}

/**
 * A launch whose text is not as it stands in the file, for its escapes or a variable's value: nothing can be added to it,
 * and with a variable its places are the whole text's.
 */
function withoutPlaces({ insertVariable: _, ...launch }: Launch, { expanded, range }: Word): Launch {
  const words = launch.words.map(({ after: __, ...word }) => (expanded ? { ...word, range } : word));
  return { ...launch, words, range: expanded ? range : launch.range };
}

/** PowerShell's `Start-Process -FilePath vllm -ArgumentList "serve", "org/name"`: the program and its arguments. */
function startedProcess(words: Word[]): Word[] {
  if (!/^(?:start-process|saps)$/i.test(words[0]?.value ?? "")) return words;
  const started: Word[] = [];
  let inArguments = false;
  for (let at = 1; at < words.length; at++) {
    const word = words[at]!;
    const option = /^-([A-Za-z]+)$/.exec(word.value)?.[1];
    if (option !== undefined && !inArguments && !/^(?:filepath|argumentlist|args)$/i.test(option)) {
      if (!/^(?:nonewwindow|wait|passthru)$/i.test(option)) at++;
    } else if (option !== undefined && /^(?:argumentlist|args)$/i.test(option)) inArguments = true;
    else if (option === undefined || inArguments) {
      if (!/^filepath$/i.test(option ?? ""))
        for (const value of word.value.split(/[\s,]+/).filter(Boolean)) started.push({ ...word, value });
      inArguments ||= started.length > 0 && /,$/.test(word.value);
    }
  }
  return started;
}

/** Text that is typed into a terminal: `screen -S worker -X stuff "..."`, `tmux send-keys -t worker "..." Enter`. */
function typedText(words: readonly Word[]): Word | undefined {
  if (!isProgram(words[0], /^(screen|tmux)$/)) return undefined;
  const at = words.findIndex(({ value }) => value === "stuff" || value === "send-keys" || value === "send");
  return at < 0 ? undefined : words.slice(at + 1).find(({ value }) => /\s/.test(value));
}

function nestedScript(words: readonly Word[]): Word | undefined {
  // One word with a command in it: `tmux new -d "vllm serve ..."`, and what another host runs.
  const last = words.at(-1);
  if (words.length === 1 && /^[\w./-]+\s+\S/.test(last!.value)) return last;
  if (isProgram(words[0], /^ssh$/) && /\s/.test(last?.value ?? "")) return last;
  if (isProgram(words[0], /^(cmd|powershell|pwsh)$/)) {
    const flag = words.findIndex((word, i) => i > 0 && /^(?:\/[ck]|-c|-command)$/i.test(word.value));
    // Without quotes the words are the command's own.
    return flag > 0 && /\s/.test(words[flag + 1]?.value ?? "") ? words[flag + 1] : undefined;
  }
  if (!isProgram(words[0], /^(ba|z|da|k)?sh$/)) return undefined;
  return words[scriptAt(words)];
}

const SHELL = /(?:^|[/\\])(?:(?:ba|z|da|a|k)?sh|su|runuser|script|pwsh|powershell|cmd|busybox)(?:\.exe)?$/;

/** Where the shell text given to a shell's `-c` stands, behind a `--` that ends the options; -1 without one. */
export function scriptAt(words: readonly Word[]): number {
  const shell = words.findIndex((word) => SHELL.test(word.value));
  const flag = words.findIndex((word, i) => shell >= 0 && i > shell && /^-[a-z]*c$/.test(word.value));
  if (flag < 0) return -1;
  const at = words[flag + 1]?.value === "--" ? flag + 2 : flag + 1;
  return at < words.length ? at : -1;
}

function settingOf(word: Word): Setting {
  return { value: word.value, range: word.range, keyRange: word.range, known: word.known };
}
