/** What the project's own runs say to the linter and to a finding's hover. */

import * as path from "node:path";
import * as vscode from "vscode";
import type { RecordedEvidence } from "../../lint/project/recorded-evidence.ts";
import { formatDuration, formatQuantity } from "../../quantity.ts";
import { auditsIn } from "../../report/ledger-audits.node.ts";
import { measuredEvidence } from "../../report/measured-evidence.ts";
import { runsFile } from "../lens/last-run.ts";
import type { RunStore } from "../runs/run-store.ts";
import type { Linted } from "./open-document.ts";

export async function recordedOf(store: RunStore, folder: vscode.WorkspaceFolder): Promise<RecordedEvidence> {
  const base = folder.uri.fsPath;
  const runs = store.runs().filter((run) => run.folder === base || run.folder.startsWith(base + path.sep));
  const measured = measuredEvidence(runs, (file, cwd) => {
    const relative = path.relative(base, path.resolve(cwd, file));
    return relative.startsWith("..") ? undefined : relative.split(path.sep).join("/");
  });
  return { ...measured, audits: folder.uri.scheme === "file" ? await auditsIn(base) : [] };
}

/** The newest ended run of a file as a sentence. */
export function measuredSentence(store: RunStore, { uri }: Linted): string | undefined {
  if (uri.scheme !== "file") return undefined;
  const run = store.runs().find((each) => each.state !== "running" && runsFile(each, uri.fsPath));
  if (!run) return undefined;
  return vscode.l10n.t(
    "The last measured run of this file used {0} in {1}.",
    formatQuantity(run.energy),
    formatDuration(run.duration),
  );
}
