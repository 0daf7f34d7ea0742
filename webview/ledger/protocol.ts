/**
 * What the editor and the ledger's page say to each other. Both sides parse every message with these schemas and drop what
 * does not fit. Texts are made by the editor.
 */

import * as z from "zod/mini";
import type { StringKey } from "./string-keys.ts";

const entry = z.object({
  /** SHA-256, 64 letters. */
  hash: z.string(),
  /** "2026-11-21 18:05" */
  time: z.string(),
  /** As the ledger writes it ("run"), and as a person reads it. */
  type: z.string(),
  typeLabel: z.string(),
  what: z.string(),
  /** What people said about it: approvals, rejections. */
  decisions: z.array(z.string()),
  /** A correction says that it does not hold. */
  isWrong: z.boolean(),
});

export const ledgerView = z.object({
  /** Folder of the project, and its name. */
  project: z.string(),
  title: z.string(),
  verdict: z.object({ state: z.enum(["intact", "changed", "unknown"]), sentence: z.string() }),
  problems: z.array(z.string()),
  notices: z.array(z.string()),
  /** Newest first. */
  entries: z.array(entry),
  /** Entries beyond those that are listed. */
  more: z.number(),
});

const table = z.object({
  caption: z.string(),
  columns: z.array(z.object({ title: z.string(), isNumber: z.boolean() })),
  /** The first cell of a row is its heading. */
  rows: z.array(z.array(z.string())),
});

const detail = z.object({
  hash: z.string(),
  facts: z.array(z.tuple([z.string(), z.string()])),
  /** What it says, as far as documents have words for it. */
  parts: z.array(z.union([z.object({ text: z.string() }), z.object({ table })])),
  /** The entry's body, as indented JSON. */
  body: z.string(),
});

export const hostMessage = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("hydrate"),
    strings: z.record(z.string(), z.string()),
    view: z.nullable(ledgerView),
  }),
  z.object({ type: z.literal("busy"), busy: z.boolean() }),
  /** `detail` null: the entry cannot be shown any more. */
  z.object({ type: z.literal("detail"), detail: z.nullable(detail) }),
]);

export const PAGE_COMMANDS = ["refresh", "export"] as const;
/** What can be done with one entry. */
export const ENTRY_COMMANDS = ["show", "approve", "correct", "copy"] as const;

export const pageMessage = z.discriminatedUnion("type", [
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("command"), command: z.enum(PAGE_COMMANDS) }),
  z.object({ type: z.literal("entry"), command: z.enum(ENTRY_COMMANDS), hash: z.string() }),
  z.object({ type: z.literal("problem"), text: z.string() }),
]);

/** What the page keeps over hiding and reloads. */
export const pageState = z.object({
  v: z.literal(1),
  /** Folder of the project. */
  project: z.nullable(z.string()),
  /** Type that is shown; "": all. */
  type: z.string(),
  /** Hash of the entry whose detail is open; "": none. */
  open: z.string(),
});

export type LedgerView = z.infer<typeof ledgerView>;
export type EntryView = z.infer<typeof entry>;
export type DetailView = z.infer<typeof detail>;
export type DetailTable = z.infer<typeof table>;
export type HostMessage = z.infer<typeof hostMessage>;
export type PageMessage = z.infer<typeof pageMessage>;
export type PageCommand = (typeof PAGE_COMMANDS)[number];
export type EntryCommand = (typeof ENTRY_COMMANDS)[number];
export type PageState = z.infer<typeof pageState>;
export type PageStrings = Record<StringKey, string>;
