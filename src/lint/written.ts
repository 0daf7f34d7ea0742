/** Facts of the files that a notebook writes and a configuration holds, each read once as long as it stays as it is. */

import type { Readers } from "./engine.ts";
import type { Facts, ServingFact } from "./facts.ts";
import type { Finding, TextRange } from "./finding.ts";
import { SHELL_NAME } from "./notebook/written-files.ts";
import type { PythonFacts } from "./python/python-facts.ts";
import { LOWERING_COMMAND } from "./rules/exported-networks.ts";
import { fairnessCheck } from "./rules/fairness/check-evidence.ts";
import { kindOf } from "./source-kind.ts";

export interface Written {
  facts: Facts;
  /** Where its text begins in the notebook's program. */
  start: number;
  /** Codes of the rules that may speak of it. */
  speaks: RegExp;
}

/** A notebook with more files than this is made by a program. */
const MAX_FILES = 40;
const MAX_KEPT = 200;
/** The notebook quantizes what it serves, or compiles it for hardware of its own. */
const DECIDES =
  /quanti[sz]|load_in_[48]bit|\b(?:awq|gptq|int8|int4|fp8|smoothquant|bitsandbytes|neuronx?|openvino)\b/i;
/** Wherever the check stands: in the notebook, or in another of its files. */
const AUDITS = /fairness|responsible_?ai|\brai_|MetricFrame|\baif360\b|\baequitas\b|\bclarify\b|\bbias_/i;

const LONGEST_INTRODUCTION = 5_000;

/** What the notebook says of itself first: its files are about the same. */
function introductionOf({ prose }: PythonFacts): PythonFacts["prose"] {
  const said: PythonFacts["prose"] = [];
  let length = 0;
  for (const { text } of prose) {
    length += text.length;
    if (length > LONGEST_INTRODUCTION) break;
    said.push({ text, range: { start: 0, end: 0 } });
  }
  return said;
}

/** A reader of what notebooks write, with what it read last. */
export function createWrittenReader(readers: Readers): (holder: Facts, path: string) => readonly Written[] {
  const read = new Map<string, Facts | undefined>();
  const factsOf = (path: string, text: string, prose: PythonFacts["prose"]): Facts | undefined => {
    const key = [path, ...prose.map((said) => said.text), text].join("\n");
    if (read.has(key)) return read.get(key);
    const kind = kindOf({ path, text });
    const own = kind === undefined || kind === "notebook" ? undefined : readers[kind]({ path, text });
    const facts = own?.kind === "python" ? { ...own, prose: [...prose, ...own.prose] } : own;
    if (read.size >= MAX_KEPT) read.clear();
    read.set(key, facts);
    return facts;
  };
  return (holder, path) => {
    if (holder.written.length === 0) return [];
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
    if (holder.kind === "config") return programsOf(holder, folder, factsOf);
    const notebook = holder;
    const decides =
      DECIDES.test(notebook.text) || notebook.written.some(({ text }) => LOWERING_COMMAND.test(text));
    const checks =
      fairnessCheck(notebook) !== undefined ||
      [notebook.text, ...notebook.written.map(({ text }) => text)].some((text) => AUDITS.test(text));
    // Training and serving, not documentation: that is the notebook's own.
    // The toy that a notebook makes shows how a server is set up.
    const trains = /\.(?:backward|fit)\(/.test(notebook.text);
    const isToy = /mnist/i.test(notebook.text);
    const speaks = decides ? (checks ? undefined : /^FW101$/) : checks ? /^FW2/ : /^FW(?:101|2)/;
    if (speaks === undefined) return [];
    const prose = introductionOf(notebook);
    return notebook.written.slice(0, MAX_FILES).flatMap(({ path: name, text, start }) => {
      const facts = factsOf(folder + name.replace(/^(?:\.?\/)+/, ""), text, prose);
      if (facts === undefined || (trains && /\.pbtxt$/.test(name)) || (isToy && name === SHELL_NAME))
        return [];
      return [{ facts: withNames(facts, notebook), start, speaks }];
    });
  };
}

/** Programs that a manifest or a script holds; what it says beside them may quantize. */
function programsOf(
  { text, written }: Facts,
  folder: string,
  factsOf: (path: string, text: string, prose: PythonFacts["prose"]) => Facts | undefined,
): Written[] {
  if (DECIDES.test(text)) return [];
  return written.flatMap(({ path, text, start }) => {
    const facts = factsOf(folder + path, text, []);
    return facts === undefined ? [] : [{ facts, start, speaks: /^FW2/ }];
  });
}

/** `!vllm serve {model}`: IPython puts in what the notebook's name holds. */
function withNames(facts: Facts, { assignments }: PythonFacts): Facts {
  const nameOf = (fact: ServingFact) =>
    fact.modelVariable?.name ?? /^\{([A-Za-z_]\w*)\}$/.exec(fact.model?.id ?? "")?.[1];
  if (!facts.serving.some(nameOf)) return facts;
  const serving = facts.serving.map((fact): ServingFact => {
    const name = nameOf(fact);
    const range = fact.modelVariable?.range ?? fact.model?.range;
    const bound = assignments.filter(({ target }) => name !== undefined && target === name);
    const id = bound[0]?.value.literal;
    const isOne = typeof id === "string" && bound.every(({ value }) => value.literal === id);
    return isOne && range !== undefined ? { ...fact, model: { id, range } } : fact;
  });
  return { ...facts, serving };
}

/** A finding of a written file, in the notebook's program. */
export function movedBy(finding: Finding, start: number): Finding {
  const moved = (range: TextRange): TextRange => ({ start: range.start + start, end: range.end + start });
  return {
    ...finding,
    range: moved(finding.range),
    related: finding.related.map((one) =>
      one.file === undefined ? { ...one, range: moved(one.range) } : one,
    ),
    fixes: finding.fixes
      .filter(({ newCell }) => newCell === undefined)
      .map((fix) => ({
        ...fix,
        edits: fix.edits.map((edit) => ({ ...edit, range: moved(edit.range) })),
      })),
  };
}
