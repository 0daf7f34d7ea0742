/** What a project's documents say of its models and data: model cards, datasheets, READMEs, by headings and front matter. */

import { pattern } from "../pattern.ts";

export const TOPICS = [
  "model",
  "data",
  "intended use",
  "limitations",
  "results by group",
  "human oversight",
  "energy",
  "licence",
] as const;
export type Topic = (typeof TOPICS)[number];

export interface DocumentFacts {
  /** Relative to the project's folder, with forward slashes. */
  file: string;
  /** What it says it is, by its name, its title or its front matter. */
  kind: "model card" | "datasheet" | "other";
  /** Headed sections, or keys of the front matter, that hold something. */
  says: Topic[];
  /** Headed sections that hold nothing, or only say that they do. */
  empty: Topic[];
}

/** Longer documents are books, and what is about the model stands at their beginning. Characters. */
const MAX_TEXT = 200_000;
const MAX_HEADINGS = 2_000;

const HEADINGS: Record<Topic, RegExp> = {
  model: pattern("i")`
    ^(?:the |our |about (?:the |our )?)?(?:ml |ai |trained )?(?:models?|mod[eè]l[eo]?s?|
      modell)(?: (?:cards?|details?|descriptions?|overview|information|info|summary|performance|evaluation|
        results?|limitations?|architecture|facts|documentation))?\b[^a-z]*$|
    \bmodel ?cards?\b|\bmodel (?:details|description|facts)\b
  `,
  data: pattern("i")`
    \bdata ?(?:set|sheet|card|statement)s?\b|\b(?:training|evaluation|source) data\b|
    ^(?:the |about the )?data(?: (?:description|sources?|collection|provenance|dictionary|documentation))?$|
    \bdonn[ée]es\b|\bdatensatz\b|\bdatos\b
  `,
  "intended use":
    /\b(?:intended|direct|primary|downstream) (?:use|users?|purpose)s?\b|\buse ?cases?\b|\bintended purpose\b|\buses\b|\bout[- ]of[- ]scope\b|\bpurpose\b/i,
  limitations: /\blimit(?:ation)?s?\b|\brisks?\b|\bcaveats?\b|\bbias(?:es)?\b|\bknown issues\b/i,
  "results by group": pattern("i")`
    \b(?:by|per|across|between) (?:sub)?groups?\b|\b(?:sub)?group (?:performance|metrics|results)\b|
    \bdisaggregated\b|\bfairness\b|\bbias (?:evaluation|audit|metrics|analysis)\b|\bintersectional\b|
    \bdisparate impact\b|\bimpact ratios?\b|\bquantitative analyses\b
  `,
  "human oversight": pattern("i")`
    \bhuman (?:oversight|review|in the loop|intervention)\b|\bmanual review\b|\bhuman-in-the-loop\b|
    \bappeals?\b|\bcontest(?:ing|ation)?\b|\boversight\b|\breview (?:process|path|of decisions)\b|
    \boverrid(?:e|ing)\b|\bescalation\b
  `,
  energy:
    /\bco2|\bcarbon\b|\benergy\b|\bemissions?\b|\benvironmental impact\b|\bpower consumption\b|\bkwh\b/i,
  licence: /\blicen[cs]e|\blicensing\b|\bterms of use\b/i,
};

/** Keys of a Hugging Face model card's front matter, and what they say. */
const KEYS: Readonly<Record<string, Topic>> = {
  license: "licence",
  license_name: "licence",
  datasets: "data",
  co2_eq_emissions: "energy",
};
const MODEL_KEYS = /^(?:library_name|pipeline_tag|model-index|model_name|base_model|inference|widget)$/;
const DATA_KEYS =
  /^(?:dataset_info|size_categories|task_categories|annotations_creators|language_creators|source_datasets|pretty_name)$/;

/** What a line begins with where something is still to be written. */
const PLACEHOLDER = pattern("i")`
  ^(?:
    not (?:filled in|stated)|to ?do|tbd|tba|fixme|xxx|n\/?a|none yet|more information needed|coming soon|
    work in progress|to be (?:done|added|written|determined)|lorem ipsum|your .{0,40} here|add .{0,40} here
  )\b
`;

/** @returns undefined where the document says nothing of a model or its data */
export function readDocument(file: string, text: string): DocumentFacts | undefined {
  const { keys, body } = frontMatter(text.slice(0, MAX_TEXT).replace(/\r\n?/g, "\n"));
  const says = new Set<Topic>();
  const empty = new Set<Topic>();
  for (const key of keys) if (KEYS[key]) says.add(KEYS[key]);
  const found = sections(body);
  const filled = found.map(({ content }) => !isEmpty(content));
  for (const [index, { heading, level }] of found.entries()) {
    // Words under the headings below it are words of this one as well.
    let holds = filled[index]!;
    for (let at = index + 1; !holds && at < found.length && found[at]!.level > level; at++)
      holds = filled[at]!;
    // A title names the project: "Credit risk" says nothing of the model's risks.
    const topics = index === 0 && level === 1 ? (["model", "data"] as const) : TOPICS;
    for (const topic of topics) if (HEADINGS[topic].test(heading)) (holds ? says : empty).add(topic);
  }
  const kind = kindOfDocument(file, found[0]?.heading ?? "", keys);
  for (const topic of says) empty.delete(topic);
  const topics = new Set([...says, ...empty]);
  topics.delete("licence");
  if (kind === "other" && topics.size === 0) return undefined;
  const inOrder = (topics: ReadonlySet<Topic>) => TOPICS.filter((topic) => topics.has(topic));
  return { file, kind, says: inOrder(says), empty: inOrder(empty) };
}

/** Names of documents that are read; of others only that they are there is known. */
export function isDocumentRead(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return /\.(?:md|rst|txt|markdown|qmd)$|^[^.]*$/i.test(name) && NAMES.test(name);
}

const MODEL_CARD = /model[-_ .]?(?:card|facts|documentation)|system[-_ ]?card/i;
const DATASHEET =
  /data[-_ ]?sheet|data[-_ ]?statement|data(?:set)?[-_ ]?(?:card|documentation|dictionary|description|nutrition)|^data\.md$/i;
const NAMES = new RegExp(
  `^readme|${MODEL_CARD.source}|${DATASHEET.source}|responsible|fairness|bias|ethic|oversight|compliance|annex|transparen|governance|risk`,
  "i",
);

function kindOfDocument(file: string, title: string, keys: readonly string[]): DocumentFacts["kind"] {
  const name = file.slice(file.lastIndexOf("/") + 1);
  if (DATASHEET.test(name)) return "datasheet";
  if (MODEL_CARD.test(name) || /\bmodel card\b/i.test(title)) return "model card";
  // A Space's front matter names its SDK: it is an application.
  if (keys.includes("sdk")) return "other";
  if (keys.some((key) => DATA_KEYS.test(key))) return "datasheet";
  if (keys.some((key) => MODEL_KEYS.test(key))) return "model card";
  return /\bdata ?(?:sheet|set card|statement)\b/i.test(title) ? "datasheet" : "other";
}

/** Nothing, or lines that only say that something is to be written. */
function isEmpty(content: string): boolean {
  if (/\bnot filled in\b/i.test(content)) return true;
  return withoutComments(content)
    .split("\n")
    .every((line) => {
      const words = line.replace(/^[^\p{L}\p{N}]+/u, "");
      return words === "" || PLACEHOLDER.test(words);
    });
}

function withoutComments(text: string): string {
  let kept = "";
  for (let at = 0; ; ) {
    const start = text.indexOf("<!--", at);
    const end = start < 0 ? -1 : text.indexOf("-->", start);
    if (end < 0) return kept + text.slice(at, start < 0 ? undefined : start);
    kept += text.slice(at, start);
    at = end + 3;
  }
}

function frontMatter(text: string): { keys: string[]; body: string } {
  const match = /^\uFEFF?---\n([\s\S]*?)\n---[ \t]*(?:\n|$)/.exec(text);
  if (!match) return { keys: [], body: text };
  const keys = [...match[1]!.matchAll(/^([A-Za-z][\w-]*):[ \t]*(.*)(?:\n([ \t-]+\S))?/gm)]
    .filter(([, , value, next]) => (value ?? "").replace(/#.*/, "").trim() !== "" || next !== undefined)
    .map(([, key]) => key!);
  return { keys, body: text.slice(match[0].length) };
}

interface Section {
  heading: string;
  level: number;
  content: string;
}

/** Markdown's `#` and underlined headings, which are reStructuredText's too; headings in code blocks are none. */
function sections(body: string): Section[] {
  const found: Section[] = [];
  let current: Section = { heading: "", level: 0, content: "" };
  let fence: string | undefined;
  const lines = body.split("\n");
  const begin = (heading: string, level: number) => {
    if (current.heading !== "") found.push(current);
    current = { heading: heading.replace(/[*_`]|<[^>]*>|:$/g, "").trim(), level, content: "" };
  };
  for (let at = 0; at < lines.length && found.length < MAX_HEADINGS; at++) {
    const line = lines[at]!;
    const mark = /^ {0,3}(```+|~~~+)/.exec(line)?.[1]?.[0];
    if (mark !== undefined && (fence === undefined || fence === mark)) fence = fence ? undefined : mark;
    const hash = fence === undefined ? /^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$/.exec(line) : null;
    const next = lines[at + 1] ?? "";
    const underline =
      fence === undefined && /\w/.test(line) ? /^(=|-|~|\^|\*|"){3,}[ \t]*$/.exec(next) : null;
    // A bold line of its own is used as a heading as well.
    const bold = fence === undefined ? /^\*\*([^*]{3,60})\*\*:?[ \t]*$/.exec(line) : null;
    if (hash) begin(hash[2]!, hash[1]!.length);
    else if (underline && !/^\s*[|>-]/.test(line)) {
      begin(line, underline[1] === "=" ? 1 : 2);
      at++;
    } else if (bold) begin(bold[1]!, 7);
    else current.content += `${line}\n`;
  }
  if (current.heading !== "") found.push(current);
  return found;
}
