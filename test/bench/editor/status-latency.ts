/** How long a sample takes to the page of VS Code; for the bench, and for a journey that has a window open anyway. */

import type { Page } from "playwright-core";
import { delay } from "../row.ts";
import type { LiveRun } from "./journals.ts";

/** A little more than the store's own second, so that all phases of its clock are met. */
const SPACING_MS = 1_037;
const PATIENCE_MS = 30_000;
const LOWEST_WATTS = 101;

/** Milliseconds for each of `count` samples of the run, which the window's workspace must hold. Both clocks are this machine's. */
export async function statusLatencies(page: Page, run: LiveRun, count: number): Promise<number[]> {
  await page.evaluate(() => {
    const seen: Record<string, number> = {};
    Object.assign(globalThis, { fairwattSeen: seen });
    const look = () => {
      const text = document.querySelector(".statusbar")?.textContent ?? "";
      // Items stand side by side without a space between them.
      const watts = /([\d.]+) W(?!h)/.exec(text.replaceAll("\u00a0", " "))?.[1];
      if (watts) seen[Math.round(Number(watts))] ??= Date.now();
    };
    new MutationObserver(look).observe(document.body, {
      childList: true,
      subtree: true,
      characterData: true,
    });
  });
  const seenAt = (watts: number) =>
    page.evaluate(
      (key) => (globalThis as unknown as { fairwattSeen: Record<string, number> }).fairwattSeen[key],
      String(watts),
    );
  // The first sample waits for the extension to start; it is not among the figures.
  await waitFor(() => {
    run.append(LOWEST_WATTS - 1);
    return seenAt(LOWEST_WATTS - 1);
  });
  const latencies: number[] = [];
  for (let index = 0; index < count; index++) {
    await delay(SPACING_MS);
    const watts = LOWEST_WATTS + index;
    const writtenAt = run.append(watts);
    latencies.push((await waitFor(() => seenAt(watts))) - writtenAt);
  }
  return latencies;
}

async function waitFor(look: () => Promise<number | undefined>): Promise<number> {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const at = await look();
    if (at !== undefined) return at;
    await delay(200);
  }
  throw new Error("the status bar did not show a sample within 30 s");
}
