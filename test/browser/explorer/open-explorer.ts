/** The real page, the real panel and the real reader of tables, joined without an editor. */

import * as path from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { ExplorerPanel } from "../../../src/editor/explorer/panel.ts";
import { explorerStrings } from "../../../src/editor/explorer/strings.ts";
import { untranslated } from "../../../src/editor/words.ts";
import { ExploredTable } from "../../../src/fairness/thresholds/explored-table.node.ts";
import type { Answers, Kind } from "../../../src/fairness/thresholds/worker-protocol.ts";
import type { Explored } from "../../../webview/explorer/protocol.ts";
import { FakeWebviewPanel, fakeVscode } from "../dashboard/fake-editor.ts";
import type { Bundle } from "../dashboard/open-page.ts";
import { THEMES, type ThemeName, themeStyle } from "../dashboard/themes.ts";
import { PageProblems } from "../harness/page-problems.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

/** The page as `npm run package` ships it. */
export async function bundleExplorer(): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["webview/explorer/page.ts"],
    outfile: "explorer.js",
    write: false,
    bundle: true,
    minify: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
  });
  const text = (end: string) => outputFiles.find((file) => file.path.endsWith(end))!.text;
  return { script: text(".js"), style: text(".css") };
}

/** The worker's table in this thread; the thread itself is tested where it is built. */
function tableHere() {
  const table = new ExploredTable();
  return {
    ask: async <K extends Kind>(kind: K, ask: Answers[K]["ask"]) =>
      (await (table[kind] as (ask: unknown) => unknown)(ask)) as Answers[K]["answer"],
    dispose: () => {},
  };
}

export interface OpenedExplorer {
  page: Page;
  panel: FakeWebviewPanel;
  explorer: ExplorerPanel;
  problems: PageProblems;
  warnings: string[];
  /** What the person was asked for columns of. */
  asked: Explored[];
  setTheme(name: ThemeName): Promise<void>;
  /** Destroys and makes the page again, as the editor does with a hidden webview. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  theme?: ThemeName;
  width?: number;
  /** What the person chooses when asked. */
  chosen?: Explored;
}

export async function openExplorer(
  browser: Browser,
  bundle: Bundle,
  explored: Explored,
  options: OpenOptions = {},
): Promise<OpenedExplorer> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1180, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const page = await context.newPage();
  const problems = new PageProblems(page);
  const warnings: string[] = [];
  const asked: Explored[] = [];
  const panel = new FakeWebviewPanel();
  let theme = options.theme ?? "dark";
  let saved: unknown;
  panel.deliver = (message) =>
    page.evaluate((data) => window.postMessage(data, "*"), message).catch(() => false);
  await page.exposeFunction("fromPage", (message: unknown) => panel.received.fire(message));
  await page.exposeFunction("saveState", (state: unknown) => {
    saved = state;
  });
  await page.route("http://localhost/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    if (pathname.endsWith(".js"))
      await route.fulfill({ contentType: "text/javascript", body: bundle.script });
    else if (pathname.endsWith(".css")) await route.fulfill({ contentType: "text/css", body: bundle.style });
    else await route.fulfill({ contentType: "text/html", body: panel.webview.html });
  });
  const note = (text: string) => void warnings.push(text);
  const explorer = new ExplorerPanel(
    panel as never,
    {
      extensionUri: fakeVscode.Uri.file("/extension") as never,
      strings: explorerStrings(untranslated),
      log: { warn: note, error: note } as never,
      startWorker: tableHere,
      chooseColumns: async (now) => {
        asked.push(now);
        return options.chosen;
      },
    },
    explored,
  );
  const paint = ([style, body, kind]: [string, string, string]) => {
    const apply = () => {
      document.documentElement.style.cssText = style;
      document.body.className = body;
      document.body.dataset.vscodeThemeKind = kind;
    };
    if (document.body) apply();
    else
      new MutationObserver((_, self) => {
        if (!document.body) return;
        self.disconnect();
        apply();
      }).observe(document, { childList: true, subtree: true });
  };
  const painted = (): [string, string, string] => [themeStyle(theme), THEMES[theme].body, THEMES[theme].kind];
  const load = async () => {
    await page.addInitScript((state) => {
      const global = window as unknown as Record<string, (value: unknown) => void> & {
        acquireVsCodeApi: unknown;
      };
      let kept = state;
      global.acquireVsCodeApi = () => ({
        postMessage: (message: unknown) => global.fromPage!(message),
        getState: () => kept,
        setState: (value: unknown) => {
          kept = value;
          global.saveState!(value);
        },
      });
    }, saved);
    await page.addInitScript(paint, painted());
    await page.goto("http://localhost/explorer");
    await page.waitForSelector("main > .explorer, main > .unusable");
    await page.waitForTimeout(150);
  };
  await load();
  return {
    page,
    panel,
    explorer,
    problems,
    warnings,
    asked,
    setTheme: async (name) => {
      theme = name;
      await page.evaluate(paint, painted());
      await page.waitForTimeout(100);
    },
    reload: load,
    close: async () => {
      explorer.dispose();
      await context.close();
    },
  };
}
