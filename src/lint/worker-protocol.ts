/** What is said between the linter's worker thread and who started it (command line, editor). All of it can be cloned. */

import type { DocumentReport } from "./document-report.ts";
import type { FileReport } from "./output/report.ts";
import type { ProjectEvidence } from "./project/evidence.ts";
import type { FileEvidence } from "./project/file-evidence.ts";
import type { RecordedEvidence } from "./project/recorded-evidence.ts";
import type { Selection } from "./select.ts";
import type { TextEdits } from "./text-edits.ts";

export interface SurveyJob {
  /** Folder that paths and per-file patterns are relative to. */
  root: string;
  /** Absolute. */
  files: string[];
  selection: Selection;
}

export interface Survey {
  /** Of files for which nothing more need be known. `file` is relative to the root. */
  reports: FileReport[];
  evidence: FileEvidence[];
  /** Files whose rules asked what the project says: lint them again with it. */
  again: string[];
  /** True when one of them asked what other files say, not only what is recorded of its runs and audits. */
  asksFiles: boolean;
}

/** The text of a document, or a notebook's cells as they are being written. */
export interface DocumentText {
  uri: string;
  version: number;
  /** Relative to `root`, with forward slashes. */
  path: string;
  languageId?: string;
  /** Of a notebook: its JSON with the cells' sources, made of the open document. */
  text: string;
  /** Folder (URI) whose index it is judged by; absent outside a workspace. */
  root?: string;
}

export interface Answers {
  /** Lints an open document. */
  document: { ask: { document: DocumentText; selection: Selection }; answer: DocumentReport };
  /** The same after edits of the text that was sent last; undefined: send the text as a whole. */
  edited: {
    ask: { uri: string; edits: TextEdits; selection: Selection };
    answer: DocumentReport | undefined;
  };
  /** An open document was closed: what is kept of it goes. */
  close: { ask: { uri: string }; answer: undefined };
  /** A folder left the workspace: what is known of it goes. `folder` where it is on disk. */
  forget: { ask: { root: string; folder?: string }; answer: undefined };
  /** Reads what is new in a folder on disk into its index; resolves when all files were looked at. News: others may change. */
  index: { ask: { root: string; folder: string }; answer: { files: number; news: boolean } };
  /** Files of a folder that changed, with their text where it is not on disk; `text: null` = gone. True: others may change. */
  changed: {
    ask: { root: string; folder?: string; files: { path: string; text?: string | null }[] };
    answer: boolean;
  };
  record: { ask: { root: string; recorded: RecordedEvidence }; answer: undefined };
  /** All findings of a folder, file by file, with its index. Files with their text where the folder is on no disk. */
  workspace: {
    ask: {
      root: string;
      folder?: string;
      files: { path: string; text?: string | null }[];
      selection: Selection;
    };
    answer: { path: string; report: DocumentReport }[];
  };
  /** Files of a folder that a reader takes, relative to it. */
  discover: { ask: { folder: string }; answer: string[] };
  /** First pass over files, for the command line. */
  survey: { ask: SurveyJob; answer: Survey };
  /** Second pass. */
  files: {
    ask: { root: string; files: { file: string; evidence: ProjectEvidence }[]; selection: Selection };
    answer: FileReport[];
  };
  /** A rule's page as Markdown; undefined when there is no such rule. */
  page: { ask: { code: string }; answer: string | undefined };
  rules: { ask: Record<string, never>; answer: { code: string; name: string; default: boolean }[] };
}

export type Kind = keyof Answers;
export type Request = { [K in Kind]: { id: number; kind: K; ask: Answers[K]["ask"] } }[Kind];
export type Response = { id: number; answer: unknown } | { id: number; error: string };
