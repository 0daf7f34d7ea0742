/** A model card as a file of its own, and as parts of a README that people write in. Pure. */

import { Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import type { DocumentContent } from "./documents/document.ts";
import { AUDITED, type ModelCardMetadata, type ModelIndexEntry } from "./documents/model-card-metadata.ts";
import { blockMarkdown, escapeMarkdown } from "./render/blocks-markdown.ts";

const BEGIN = "<!-- fairwatt:begin: what stands until fairwatt:end is written by `fairwatt report` -->";
const END = "<!-- fairwatt:end -->";
const FRONT_MATTER = /^\uFEFF?---[ \t]*\r?\n([\s\S]*?)(?:\r?\n)?---[ \t]*(?:\r?\n|$)/;
const YAML_OPTIONS = { lineWidth: 0 } as const;

/** The README's front matter is not YAML, or not a table: nothing is changed then. */
export class ReadmeUnusable extends Error {}

/** A whole model card: front matter, title, text. */
export function modelCardText(metadata: ModelCardMetadata, content: DocumentContent, seal: string): string {
  const front = new Document(metadata).toString(YAML_OPTIONS);
  const empty = Object.keys(metadata).length === 0;
  return [
    ...(empty ? [] : [`---\n${front}---`]),
    `# ${escapeMarkdown(content.system.name ?? content.title)}`,
    section(content),
    `<!-- ${seal} -->\n`,
  ].join("\n\n");
}

/**
 * The README with the model's metadata in its front matter and the card between two comments. Comments, order and keys of
 * the front matter stay; `co2_eq_emissions` and our own results in `model-index` are replaced, other keys are added only
 * where they are missing. Text outside the two comments stays as it is. Done twice, the second time changes nothing.
 * Throws ReadmeUnusable.
 */
export function mergedReadme(readme: string, metadata: ModelCardMetadata, content: DocumentContent): string {
  const found = FRONT_MATTER.exec(readme);
  const newline = readme.includes("\r\n") ? "\r\n" : "\n";
  const body = found ? readme.slice(found[0].length) : readme.replace(/^\uFEFF/, "");
  const front = mergedFrontMatter(found?.[1] ?? "", metadata);
  const written = front === "" ? "" : `---\n${front}---\n`;
  return `${written.replaceAll("\n", newline)}${withSection(body, section(content).replaceAll("\n", newline), newline)}`;
}

function section(content: DocumentContent): string {
  const status = content.status === "DRAFT" ? "**DRAFT** until a person has approved it." : "**FINAL**.";
  return [
    status,
    ...content.notices.map((notice) => `- ${escapeMarkdown(notice)}`),
    ...content.blocks.map(blockMarkdown),
    `Written with Fairwatt ${escapeMarkdown(content.fairwatt)}; document ${content.id}, data hash ${content.evidence.dataHash}.`,
    escapeMarkdown(content.disclaimer),
  ].join("\n\n");
}

function withSection(body: string, text: string, newline: string): string {
  const part = `${BEGIN}${newline}${newline}${text}${newline}${newline}${END}`;
  const from = body.indexOf(BEGIN);
  const to = body.indexOf(END, from);
  if (from >= 0 && to > from) return `${body.slice(0, from)}${part}${body.slice(to + END.length)}`;
  const gap =
    body === "" || body.endsWith(newline + newline)
      ? ""
      : body.endsWith(newline)
        ? newline
        : newline + newline;
  return `${body}${gap}${part}${newline}`;
}

function mergedFrontMatter(yaml: string, metadata: ModelCardMetadata): string {
  const document = parseDocument(yaml.replaceAll("\r\n", "\n"));
  if (document.errors.length > 0)
    throw new ReadmeUnusable(`the front matter of the README is not YAML: ${document.errors[0]!.message}`);
  if (document.contents === null) document.contents = document.createNode({}) as never;
  const root: unknown = document.contents;
  if (!isMap(root)) throw new ReadmeUnusable("the front matter of the README is not a table of keys");
  for (const [key, value] of Object.entries(metadata)) {
    if (key === "co2_eq_emissions") mergeEmissions(document, value as object);
    else if (key === "model-index") mergeIndex(document, value as ModelIndexEntry[]);
    else if (!document.has(key)) document.set(key, document.createNode(value));
  }
  return root.items.length === 0 ? "" : document.toString(YAML_OPTIONS);
}

/** Keys that we have are set, so that comments beside them stay; others are kept. A plain number becomes a table. */
function mergeEmissions(document: Document, value: object): void {
  if (!isMap(document.get("co2_eq_emissions"))) document.set("co2_eq_emissions", document.createNode({}));
  for (const [key, each] of Object.entries(value)) document.setIn(["co2_eq_emissions", key], each);
}

/** Results of our audits take the place of those of older ones; all others stay. */
function mergeIndex(document: Document, [ours]: ModelIndexEntry[]): void {
  if (!ours) return;
  const index = document.get("model-index");
  if (!isSeq(index)) {
    document.set("model-index", document.createNode([ours]));
    return;
  }
  const entry = (index as YAMLSeq).items.find(
    (each): each is YAMLMap => isMap(each) && each.get("name") === ours.name,
  );
  const results = entry?.get("results");
  if (!entry || !isSeq(results)) {
    index.add(document.createNode(ours));
    return;
  }
  results.items = results.items.filter(
    (each) => !(isMap(each) && each.getIn(["dataset", "type"]) === AUDITED),
  );
  for (const result of ours.results) results.add(document.createNode(result));
}
