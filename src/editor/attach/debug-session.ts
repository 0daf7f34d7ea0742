/** Which process of a debug session is measured, under which name and where. Pure but for types. */

import type * as vscode from "vscode";
import type { Target } from "./attached-process.ts";

/** Body of the `process` event of the debug adapter protocol. */
export interface DebuggedProcess {
  name?: string;
  systemProcessId?: number;
  /** False where the debugged program runs on another machine. */
  isLocalProcess?: boolean;
}

export type DebugTarget = { target: Target } | { reason: string };

type Session = Pick<vscode.DebugSession, "name" | "configuration"> & {
  workspaceFolder?: { uri: { fsPath: string } };
};

export function debugTarget(session: Session, process: DebuggedProcess): DebugTarget {
  const { systemProcessId: pid, isLocalProcess } = process;
  if (isLocalProcess === false) return { reason: "its program runs on another machine" };
  if (!pid) return { reason: "its debug adapter does not tell the program's process id" };
  const { program, module, cwd } = session.configuration as Record<string, unknown>;
  const folder = typeof cwd === "string" && !cwd.includes("${") ? cwd : session.workspaceFolder?.uri.fsPath;
  if (folder === undefined) return { reason: "it has no folder that a record could be kept in" };
  const what = [program, module, process.name].find((each) => typeof each === "string" && each !== "");
  const name = String(what ?? session.name)
    .split(/[\\/]/)
    .at(-1)!;
  return {
    target: { pid, cwd: folder, name: name.includes("${") ? session.name : name, by: "debug session" },
  };
}
