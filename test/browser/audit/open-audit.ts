/** The page and panel of an audit. */

import type { Browser } from "playwright-core";
import { AuditPanel, type ShownAudit } from "../../../src/editor/audit/panel.ts";
import { auditStrings } from "../../../src/editor/audit/strings.ts";
import { untranslated } from "../../../src/editor/words.ts";
import { fakeVscode } from "../page/fake-editor.ts";
import { type Bundle, type OpenedPage, openPage, type PageOptions } from "../page/open-page.ts";

export interface OpenedAudit extends OpenedPage<AuditPanel> {
  /** Commands that the page asked for. */
  asked: string[];
  /** Lets a command that is being carried out end. */
  finish: () => void;
}

export async function openAudit(
  browser: Browser,
  bundle: Bundle,
  shown: ShownAudit | undefined,
  options: PageOptions = {},
): Promise<OpenedAudit> {
  const asked: string[] = [];
  let finish = () => {};
  const opened = await openPage(
    browser,
    bundle,
    (panel, warn) =>
      new AuditPanel(
        panel,
        {
          extensionUri: fakeVscode.Uri.file("/extension") as never,
          strings: auditStrings(untranslated),
          log: { warn },
          obey: (command) => {
            asked.push(command);
            return new Promise((resolve) => {
              finish = resolve;
            });
          },
        },
        shown,
      ),
    options,
  );
  return { ...opened, asked, finish: () => finish() };
}
