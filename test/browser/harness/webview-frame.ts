import type { Frame, Page } from "playwright-core";
import { poll } from "./poll.ts";

/**
 * Finds the document an extension put into a webview. VS Code nests it: the window, a frame with its own loader, in
 * it the frame `active-frame` with the extension's html (`pending-frame` until it has loaded).
 *
 * @param title of the panel or view, or of the document itself
 */
export function webviewFrame(page: Page, title: string | RegExp, timeoutMs: number): Promise<Frame> {
  const matches = (text: string) => (typeof title === "string" ? text === title : title.test(text));
  return poll(`webview ${title}`, timeoutMs, async () => {
    const seen: string[][] = [];
    for (const frame of page.frames()) {
      const titles = await webviewTitles(frame).catch(() => undefined); // replaced while we looked
      if (!titles) continue;
      seen.push(titles);
      if (titles.some(matches)) return { found: frame, seen };
    }
    return { found: undefined, seen };
  });
}

/** The names a visible webview goes by; undefined when the frame is not the inside of one. */
async function webviewTitles(frame: Frame): Promise<string[] | undefined> {
  const loader = frame.parentFrame();
  if (!loader?.parentFrame()) return undefined;
  const element = await frame.frameElement();
  if ((await element.getAttribute("id")) !== "active-frame" || !(await element.isVisible())) return undefined;
  const outer = await loader.frameElement();
  if (!(await outer.isVisible())) return undefined;
  const names = [await element.getAttribute("title"), await outer.getAttribute("title"), await frame.title()];
  return names.filter((name): name is string => Boolean(name));
}
