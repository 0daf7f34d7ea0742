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

/** As much of PDFKit's and fontkit's fonts as is shared; neither names these in its types. */
interface FontkitFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
  createSubset(): unknown;
}
interface EmbeddedFont {
  font: FontkitFont;
  subset: unknown;
  layout(text: string, features: undefined, onlyWidth: true): { advanceWidth: number };
  widthOfString(text: string, size: number, features?: unknown): number;
}

/** Tables of a face as they were read for the first document, and widths of words in thousandths of the size. */
interface SharedFont {
  font: FontkitFont;
  widths: Map<string, number>;
}
const sharedFonts = new Map<string, SharedFont>();
/** Words and cells; a set of documents has some thousands. */
const MOST_WIDTHS = 50_000;

/**
 * Has the document's present font use the tables and widths that earlier documents read: they are a third of the time that a set
 * of documents takes. Glyphs stay the document's own, because fontkit remembers with a glyph the character that it first stood
 * for: a document's bytes must not depend on those before it.
 */
export function shareFont(pdf: PDFKit.PDFDocument, face: keyof PdfFaces): FontkitFont {
  const embedded = (pdf as unknown as { _font: EmbeddedFont })._font;
  const shared = sharedFonts.get(face) ?? { font: embedded.font, widths: new Map<string, number>() };
  sharedFonts.set(face, shared);
  embedded.font = Object.assign(Object.create(shared.font) as FontkitFont, { _glyphs: {} });
  embedded.subset = embedded.font.createSubset();
  const exact = embedded.widthOfString.bind(embedded);
  embedded.widthOfString = (text, size, features) => {
    if (features) return exact(text, size, features);
    let width = shared.widths.get(text);
    if (width === undefined) {
      width = embedded.layout(text, undefined, true).advanceWidth;
      if (shared.widths.size < MOST_WIDTHS) shared.widths.set(text, width);
    }
    return (width * size) / 1000;
  };
  return embedded.font;
}

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
