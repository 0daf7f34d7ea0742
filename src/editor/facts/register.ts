/** *Edit Report Facts*: its command, and its page, which comes back after a window reload. Its code is loaded when it is asked for. */

import * as vscode from "vscode";
import { FACTS_VIEW_TYPE, type FactsCommands, type FactsRegistration } from "./commands.ts";

/** Registers `fairwatt.editFacts`, which takes a folder's Uri or nothing. */
export function registerFacts(context: vscode.ExtensionContext, registration: FactsRegistration): void {
  let loaded: Promise<FactsCommands> | undefined;
  const load = () => {
    loaded ??= import("./facts.lazy.ts").then(({ createFacts }) => {
      const facts = createFacts(context, registration);
      context.subscriptions.push(facts);
      return facts;
    });
    return loaded;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("fairwatt.editFacts", async (argument: unknown) =>
      (await load()).show(argument),
    ),
    vscode.window.registerWebviewPanelSerializer(FACTS_VIEW_TYPE, {
      async deserializeWebviewPanel(panel, state: unknown) {
        (await load()).restore(panel, state);
      },
    }),
  );
}
