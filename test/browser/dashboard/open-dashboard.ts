/** The dashboard's page and panel on runs that a test plays. */

import type { Browser } from "playwright-core";
import { DashboardPanel } from "../../../src/editor/dashboard/panel.ts";
import { dashboardStrings } from "../../../src/editor/dashboard/strings.ts";
import { untranslated } from "../../../src/editor/words.ts";
import type { BudgetView } from "../../../webview/protocol.ts";
import { fakeVscode } from "../page/fake-editor.ts";
import { type Bundle, type OpenedPage, openPage, type PageOptions } from "../page/open-page.ts";
import type { FakeStore } from "./fake-store.ts";

export type OpenedDashboard = OpenedPage<DashboardPanel>;

export const openDashboard = (
  browser: Browser,
  bundle: Bundle,
  store: FakeStore,
  { selected, budget, ...options }: PageOptions & { selected?: string; budget?: BudgetView } = {},
): Promise<OpenedDashboard> =>
  openPage(
    browser,
    bundle,
    (panel, warn) =>
      new DashboardPanel(
        panel,
        {
          store,
          extensionUri: fakeVscode.Uri.file("/extension") as never,
          strings: dashboardStrings(untranslated),
          log: { warn },
          ...(budget && { budget: async () => budget }),
        },
        selected ?? null,
      ),
    options,
  );
