/** The page and panel of a trade-off matrix. */

import type { Browser } from "playwright-core";
import { TradeoffPanel } from "../../../src/editor/tradeoff/panel.ts";
import { tradeoffStrings } from "../../../src/editor/tradeoff/strings.ts";
import { untranslated } from "../../../src/editor/words.ts";
import type { TradeoffView } from "../../../webview/tradeoff/protocol.ts";
import { fakeVscode } from "../page/fake-editor.ts";
import { type Bundle, type OpenedPage, openPage, type PageOptions } from "../page/open-page.ts";

export interface OpenedTradeoff extends OpenedPage<TradeoffPanel> {
  /** What the page asked for: "read", "settings", "copy ...". */
  asked: string[];
}

/** @param view what is shown, read at each refresh */
export async function openTradeoff(
  browser: Browser,
  bundle: Bundle,
  view: TradeoffView,
  options: PageOptions = {},
): Promise<OpenedTradeoff> {
  const asked: string[] = [];
  const opened = await openPage(
    browser,
    bundle,
    (panel, warn) =>
      new TradeoffPanel(panel, {
        extensionUri: fakeVscode.Uri.file("/extension") as never,
        strings: tradeoffStrings(untranslated),
        log: { warn },
        async read() {
          asked.push("read");
          return view;
        },
        async obey(command) {
          asked.push(command);
        },
        async keep(message) {
          asked.push(message.type === "copy" ? `copy ${message.text}` : `image ${message.name}`);
        },
      }),
    options,
    "h1",
  );
  return { ...opened, asked };
}
