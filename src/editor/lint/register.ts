/** Lint in the editor. Nothing runs before a document is open that a reader takes. */

import * as vscode from "vscode";
import type { Log } from "../log.ts";
import type { RunStore } from "../runs/run-store.ts";
import { LintActions, suppressFinding } from "./code-actions.ts";
import { FindingHover } from "./finding-hover.ts";
import { LintController } from "./lint-controller.ts";
import { LintSettings } from "./lint-settings.ts";
import { registerLintStatus } from "./lint-status.ts";
import { WorkspaceProblems } from "./lint-workspace.ts";
import { measuredSentence, recordedOf } from "./measured.ts";
import { registerRulePages } from "./rule-pages.ts";
import { WorkspaceLinter } from "./workspace-linter.ts";

/** All that may be linted; which documents are is decided by name and language. */
const EVERYWHERE: vscode.DocumentSelector = [{ pattern: "**" }, { scheme: "untitled" }];
/** Runs that end are gathered for so long before findings are made again, ms. */
const AFTER_RUNS = 2_000;

export function registerLint(context: vscode.ExtensionContext, store: RunStore, log: Log): void {
  const worker = vscode.Uri.joinPath(context.extensionUri, "dist", "cli", "lint.worker.mjs").fsPath;
  const settings = new LintSettings();
  const linter = new WorkspaceLinter(worker, settings, log, (folder) => recordedOf(store, folder));
  const controller = new LintController(linter);
  const problems = new WorkspaceProblems(linter, settings);
  let afterRuns: NodeJS.Timeout | undefined;

  registerLintStatus(context, controller, linter);
  registerRulePages(context, linter);
  context.subscriptions.push(
    settings,
    linter,
    controller,
    problems,
    settings.onDidChange(() => controller.lintAll()),
    store.onDidChange(({ run }) => {
      if (run.state === "running") return;
      clearTimeout(afterRuns);
      afterRuns = setTimeout(() => {
        for (const folder of vscode.workspace.workspaceFolders ?? []) void linter.record(folder);
      }, AFTER_RUNS);
    }),
    { dispose: () => clearTimeout(afterRuns) },
    vscode.languages.registerCodeActionsProvider(EVERYWHERE, new LintActions(controller), {
      providedCodeActionKinds: LintActions.kinds,
    }),
    vscode.languages.registerHoverProvider(
      EVERYWHERE,
      new FindingHover(controller, (linted) => measuredSentence(store, linted)),
    ),
    vscode.commands.registerCommand("fairwatt.lintWorkspace", () => problems.lintWorkspace()),
    vscode.commands.registerCommand("fairwatt.suppressFinding", suppressFinding),
  );
}
