/**
 * What the editor and the page of a project's facts say to each other. Both sides parse every message with these schemas and
 * drop what does not fit. Texts are made by the editor.
 */

import * as z from "zod/mini";
import type { StringKey } from "./string-keys.ts";

const field = z.object({
  /** Below [report]: "ecoa.creditor". */
  name: z.string(),
  label: z.string(),
  kind: z.enum(["text", "texts", "choice", "choices", "flag", "number", "day", "named"]),
  /** Values of a choice; what names may stand for. */
  choices: z.array(z.string()),
  /** What is to be written, a sentence. */
  hint: z.string(),
  /** Ids of the documents that ask for it; "*": all. */
  documents: z.array(z.string()),
  /** As a person writes it; "": not stated. */
  value: z.string(),
});

export const factsView = z.object({
  /** Folder of the project, and its name. */
  project: z.string(),
  title: z.string(),
  /** Name of the file that the facts stand in. */
  file: z.string(),
  /** Why nothing can be changed here; "" where it can. */
  readOnly: z.string(),
  /** What is wrong in the file. */
  problems: z.array(z.string()),
  documents: z.array(z.object({ id: z.string(), title: z.string() })),
  sections: z.array(z.object({ id: z.string(), title: z.string(), fields: z.array(field) })),
});

export const hostMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("hydrate"),
    strings: z.record(z.string(), z.string()),
    view: z.nullable(factsView),
  }),
  /** `problem` "": it was written. */
  z.object({ type: z.literal("written"), name: z.string(), problem: z.string() }),
]);

export const pageMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  /** `value` "": the fact is taken out. */
  z.object({ type: z.literal("set"), name: z.string(), value: z.string().check(z.maxLength(100_000)) }),
  z.object({ type: z.literal("open") }),
  z.object({ type: z.literal("problem"), text: z.string() }),
]);

/** What the page keeps over hiding and reloads. */
export const pageState = z.object({
  v: z.literal(1),
  /** Folder of the project. */
  project: z.nullable(z.string()),
  /** Document whose facts are shown; "": all. */
  document: z.string(),
  /** Sections that are open. */
  open: z.array(z.string()),
});

export type FactsView = z.infer<typeof factsView>;
export type SectionView = FactsView["sections"][number];
export type FieldView = z.infer<typeof field>;
export type HostMessage = z.infer<typeof hostMessage>;
export type PageMessage = z.infer<typeof pageMessage>;
export type PageState = z.infer<typeof pageState>;
export type PageStrings = Record<StringKey, string>;
