/** The log of the extension, and how an error reaches a person: what happened, what was kept, what to do next. */

import * as vscode from "vscode";

export interface ErrorReport {
  /** What happened, one sentence. */
  happened: string;
  /** What was kept or not lost, one sentence; absent where nothing was at stake. */
  kept?: string;
  /** What to do next, one sentence. */
  next: string;
  /** Buttons beside *Show Log*. */
  actions?: { label: string; run: () => unknown }[];
  cause?: unknown;
}

export class Log implements vscode.Disposable {
  readonly channel = vscode.window.createOutputChannel("Fairwatt", { log: true });

  /** Shows the error with *Show Log* and its actions. Does not wait for the person: a command ends when it has failed. */
  error(report: ErrorReport): void {
    const sentences = [report.happened, report.kept, report.next].filter(
      (sentence) => sentence !== undefined,
    );
    const message = sentences.join(" ");
    this.channel.error(message, ...(report.cause === undefined ? [] : [describe(report.cause)]));
    const showLog = vscode.l10n.t("Show Log");
    const actions = report.actions ?? [];
    const labels = actions.map((action) => action.label);
    void vscode.window.showErrorMessage(message, ...labels, showLog).then((answer) => {
      if (answer === showLog) this.channel.show(true);
      else return actions.find((action) => action.label === answer)?.run();
    });
  }

  dispose(): void {
    this.channel.dispose();
  }
}

/** An error in one line, with its stack where there is one. */
export function describe(cause: unknown): string {
  return cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
}
