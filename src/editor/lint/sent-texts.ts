/**
 * Which text of each open document the linter's worker has, and what was written since: of a long document only that is
 * sent, so that typing in it costs the editor no copy of all of it.
 */

import type * as vscode from "vscode";
import type { TextChange, TextEdits } from "../../lint/text-edits.ts";

/** More of them are as well sent as one text. */
const MOST_CHANGES = 500;

interface Sent {
  /** Version of the text that the worker has. */
  version: number;
  /** The version that the changes since make. */
  latest: number;
  changes: TextChange[];
}

type Document = Pick<vscode.TextDocument, "uri" | "version" | "lineCount" | "lineAt" | "offsetAt">;
type Change = Pick<vscode.TextDocumentChangeEvent, "contentChanges"> & { document: Document };

export class SentTexts {
  private readonly sent = new Map<string, Sent>();

  /** Hears of every change of every document. */
  note({ document, contentChanges }: Change): void {
    const key = document.uri.toString();
    const sent = this.sent.get(key);
    if (!sent || document.version === sent.latest) return;
    // Other line ends, or a change that was missed: the whole text is sent.
    const follows = document.version === sent.latest + 1 && contentChanges.length > 0;
    if (!follows || sent.changes.length + contentChanges.length > MOST_CHANGES) {
      this.sent.delete(key);
      return;
    }
    sent.latest = document.version;
    for (const { rangeOffset, rangeLength, text } of contentChanges)
      sent.changes.push({ offset: rangeOffset, length: rangeLength, text });
  }

  /** What makes the document's text of the one that was sent last; undefined: it must be sent whole. */
  editsOf(document: Document): TextEdits | undefined {
    const sent = this.sent.get(document.uri.toString());
    if (sent?.latest !== document.version) return undefined;
    const { version: since, changes } = sent;
    this.whole(document);
    return { since, version: document.version, length: lengthOf(document), changes };
  }

  /** The worker is sent the text as it is now. */
  whole({ uri, version }: Document): void {
    this.sent.set(uri.toString(), { version, latest: version, changes: [] });
  }

  forget(uri: vscode.Uri): void {
    this.sent.delete(uri.toString());
  }

  forgetAll(): void {
    this.sent.clear();
  }
}

/** Characters of a document, without making its text. */
export function lengthOf(document: Document): number {
  return document.offsetAt(document.lineAt(document.lineCount - 1).range.end);
}
