/** *Explore Thresholds*: its command, and its panel, which comes back after a window reload. Its code is loaded when it is asked for. */

import * as vscode from "vscode";
import { EXPLORER_VIEW_TYPE, type ExplorerCommands, type ExplorerRegistration } from "./commands.ts";

/**
 * Registers `fairwatt.exploreThresholds`. It takes { file, roles } (src/fairness/table/roles.ts), a table's Uri, or
 * nothing: what is missing is asked. There is one panel; called again it shows the other table.
 */
export function registerExplorer(context: vscode.ExtensionContext, registration: ExplorerRegistration): void {
  let loaded: Promise<ExplorerCommands> | undefined;
  const load = () => {
    loaded ??= import("./explorer.lazy.ts").then(({ createExplorer }) => {
      const explorer = createExplorer(context, registration);
      context.subscriptions.push(explorer);
      return explorer;
    });
    return loaded;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("fairwatt.exploreThresholds", async (argument: unknown) =>
      (await load()).start(argument),
    ),
    vscode.window.registerWebviewPanelSerializer(EXPLORER_VIEW_TYPE, {
      async deserializeWebviewPanel(panel, state: unknown) {
        (await load()).restore(panel, state);
      },
    }),
  );
}
