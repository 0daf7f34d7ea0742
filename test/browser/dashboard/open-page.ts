/** The real page and the real panel, joined without an editor: messages go through Chromium, everything else is theirs. */

import * as path from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { DashboardPanel } from "../../../src/editor/dashboard/panel.ts";
import { dashboardStrings } from "../../../src/editor/dashboard/strings.ts";
import { untranslated } from "../../../src/editor/words.ts";
import { PageProblems } from "../harness/page-problems.ts";
import { FakeWebviewPanel, fakeVscode } from "./fake-editor.ts";
import type { FakeStore } from "./fake-store.ts";
import { THEMES, type ThemeName, themeStyle } from "./themes.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

export interface Bundle {
  script: string;
  style: string;
}

/** The page as `npm run package` ships it. */
export async function bundlePage(minify = true): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["webview/dashboard/page.ts"],
    outfile: "dashboard.js",
    write: false,
    bundle: true,
    minify,
    format: "iife",
    platform: "browser",
    target: "es2022",
  });
  const text = (end: string) => outputFiles.find((file) => file.path.endsWith(end))!.text;
  return { script: text(".js"), style: text(".css") };
}

export interface OpenedPage {
  page: Page;
  panel: FakeWebviewPanel;
  dashboard: DashboardPanel;
  problems: PageProblems;
  warnings: string[];
  setTheme(name: ThemeName): Promise<void>;
  /** Destroys and makes the page again, as the editor does with a hidden webview. */
  reload(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  theme?: ThemeName;
  width?: number;
  height?: number;
  selected?: string;
  reducedMotion?: boolean;
}

export async function openPage(
  browser: Browser,
  bundle: Bundle,
  store: FakeStore,
  options: OpenOptions = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1180, height: options.height ?? 900 },
    permissions: ["clipboard-read", "clipboard-write"],
    timezoneId: "Europe/Berlin",
  });
  const page = await context.newPage();
  const problems = new PageProblems(page);
  const warnings: string[] = [];
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
  const dashboard = new DashboardPanel(
    panel as never,
    {
      store,
      extensionUri: fakeVscode.Uri.file("/extension") as never,
      strings: dashboardStrings(untranslated),
      log: { warn: (text: string) => void warnings.push(text) },
    },
    options.selected ?? null,
  );
  const paint = ([style, body, kind, reduce]: [string, string, string, boolean]) => {
    const apply = () => {
      document.documentElement.style.cssText = style;
      document.body.className = `${body}${reduce ? " vscode-reduce-motion" : ""}`;
      document.body.dataset.vscodeThemeKind = kind;
    };
    if (document.body) apply();
    else
      new MutationObserver((_, self) => document.body && (self.disconnect(), apply())).observe(document, {
        childList: true,
        subtree: true,
      });
  };
  const painted = (): [string, string, string, boolean] => [
    themeStyle(theme),
    THEMES[theme].body,
    THEMES[theme].kind,
    options.reducedMotion ?? false,
  ];
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
    await page.goto("http://localhost/dashboard");
    await page.waitForSelector("main > *:not(.loading)", { state: "attached" });
    await page.waitForTimeout(150);
  };
  await load();
  return {
    page,
    panel,
    dashboard,
    problems,
    warnings,
    setTheme: async (name) => {
      theme = name;
      await page.evaluate(paint, painted());
      await page.waitForTimeout(100);
    },
    reload: load,
    close: async () => {
      dashboard.dispose();
      await context.close();
    },
  };
}
