/** The page and panel of a project's facts; the project file is a text. */

import type { Browser } from "playwright-core";
import { factsView, withWrittenFact } from "../../../src/editor/facts/facts-view.ts";
import { FactsPanel } from "../../../src/editor/facts/panel.ts";
import { factsStrings } from "../../../src/editor/facts/strings.ts";
import { untranslated } from "../../../src/editor/words.ts";
import { fakeVscode } from "../page/fake-editor.ts";
import { type Bundle, type OpenedPage, openPage, type PageOptions } from "../page/open-page.ts";

/** The project file, as the page leaves it. */
export interface FactsFile {
  text: string;
  isTrusted: boolean;
  opened: number;
}

export function openFacts(
  browser: Browser,
  bundle: Bundle,
  file: FactsFile,
  options: PageOptions = {},
): Promise<OpenedPage<FactsPanel>> {
  return openPage(
    browser,
    bundle,
    (panel, warn) =>
      new FactsPanel(panel, {
        extensionUri: fakeVscode.Uri.file("/extension") as never,
        strings: factsStrings(untranslated),
        log: { warn },
        read: async () =>
          factsView({ project: "/w/credit", name: "credit", kind: "fairwatt.toml", ...file }, untranslated),
        async write(name, value) {
          file.text = withWrittenFact(file.text, "fairwatt.toml", name, value);
        },
        async openFile() {
          file.opened++;
        },
      }),
    options,
    "h1",
  );
}
