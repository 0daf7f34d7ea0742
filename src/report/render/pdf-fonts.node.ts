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

interface Glyph {
  id: number;
  codePoints: number[];
  advanceWidth: number;
}
interface Run {
  glyphs: Glyph[];
  positions: unknown[];
  advanceWidth: number;
}
/** As much of PDFKit's and fontkit's fonts as is shared; neither names these in its types. */
interface FontkitFont {
  hasGlyphForCodePoint(codePoint: number): boolean;
  getGlyph(id: number, codePoints?: number[]): Glyph;
  createSubset(): unknown;
}
interface EmbeddedFont {
  font: FontkitFont;
  subset: unknown;
  layout(text: string, features: undefined, onlyWidth: true): { advanceWidth: number };
  layoutRun(text: string, features?: unknown): Run;
  layoutCached(text: string): Run;
  widthOfString(text: string, size: number, features?: unknown): number;
}

/** A face as it was read for the first document, with what was found out in it: words as glyphs, widths in thousandths of the size. */
interface SharedFont {
  font: FontkitFont;
  shapes: Map<string, Run>;
  widths: Map<string, number>;
  known: Map<number, boolean>;
}
const sharedFonts = new Map<string, SharedFont>();
/** Words and lines; a set of documents has some thousands. */
const MOST_KEPT = 50_000;

/**
 * Has the document's present font use the tables, shapes and widths that earlier documents read: they are a good part of the time
 * that a set of documents takes. Returns whether the face has a glyph for a character.
 */
export function shareFont(pdf: PDFKit.PDFDocument, face: keyof PdfFaces): (codePoint: number) => boolean {
  const embedded = (pdf as unknown as { _font: EmbeddedFont })._font;
  const shared = sharedFonts.get(face) ?? {
    font: withOwnCodePoints(embedded.font),
    shapes: new Map<string, Run>(),
    widths: new Map<string, number>(),
    known: new Map<number, boolean>(),
  };
  sharedFonts.set(face, shared);
  embedded.font = shared.font;
  embedded.subset = shared.font.createSubset();
  embedded.layoutCached = (text) => kept(shared.shapes, text, () => embedded.layoutRun(text));
  const exact = embedded.widthOfString.bind(embedded);
  embedded.widthOfString = (text, size, features) => {
    if (features) return exact(text, size, features);
    const width = kept(shared.widths, text, () => embedded.layout(text, undefined, true).advanceWidth);
    return (width * size) / 1000;
  };
  return (codePoint) => kept(shared.known, codePoint, () => shared.font.hasGlyphForCodePoint(codePoint));
}

/**
 * Fontkit remembers with a glyph the characters that it first stood for, and a PDF says them again. With this font each glyph says
 * those that it stands for where it is: a document's bytes must not depend on the documents before it.
 */
function withOwnCodePoints(font: FontkitFont): FontkitFont {
  const own = Object.create(font) as FontkitFont;
  own.getGlyph = (id, codePoints = []) => {
    const glyph = font.getGlyph(id, codePoints);
    // Computed once, on the glyph that is remembered.
    void glyph.advanceWidth;
    return glyph.codePoints.join() === codePoints.join()
      ? glyph
      : Object.create(glyph, { codePoints: { value: codePoints } });
  };
  return own;
}

function kept<Key, Value>(values: Map<Key, Value>, key: Key, make: () => Value): Value {
  let value = values.get(key);
  if (value === undefined) {
    value = make();
    if (values.size < MOST_KEPT) values.set(key, value);
  }
  return value;
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
