/** A real page and its real panel, joined without an editor: messages go through Chromium, everything else is theirs. */

import * as path from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { PageProblems } from "../harness/page-problems.ts";
import { FakeWebviewPanel } from "./fake-editor.ts";
import { THEMES, type ThemeName, themeStyle } from "./themes.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

export interface Bundle {
  script: string;
  style: string;
}

/** The page of a folder in webview/ as the package ships it. */
export async function bundlePage(name: string, minify = true): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: [`webview/${name}/page.ts`],
    outfile: `${name}.js`,
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

export interface OpenedPage<Panel> {
  page: Page;
  /** The editor's side of it. */
  panel: FakeWebviewPanel;
  /** Ours, which filled it. */
  ours: Panel;
  problems: PageProblems;
  /** What was logged. */
  warnings: string[];
  setTheme(name: ThemeName): Promise<void>;
  /** Destroys and makes the page again, as the editor does with a hidden webview. */
  reload(): Promise<void>;
  /** What the page has kept. */
  saved(): unknown;
  close(): Promise<void>;
}

export interface PageOptions {
  theme?: ThemeName;
  width?: number;
  height?: number;
  reducedMotion?: boolean;
  /** What the page kept before. */
  saved?: unknown;
}

/**
 * @param fill makes our panel in the editor's; `warn` takes what it logs
 * @param ready stands in the page once it shows something
 */
export async function openPage<Panel extends { dispose(): void }>(
  browser: Browser,
  bundle: Bundle,
  fill: (panel: never, warn: (text: string) => void) => Panel,
  options: PageOptions = {},
  ready = "main > *:not(.loading)",
): Promise<OpenedPage<Panel>> {
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
  let { saved } = options;
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
  const ours = fill(panel as never, (text) => void warnings.push(text));
  const painted = (): Painted => [
    themeStyle(theme),
    THEMES[theme].body,
    THEMES[theme].kind,
    options.reducedMotion ?? false,
  ];
  const load = async () => {
    await page.addInitScript(giveEditorApi, saved);
    await page.addInitScript(paint, painted());
    await page.goto("http://localhost/page");
    await page.waitForSelector(ready, { state: "attached" });
    await page.waitForTimeout(150);
  };
  await load();
  return {
    ...{ page, panel, ours, problems, warnings },
    setTheme: async (name) => {
      theme = name;
      await page.evaluate(paint, painted());
      await page.waitForTimeout(100);
    },
    reload: load,
    saved: () => saved,
    close: async () => {
      ours.dispose();
      await context.close();
    },
  };
}

type Painted = [style: string, body: string, kind: string, reducedMotion: boolean];

/** Runs in the page: the theme's variables and classes, as the editor sets them. */
function paint([style, body, kind, reducedMotion]: Painted): void {
  const apply = () => {
    document.documentElement.style.cssText = style;
    document.body.className = `${body}${reducedMotion ? " vscode-reduce-motion" : ""}`;
    document.body.dataset.vscodeThemeKind = kind;
  };
  if (document.body) apply();
  else
    new MutationObserver((_, observer) => {
      if (!document.body) return;
      observer.disconnect();
      apply();
    }).observe(document, { childList: true, subtree: true });
}

/** Runs in the page: the editor's interface for webviews. */
function giveEditorApi(state: unknown): void {
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
}
