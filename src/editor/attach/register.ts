/** What measures processes that run already: the picker, debug sessions. Its code is loaded when one is to be measured. */

import * as vscode from "vscode";
import type { Launcher } from "../launch/launcher.ts";
import type { Log } from "../log.ts";
import { settings } from "../settings.ts";
import type { DebuggedProcess } from "./debug-session.ts";

export interface AttachRegistration {
  /** Path of our command line. */
  cli: string;
  launcher: Launcher;
  log: Log;
}

export interface Attaching extends vscode.Disposable {
  /** Asks for a process and measures it in a terminal; with a pid, that one. The run's id, or undefined. */
  pick(argument: unknown): Promise<string | undefined>;
  /** Measures what a debug session runs, until the session ends. */
  debug(session: vscode.DebugSession, process: DebuggedProcess): Promise<void>;
}

/** The event of the debug adapter protocol that tells which process a session is about. */
interface AdapterMessage {
  type?: string;
  event?: string;
  body?: DebuggedProcess;
}

export function registerAttach(context: vscode.ExtensionContext, registration: AttachRegistration): void {
  let loaded: Promise<Attaching> | undefined;
  const load = () => {
    loaded ??= import("./attach.lazy.ts").then(({ createAttaching }) => {
      const attaching = createAttaching(registration);
      context.subscriptions.push(attaching);
      return attaching;
    });
    return loaded;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("fairwatt.attach", async (argument: unknown) =>
      (await load()).pick(argument),
    ),
    vscode.debug.registerDebugAdapterTrackerFactory("*", {
      createDebugAdapterTracker(session) {
        if (!vscode.workspace.isTrusted || !settings.measureDebug(session.workspaceFolder?.uri))
          return undefined;
        return {
          onDidSendMessage(message: AdapterMessage) {
            if (message.type !== "event" || message.event !== "process" || !message.body) return;
            const { body } = message;
            void load().then((attaching) => attaching.debug(session, body));
          },
        };
      },
    }),
  );
}
