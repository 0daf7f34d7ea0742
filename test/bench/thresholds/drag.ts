/** Drags a threshold in the built page, with a real pointer in Chromium. */

import { readFileSync } from "node:fs";
import * as path from "node:path";
import { explorerStrings } from "../../../src/editor/explorer/strings.ts";
import { untranslated } from "../../../src/editor/words.ts";
import type { OpenedTable } from "../../../src/fairness/thresholds/worker-protocol.ts";
import type { HostMessage } from "../../../webview/explorer/protocol.ts";
import { openBrowser } from "../../host/open-browser.mjs";

const MOVES = 120;

interface Taken {
  numbers: number[];
  picture: number[];
}

/** Milliseconds of each move: of its event, and until the picture after it was made. */
export async function dragInPage(root: string, table: OpenedTable): Promise<Taken> {
  const browser = await openBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1180, height: 900 } });
    const built = (name: string) => readFileSync(path.join(root, "dist", "webview", name), "utf8");
    await page.setContent("<!DOCTYPE html><body class='vscode-dark'><main></main></body>");
    await page.addStyleTag({ content: built("explorer.css") });
    await page.evaluate(() => {
      (window as unknown as { acquireVsCodeApi: unknown }).acquireVsCodeApi = () => ({
        postMessage: () => {},
        getState: () => undefined,
        setState: () => {},
      });
    });
    await page.addScriptTag({ content: built("explorer.js") });
    await page.evaluate((message) => window.postMessage(message, "*"), hydrate(table));
    const strip = page.locator(".strip").first();
    await strip.waitFor();
    const taken = await page.evaluateHandle(() => {
      const kept: Taken = { numbers: [], picture: [] };
      let began = 0;
      addEventListener(
        "pointermove",
        () => {
          began = performance.now();
        },
        true,
      );
      addEventListener("pointermove", () => {
        const from = began;
        kept.numbers.push(performance.now() - from);
        requestAnimationFrame(() => kept.picture.push(performance.now() - from));
      });
      return kept;
    });
    const box = (await strip.boundingBox())!;
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + box.width / 2, y);
    await page.mouse.down();
    for (let move = 0; move < MOVES; move++) {
      await page.mouse.move(box.x + (box.width * (1 + Math.sin(move / 9))) / 2, y);
    }
    await page.mouse.up();
    const { numbers, picture } = await taken.jsonValue();
    // Those before the button was down drag nothing.
    return { numbers: numbers.slice(-MOVES), picture: picture.slice(-MOVES) };
  } finally {
    await browser.close();
  }
}

function hydrate(table: OpenedTable): HostMessage {
  const columns = { label: "y", score: "p", sensitive: table.attributes };
  return {
    type: "hydrate",
    strings: explorerStrings(untranslated),
    explored: { file: "/scored.csv", roles: columns },
    table: {
      ...table,
      name: "scored.csv",
      cells: table.cells.map(({ key, firstRow, counts: { scores, rowPositives, rowNegatives } }) => ({
        key: [...key],
        firstRow,
        scores,
        rowPositives,
        rowNegatives,
        weights: null,
      })),
      sha256: "",
      bytes: 0,
      columns,
      fairwatt: "",
    },
  };
}
