/** One page of a quick pick with several: what was picked, that the person went back, or that they left. */

import * as vscode from "vscode";

export interface PickPage<T extends vscode.QuickPickItem> {
  title: string;
  placeholder: string;
  items: readonly T[];
  /** Items that are chosen at first: ticked with `many`, else the one in focus. */
  chosen?: readonly T[];
  many?: boolean;
  /** Offers the way back. */
  back?: boolean;
}

/** "back", undefined when the person left, or the items. */
export function pick<T extends vscode.QuickPickItem>(
  page: PickPage<T>,
): Promise<readonly T[] | "back" | undefined> {
  const quickPick = vscode.window.createQuickPick<T>();
  quickPick.title = page.title;
  quickPick.placeholder = page.placeholder;
  quickPick.items = page.items;
  quickPick.canSelectMany = page.many ?? false;
  quickPick.matchOnDescription = true;
  quickPick.matchOnDetail = true;
  quickPick.ignoreFocusOut = true;
  if (page.back) quickPick.buttons = [vscode.QuickInputButtons.Back];
  if (page.chosen && page.many) quickPick.selectedItems = page.chosen;
  else if (page.chosen) quickPick.activeItems = page.chosen;
  return new Promise((resolve) => {
    const end = (answer: readonly T[] | "back" | undefined) => {
      resolve(answer);
      quickPick.dispose();
    };
    quickPick.onDidAccept(() => end(page.many ? quickPick.selectedItems : quickPick.activeItems));
    quickPick.onDidTriggerButton(() => end("back"));
    quickPick.onDidHide(() => end(undefined));
    quickPick.show();
  });
}
