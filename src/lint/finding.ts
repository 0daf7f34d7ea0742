/** What a rule says of a file. Offsets are UTF-16 code units in the text that was linted (for a notebook: its program). */

export interface TextRange {
  start: number;
  /** Exclusive. */
  end: number;
}

export const SEVERITIES = ["error", "warning", "information", "hint"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Ruff's three safeties: applied by fix-all; offered one by one; a text to insert or copy, never applied by itself. */
export type FixSafety = "safe" | "unsafe" | "display";

export interface TextEdit {
  range: TextRange;
  newText: string;
}

export interface Fix {
  title: string;
  safety: FixSafety;
  /** Edits of the linted file. A display fix has one edit that inserts its snippet. Never overlapping. */
  edits: TextEdit[];
  /** For a notebook: insert this as a new cell after the cell of the finding, instead of edits. */
  newCell?: string;
  /** Another file to create (only when it does not exist), relative to the project's folder. */
  newFile?: { path: string; content: string };
}

export interface Related {
  message: string;
  range: TextRange;
  /** Another file of the project, relative to its folder; absent: the linted file. */
  file?: string;
}

export interface Finding {
  /** "FW101" */
  rule: string;
  severity: Severity;
  range: TextRange;
  /** One sentence that names the thing in the file. Never "you must", never a legal verdict. */
  message: string;
  /** Why it fired: the evidence, one sentence each. */
  why: string[];
  /** What would silence it, one sentence each. */
  silencedBy: string[];
  related: Related[];
  fixes: Fix[];
}
