import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import type { EditorVersion } from "../../host/editor-versions.mjs";
import { linkExtension } from "../../host/install-extension.mjs";
import { openBrowser } from "../../host/open-browser.mjs";
import { REPOSITORY, RESULTS } from "../../host/paths.mjs";
import { type RunningEditor, startEditor } from "../../host/start-editor.mjs";
import { offeredCommands, pickEntry, runCommand } from "./command-palette.ts";
import { PageProblems } from "./page-problems.ts";
import { poll } from "./poll.ts";
import { webviewFrame } from "./webview-frame.ts";

/** The themes that journeys look at: the workbench's class for each and its name in the theme picker. */
const THEME_TRAITS = {
  "Default Light Modern": { workbenchClass: "vs", label: "Light Modern" },
  "Default Dark Modern": { workbenchClass: "vs-dark", label: "Dark Modern" },
  "Default High Contrast": { workbenchClass: "hc-black", label: "Dark High Contrast" },
  "Default High Contrast Light": { workbenchClass: "hc-light", label: "Light High Contrast" },
} as const;

const NEEDS_TRUST = "Fairwatt: Run Measured";

export type Theme = keyof typeof THEME_TRAITS;
export const THEMES = Object.keys(THEME_TRAITS) as Theme[];

export interface OpenOptions {
  version?: EditorVersion;
  /** Folder or `.code-workspace` file; opened as it is, so give a copy (`copyWorkspace`). */
  workspace: string;
  /** Folder of installed extensions. Default: one with this repository's build, linked. */
  extensionsDir?: string;
  theme?: Theme;
  /** false = Restricted Mode. Default true. */
  trust?: boolean;
  userSettings?: Record<string, unknown>;
  /** More variables for the extension host and all it starts. */
  env?: Record<string, string>;
  /** Window size in CSS pixels; default 1280 x 800. */
  viewport?: { width: number; height: number };
}

/**
 * Opens a real VS Code in headless Chromium and waits until its window stands with its theme. Contributed commands
 * are there then; the extension may still be starting: wait for what it shows. Close it in `afterAll`.
 */
export async function openEditor(options: OpenOptions): Promise<EditorPage> {
  const {
    version = "1.139",
    theme = "Default Dark Modern",
    viewport = { width: 1280, height: 800 },
  } = options;
  const closers: (() => unknown)[] = [];
  try {
    let { extensionsDir } = options;
    if (extensionsDir === undefined) {
      const linked = mkdtempSync(path.join(tmpdir(), "fairwatt-extensions-"));
      closers.push(() => rmSync(linked, { recursive: true, force: true }));
      linkExtension(REPOSITORY, linked);
      extensionsDir = linked;
    }
    const server = await startEditor({
      ...options,
      version,
      extensionsDir,
      userSettings: { "workbench.colorTheme": theme, ...options.userSettings },
    });
    closers.unshift(server.dispose);
    const browser = await openBrowser();
    closers.unshift(() => browser.close());
    const context = await browser.newContext({ viewport, locale: "en-US" });
    const page = await context.newPage();
    const editor = new EditorPage(page, context, browser, server, theme, closers, options.trust ?? true);
    await page.goto(server.url());
    await editor.ready().catch(async (error) => {
      await editor.screenshot("open-failed");
      throw error;
    });
    return editor;
  } catch (error) {
    for (const close of closers) await close();
    throw error;
  }
}

/** One VS Code window. `page` is there for everything that Playwright does by itself. */
export class EditorPage {
  private readonly problems: PageProblems;

  constructor(
    readonly page: Page,
    readonly context: BrowserContext,
    readonly browser: Browser,
    readonly server: RunningEditor,
    private theme: Theme,
    private readonly closers: (() => unknown)[],
    private readonly trusted = true,
  ) {
    this.problems = new PageProblems(page);
  }

  /**
   * Waits until the window stands: status bar, theme, and, where it will be trusted, that it is. The palette offers
   * no command that needs trust before.
   */
  async ready(): Promise<void> {
    const theme = THEME_TRAITS[this.theme].workbenchClass;
    await this.page.waitForSelector(`.monaco-workbench.${theme}[class*="vscode-theme"] .statusbar-item`, {
      state: "attached",
      timeout: 60_000,
    });
    if (!this.trusted) return;
    await poll("command that needs trust in the palette", 60_000, async () => {
      const offered = await this.offeredCommands(NEEDS_TRUST);
      return { found: offered.includes(NEEDS_TRUST) || undefined, seen: offered };
    });
  }

  /** Reloads the window. Terminals keep running, as they do in "Developer: Reload Window". */
  async reload(): Promise<void> {
    await this.page.reload();
    await this.ready();
  }

  /** Changes the colour theme through the theme picker: quicker than opening another editor. */
  async setTheme(theme: Theme): Promise<void> {
    await runCommand(this.page, "Preferences: Color Theme");
    await pickEntry(this.page, THEME_TRAITS[theme].label);
    this.theme = theme;
    await this.ready();
  }

  /** Runs a command by the title the command palette shows, e.g. "Fairwatt: Open Dashboard". */
  runCommand(title: string): Promise<void> {
    return runCommand(this.page, title);
  }

  /** What the command palette offers for a text, best match first: the titles. */
  offeredCommands(text: string): Promise<string[]> {
    return offeredCommands(this.page, text);
  }

  /** Waits for a status bar item with a matching text (icons left out) and gives the text. */
  statusBarText(pattern: RegExp, timeoutMs = 20_000): Promise<string> {
    const items = this.page.locator(".statusbar-item");
    return poll(`a status bar item like ${pattern}`, timeoutMs, async () => {
      const texts = (await items.allInnerTexts()).map((text) => text.replace(/\s+/g, " ").trim());
      return { found: texts.find((text) => pattern.test(text)), seen: texts };
    });
  }

  /**
   * Waits for the document inside a visible webview. The frame is replaced when the webview is hidden and shown
   * again, or sets its html again: ask for it anew then.
   */
  webviewFrame(title: string | RegExp, timeoutMs = 20_000): Promise<Frame> {
    return webviewFrame(this.page, title, timeoutMs);
  }

  /** Takes a picture of the window into test/results; gives its path. */
  async screenshot(name: string): Promise<string> {
    mkdirSync(RESULTS, { recursive: true });
    const file = path.join(RESULTS, `${name}.png`);
    await this.page.screenshot({ path: file });
    return file;
  }

  /** Errors that the page's console got so far, those of every webview included, the editor's usual noise not. */
  consoleErrors(): string[] {
    return [...this.problems.errors];
  }

  /** Violations of a Content Security Policy so far, those in webviews included. */
  cspViolations(): string[] {
    return [...this.problems.cspViolations];
  }

  /** Requests so far that would have left this machine (Chromium is kept from making them). */
  offsiteRequests(): string[] {
    return [...this.problems.offsiteRequests];
  }

  /** Ends the browser, the server and everything they started. */
  async close(): Promise<void> {
    for (const close of this.closers) await close();
  }
}
