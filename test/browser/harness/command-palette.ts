import type { Page } from "playwright-core";
import { poll } from "./poll.ts";

const TIMEOUT_MS = 15_000;
const INPUT = ".quick-input-widget:visible .quick-input-filter input";

/**
 * Runs a command as a user does: F1, its title, a click on the entry that has exactly this title.
 *
 * @throws Error that lists what the palette offered when none has
 */
export async function runCommand(page: Page, title: string): Promise<void> {
  await openPalette(page);
  await pickEntry(page, title);
}

/**
 * Picks the entry that has exactly this label from the quick pick that is open, or about to open; narrows the list
 * by the label first.
 *
 * @throws Error that lists the entries when none has
 */
export async function pickEntry(page: Page, label: string): Promise<void> {
  await page.locator(INPUT).waitFor({ timeout: TIMEOUT_MS });
  await page.keyboard.insertText(label);
  const index = await poll(`entry "${label}"`, TIMEOUT_MS, async () => {
    const labels = await entryLabels(page);
    const found = labels.indexOf(label);
    return { found: found < 0 ? undefined : found, seen: labels };
  });
  await entries(page).nth(index).click();
}

/** What the palette offers for a text, best match first. Closes the palette again. */
export async function offeredCommands(page: Page, text: string): Promise<string[]> {
  await openPalette(page);
  await page.keyboard.insertText(text);
  await page.waitForTimeout(500); // the list follows the text after a pause of its own
  const titles = await entryLabels(page);
  await page.keyboard.press("Escape");
  return titles;
}

/**
 * Opens the palette, empty but for its ">". F1 is lost while the window is still busy, and a terminal that comes back takes the
 * focus, which closes the palette: it is pressed again then.
 */
async function openPalette(page: Page): Promise<void> {
  const input = page.locator(INPUT);
  await poll("command palette", TIMEOUT_MS, async () => {
    await page.keyboard.press("F1");
    const open = await input.focus({ timeout: 2000 }).then(
      () => true,
      () => undefined,
    );
    return { found: open, seen: "nothing" };
  });
}

function entries(page: Page) {
  return page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row");
}

async function entryLabels(page: Page): Promise<string[]> {
  const labels = await entries(page).locator(".quick-input-list-rows .label-name").allInnerTexts();
  return labels.map((label) => label.replace(/\u00a0/g, " ").trim());
}
