/** The real page and the real panel of an audit, joined without an editor: messages go through Chromium. */

import * as path from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { AuditPanel, type ShownAudit } from "../../../src/editor/audit/panel.ts";
import { auditStrings } from "../../../src/editor/audit/strings.ts";
import { untranslated } from "../../../src/editor/words.ts";
import { FakeWebviewPanel, fakeVscode } from "../dashboard/fake-editor.ts";
import { THEMES, type ThemeName, themeStyle } from "../dashboard/themes.ts";
import { PageProblems } from "../harness/page-problems.ts";

const ROOT = path.resolve(import.meta.dirname, "../../..");

export interface Bundle {
  script: string;
  style: string;
}

/** The page as the package ships it. */
export async function bundlePage(): Promise<Bundle> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["webview/audit/page.ts"],
    outfile: "audit.js",
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

export interface OpenedPage {
  page: Page;
  audit: AuditPanel;
  problems: PageProblems;
  warnings: string[];
  /** Commands that the page asked for. */
  asked: string[];
  /** Lets a command that is being carried out end. */
  finish: () => void;
  /** What the page has kept. */
  saved: () => unknown;
  close(): Promise<void>;
}

export async function openPage(
  browser: Browser,
  bundle: Bundle,
  shown: ShownAudit | undefined,
  options: { theme?: ThemeName; width?: number; saved?: unknown } = {},
): Promise<OpenedPage> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1180, height: 900 },
    timezoneId: "Europe/Berlin",
  });
  const page = await context.newPage();
  const problems = new PageProblems(page);
  const warnings: string[] = [];
  const asked: string[] = [];
  let finish = () => {};
  let saved: unknown = options.saved;
  const panel = new FakeWebviewPanel();
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
  const audit = new AuditPanel(
    panel as never,
    {
      extensionUri: fakeVscode.Uri.file("/extension") as never,
      strings: auditStrings(untranslated),
      log: { warn: (text: string) => void warnings.push(text) },
      obey: (command) => {
        asked.push(command);
        return new Promise((resolve) => {
          finish = resolve;
        });
      },
    },
    shown,
  );
  const theme = options.theme ?? "dark";
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
  await page.addInitScript(
    ([style, body]) => {
      const apply = () => {
        document.documentElement.style.cssText = style!;
        document.body.className = body!;
      };
      if (document.body) apply();
      else
        new MutationObserver((_, self) => document.body && (self.disconnect(), apply())).observe(document, {
          childList: true,
          subtree: true,
        });
    },
    [themeStyle(theme), THEMES[theme].body],
  );
  await page.goto("http://localhost/audit");
  await page.waitForSelector("main > *:not(.loading)", { state: "attached" });
  return {
    page,
    audit,
    problems,
    warnings,
    asked,
    finish: () => finish(),
    saved: () => saved,
    close: async () => {
      audit.dispose();
      await context.close();
    },
  };
}
