/** The real page, the real panel and the real reader of tables, joined without an editor. */

import type { Browser } from "playwright-core";
import { ExplorerPanel } from "../../../src/editor/explorer/panel.ts";
import { explorerStrings } from "../../../src/editor/explorer/strings.ts";
import { untranslated } from "../../../src/editor/words.ts";
import { ExploredTable } from "../../../src/fairness/thresholds/explored-table.node.ts";
import type { Answers, Kind } from "../../../src/fairness/thresholds/worker-protocol.ts";
import type { Explored } from "../../../webview/explorer/protocol.ts";
import { fakeVscode } from "../page/fake-editor.ts";
import { type Bundle, type OpenedPage, openPage, type PageOptions } from "../page/open-page.ts";

/** The worker's table in this thread; the thread itself is tested where it is built. */
function tableHere() {
  const table = new ExploredTable();
  return {
    ask: async <K extends Kind>(kind: K, ask: Answers[K]["ask"]) =>
      (await (table[kind] as (ask: unknown) => unknown)(ask)) as Answers[K]["answer"],
    dispose: () => {},
  };
}

export interface OpenedExplorer extends OpenedPage<ExplorerPanel> {
  /** What the person was asked for columns of. */
  asked: Explored[];
}

export interface OpenOptions extends PageOptions {
  /** What the person chooses when asked. */
  chosen?: Explored;
}

export async function openExplorer(
  browser: Browser,
  bundle: Bundle,
  explored: Explored,
  { chosen, ...options }: OpenOptions = {},
): Promise<OpenedExplorer> {
  const asked: Explored[] = [];
  const opened = await openPage(
    browser,
    bundle,
    (panel, warn) =>
      new ExplorerPanel(
        panel,
        {
          extensionUri: fakeVscode.Uri.file("/extension") as never,
          strings: explorerStrings(untranslated),
          log: { warn, error: warn },
          startWorker: tableHere,
          chooseColumns: async (now) => {
            asked.push(now);
            return chosen;
          },
        },
        explored,
      ),
    options,
    "main > .explorer, main > .unusable",
  );
  return { ...opened, asked };
}
