/** The page and panel of a ledger. */

import type { Browser } from "playwright-core";
import { LedgerPanel } from "../../../src/editor/ledger/panel.ts";
import { ledgerStrings } from "../../../src/editor/ledger/strings.ts";
import { untranslated } from "../../../src/editor/words.ts";
import type { DetailView, LedgerView } from "../../../webview/ledger/protocol.ts";
import { fakeVscode } from "../page/fake-editor.ts";
import { type Bundle, type OpenedPage, openPage, type PageOptions } from "../page/open-page.ts";

export interface OpenedLedger extends OpenedPage<LedgerPanel> {
  /** What the page asked for: "refresh", "approve 3f2a". */
  asked: string[];
}

/** @param ledger what the command line says, read at each refresh */
export async function openLedger(
  browser: Browser,
  bundle: Bundle,
  ledger: { view: LedgerView; details: DetailView[] },
  options: PageOptions = {},
): Promise<OpenedLedger> {
  const asked: string[] = [];
  const opened = await openPage(
    browser,
    bundle,
    (panel, warn) =>
      new LedgerPanel(panel, {
        extensionUri: fakeVscode.Uri.file("/extension") as never,
        strings: ledgerStrings(untranslated),
        log: { warn },
        async read() {
          asked.push("read");
          return ledger.view;
        },
        readEntry: async (hash) => ledger.details.find((detail) => detail.hash === hash) ?? null,
        async obey(command) {
          asked.push(command);
        },
        async obeyEntry(command, hash) {
          asked.push(`${command} ${hash.slice(0, 4)}`);
          return command === "approve";
        },
      }),
    options,
    "h1",
  );
  return { ...opened, asked };
}
