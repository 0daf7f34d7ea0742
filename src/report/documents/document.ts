/** What a document is: its entry in the list, and its content before a renderer makes HTML, Markdown, PDF or JSON of it. */

import * as z from "zod/mini";
import type { ProjectConfig } from "../../config/project.ts";
import type { Evidence } from "../evidence.ts";
import { block } from "./blocks.ts";

/** What people said in the project file. */
export type Facts = Omit<ProjectConfig, "lint" | "interval" | "attribution" | "python">;

export const FORMATS = ["html", "pdf", "md", "json"] as const;
export type Format = (typeof FORMATS)[number];

/** One kind of document. `build` is pure: the same evidence and facts give the same blocks on every machine. */
export interface ReportDocument {
  /** As the command line has it, and the name of its file. */
  id: string;
  title: string;
  /** One line for lists. */
  summary: string;
  /** Version of the form; counted up when its fields change. */
  form: number;
  /** Where it is of several projects, and so of no one commit: the command that makes it again, and the facts of all of them. */
  several?: { command: string; facts: readonly Facts[] };
  /** The legal text that it follows, and its date. */
  legalTextAsOf?: string;
  build(evidence: Evidence, facts: Facts): DocumentBody;
}

/** What is particular to a document; the rest is common to all (../compose-document.ts). */
export interface DocumentBody {
  blocks: z.infer<typeof block>[];
  /** A format that is this document's own, in place of the common form in that format: a README, a CycloneDX BOM. */
  own?: OwnFormat;
}

export interface OwnFormat {
  format: Format;
  file: string;
  /** What the format is made of; texts in it are looked through for claims as those of blocks are. */
  value: unknown;
  /** The file's whole text, with the seal at the place that the format has for it. */
  render(value: unknown, content: DocumentContent, seal: string): string;
}

const hash = z.string().check(z.regex(/^[0-9a-f]{64}$/));

/** Version 1; keys are added, never renamed. Published as report-document.schema.json. */
export const documentContent = z.object({
  v: z.literal(1),
  document: z.string(),
  title: z.string(),
  form: z.number(),
  legalTextAsOf: z.nullable(z.string()),
  /** FINAL only when a person approved this id in the ledger. */
  status: z.enum(["DRAFT", "FINAL"]),
  /** SHA-256 over document, form, version of Fairwatt, evidence and blocks; not over the approval. */
  id: hash,
  /** Time of the newest ledger entry that was used: not the time of printing. */
  evidenceAt: z.nullable(z.string()),
  fairwatt: z.string(),
  system: z.object({
    name: z.nullable(z.string()),
    version: z.nullable(z.string()),
    commit: z.nullable(z.string()),
    /** Files differed from the commit. */
    dirty: z.nullable(z.boolean()),
    organisation: z.nullable(z.string()),
    contact: z.nullable(z.string()),
  }),
  evidence: z.object({
    /** SHA-256 of the canonical JSON of the entries' hashes and the facts. */
    dataHash: hash,
    entries: z.array(hash),
    runs: z.array(z.string()),
    unsound: z.number(),
  }),
  completeness: z.object({
    filled: z.number(),
    required: z.number(),
    missing: z.array(z.object({ section: z.string(), label: z.string(), completedBy: z.string() })),
  }),
  blocks: z.array(block),
  /** The approval in the ledger: `entry` is its hash, `scheme` "ssh" where it is signed with a key. */
  signature: z.nullable(
    z.object({
      name: z.string(),
      function: z.string(),
      place: z.string(),
      date: z.string(),
      entry: hash,
      scheme: z.nullable(z.literal("ssh")),
    }),
  ),
  /** Commands that make it again. */
  reproduce: z.array(z.string()),
  notices: z.array(z.string()),
  disclaimer: z.string(),
  /** Tells whether the file was changed since. */
  seal: z.optional(z.string()),
});

export type DocumentContent = z.infer<typeof documentContent>;
