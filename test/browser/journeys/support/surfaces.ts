import type { Frame, Locator, Page } from "playwright-core";
import { expect } from "vitest";
import type { EditorPage } from "../../harness/editor-page.ts";
import { poll } from "../../harness/poll.ts";

/** Settings that let a journey read what a person sees: the terminal as text, no hover that opens by itself. */
export const READABLE = {
  "terminal.integrated.gpuAcceleration": "off",
  "terminal.integrated.shellIntegration.enabled": false,
} as const;

/** What the status bar shows of Fairwatt; icons are the codicon's names. */
export interface StatusShown {
  icon: string;
  text: string;
  label: string;
}

export function statusItem(page: Page): Locator {
  return page.locator('.statusbar-item[id="fairwatt.fairwatt.fairwatt.run"]');
}

export async function readStatus(page: Page): Promise<StatusShown | undefined> {
  return page.evaluate(() => {
    const item = document.getElementById("fairwatt.fairwatt.fairwatt.run");
    if (!item) return undefined;
    const icon = /codicon-([\w-]+)/.exec(item.querySelector(".codicon")?.className ?? "")?.[1] ?? "";
    const label = item.querySelector("a")?.getAttribute("aria-label") ?? "";
    return { icon, label, text: (item.textContent ?? "").replace(/\s+/g, " ").trim() };
  });
}

/** Waits until the status bar shows this icon and a text like this. */
export function statusShows(
  { page }: EditorPage,
  icon: string,
  text = /./,
  timeoutMs = 60_000,
): Promise<StatusShown> {
  return poll(`status bar item with ${icon} and ${text}`, timeoutMs, async () => {
    const seen = await readStatus(page);
    return { found: seen?.icon === icon && text.test(seen.text) ? seen : undefined, seen };
  });
}

/** Opens a file by its name, as a person does: Ctrl+P, its name, Enter. */
export async function openFile({ page }: EditorPage, name: string): Promise<void> {
  await page.keyboard.press("Control+P");
  const input = page.locator(".quick-input-widget:visible .quick-input-filter input");
  await input.waitFor();
  await page.keyboard.insertText(name);
  // The list is ordered anew while it is filled: Enter takes what is chosen then.
  const chosen = new RegExp(`^${name.replaceAll(".", "\\.")}$`);
  await page.locator(".quick-input-list .monaco-list-row.focused .label-name", { hasText: chosen }).waitFor();
  await page.keyboard.press("Enter");
  await page.locator(".tab.active", { hasText: name }).waitFor();
}

/** The lines of the terminal that is shown. */
export function terminalLines({ page }: EditorPage): Promise<string[]> {
  return page.locator(".terminal-wrapper.active .xterm-rows > div").allInnerTexts();
}

export function terminalShows(editor: EditorPage, pattern: RegExp, timeoutMs = 60_000): Promise<string> {
  return poll(`line like ${pattern} in the terminal`, timeoutMs, async () => {
    const lines = (await terminalLines(editor)).map((line) => line.replaceAll("\u00a0", " ").trimEnd());
    return { found: lines.find((line) => pattern.test(line)), seen: lines.filter(Boolean) };
  });
}

/** Shows the Runs view and gives its lines once they are as asked for. */
export async function runsTree(editor: EditorPage, fits: (rows: string[]) => boolean): Promise<string[]> {
  await showRunsView(editor);
  return poll("rows of the Runs view", 30_000, async () => {
    const rows = await treeRows(editor.page);
    return { found: fits(rows) ? rows : undefined, seen: rows };
  });
}

export async function showRunsView({ page }: EditorPage): Promise<void> {
  const title = page.locator('.sidebar .composite.title h2:text-matches("Fairwatt", "i")');
  if (await title.isVisible()) return;
  await page.locator('.activitybar .action-item:has(a[aria-label^="Fairwatt"])').click();
  await title.waitFor();
}

async function treeRows(page: Page): Promise<string[]> {
  const rows = await page
    .locator(".sidebar .tree-explorer-viewlet-tree-view .monaco-list-row")
    .allInnerTexts();
  return rows.map((row) => row.replace(/\s+/g, " ").trim());
}

/** No error in the console and nothing that a security policy blocked, webviews included. */
export function expectQuiet(editor: EditorPage): void {
  expect(editor.cspViolations()).toEqual([]);
  expect(editor.consoleErrors()).toEqual([]);
  expect(editor.offsiteRequests()).toEqual([]);
}

/** Presses Tab, or Shift+Tab to go back, until an element like this has the focus inside the frame, as one who has no mouse does. */
export async function tabTo(
  page: Page,
  frame: Frame,
  selector: string,
  text = "",
  key: "Tab" | "Shift+Tab" = "Tab",
): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 80; presses++) {
    const focused = await frame.evaluate(
      ([selector, text]) => {
        const element = document.activeElement;
        const fits = element?.matches(selector!) && (element.textContent ?? "").includes(text!);
        return { fits, is: element?.outerHTML.slice(0, 80) ?? "", left: !document.hasFocus() };
      },
      [selector, text],
    );
    if (focused.fits) return;
    passed.push(focused.is);
    if (focused.left && presses > 0) break; // past the last one: the focus is the workbench's again
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not reach ${selector} "${text}"; it passed ${JSON.stringify(passed)}`);
}

/** Waits for a problem in the Problems view. */
export function problemShows({ page }: EditorPage, pattern: RegExp): Promise<string> {
  return poll(`problem like ${pattern}`, 30_000, async () => {
    const rows = await page.locator(".markers-panel .monaco-list-row").allInnerTexts();
    return { found: rows.find((row) => pattern.test(row)), seen: rows };
  });
}

/**
 * Chooses an item of the context menu that is opening. By keyboard: the editor does not listen to the mouse in the first
 * 100 ms of a menu, so that the click that opened it chooses nothing.
 */
export async function chooseInMenu(page: Page, label: string): Promise<void> {
  const menu = page.locator(".monaco-menu");
  await menu.waitFor();
  await poll(`${label} in the menu`, 15_000, async () => {
    await page.keyboard.press("ArrowDown");
    const seen = await menu
      .locator(".action-item.focused")
      .first()
      .innerText({ timeout: 500 })
      .catch(() => "");
    return { found: seen.trim() === label || undefined, seen };
  });
  await page.keyboard.press("Enter");
}
