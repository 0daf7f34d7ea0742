/** The faces that documents are set in: DejaVu Sans, which has ≈ and ₂ and most scripts; embedded, as a subset. */

import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { fileURLToPath } from "node:url";

export interface PdfFaces {
  body: Buffer;
  bold: Buffer;
}

const FILES = { body: "DejaVuSans.ttf", bold: "DejaVuSans-Bold.ttf" };

/** `dist/data/fonts` in a build, the package in the sources. Throws when the installation lacks them. */
export function loadFaces(): PdfFaces {
  const here = typeof __dirname === "string" ? __dirname : path.dirname(fileURLToPath(import.meta.url));
  const folders = [
    path.join(here, "..", "data", "fonts"),
    path.join(here, "data", "fonts"),
    ...fromPackage(here),
  ];
  const folder = folders.find((each) => fs.existsSync(path.join(each, FILES.body)));
  if (!folder)
    throw new Error(`the fonts for PDF are missing from this installation (looked in ${folders.join(", ")})`);
  return {
    body: fs.readFileSync(path.join(folder, FILES.body)),
    bold: fs.readFileSync(path.join(folder, FILES.bold)),
  };
}

function fromPackage(here: string): string[] {
  try {
    const manifest = createRequire(path.join(here, "x.js")).resolve("dejavu-fonts-ttf/package.json");
    return [path.join(path.dirname(manifest), "ttf")];
  } catch {
    return [];
  }
}
