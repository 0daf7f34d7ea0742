import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { REPOSITORY } from "../../../host/paths.mjs";
import type { EditorPage } from "../../harness/editor-page.ts";

/** `FAIRWATT_PICTURES=1` writes the README's pictures anew; else they are taken and checked. */
export const WRITE_PICTURES = process.env.FAIRWATT_PICTURES === "1";
const FOLDER = path.join(REPOSITORY, "media", "readme");
const LARGEST = 200_000;

export interface Clip {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Takes the README's picture `name`: of a part of the window, its first `height` pixels, or of a clip of it. */
export async function keepPicture(
  { page }: EditorPage,
  name: string,
  what: Locator | Clip,
  height = Number.POSITIVE_INFINITY,
): Promise<void> {
  const box = "x" in what ? what : (await what.boundingBox())!;
  const png = await page.screenshot({ clip: { ...box, height: Math.min(box.height, height) } });
  expect(png.length).toBeGreaterThan(2_000);
  expect(png.length, `${name} in bytes`).toBeLessThan(LARGEST);
  if (!WRITE_PICTURES) return;
  mkdirSync(FOLDER, { recursive: true });
  // The package carries them: a palette takes a third of the bytes, and shows no difference.
  const { default: sharp } = await import("sharp");
  const small = await sharp(png).png({ palette: true, quality: 90, effort: 10 }).toBuffer();
  writeFileSync(path.join(FOLDER, `${name}.png`), small);
}
