/** *Compare Candidates*: its command, and its page, which comes back after a window reload. Its code is loaded when it is asked for. */

import * as vscode from "vscode";
import { TRADEOFF_VIEW_TYPE, type TradeoffCommands, type TradeoffRegistration } from "./commands.ts";

/** Registers `fairwatt.compareCandidates`, which takes a folder's Uri or nothing. */
export function registerTradeoff(context: vscode.ExtensionContext, registration: TradeoffRegistration): void {
  let loaded: Promise<TradeoffCommands> | undefined;
  const load = () => {
    loaded ??= import("./tradeoff.lazy.ts").then(({ createTradeoff }) => {
      const tradeoff = createTradeoff(context, registration);
      context.subscriptions.push(tradeoff);
      return tradeoff;
    });
    return loaded;
  };
  context.subscriptions.push(
    vscode.commands.registerCommand("fairwatt.compareCandidates", async (argument: unknown) =>
      (await load()).show(argument),
    ),
    vscode.window.registerWebviewPanelSerializer(TRADEOFF_VIEW_TYPE, {
      async deserializeWebviewPanel(panel, state: unknown) {
        (await load()).restore(panel, state);
      },
    }),
  );
}
