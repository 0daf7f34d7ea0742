import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { composeDocument } from "../../src/report/compose-document.ts";
import { documentNamed } from "../../src/report/documents/index.ts";
import { documentPdf } from "../../src/report/render/document-pdf.node.ts";
import { findPoppler } from "../host/find-poppler.mjs";
import { FACTS_TOML, factsOf, fullEvidence } from "../unit/report/documents/evidence.ts";

const RESULTS = path.resolve(import.meta.dirname, "../results/documents");
/** Points to the inch: a pixel is a point, and A4 is 596 by 842. */
const RESOLUTION = 72;

let poppler: ReturnType<typeof findPoppler>;
let folder: string;
beforeAll(() => {
  poppler = findPoppler();
  folder = mkdtempSync(path.join(os.tmpdir(), "fairwatt-pdf-"));
  mkdirSync(RESULTS, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Grey values of a picture as poppler writes it: P5, sizes and the highest value in words, then a byte for each pixel. */
function readGrey(file: string) {
  const bytes = readFileSync(file);
  const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString("latin1", 0, 40))!;
  return { width: Number(width), height: Number(height), pixels: bytes.subarray(head.length) };
}

describe("a PDF in poppler", () => {
  it.each(["ai-act-compute", "fairness-audit"])(
    "%s: its text is read, and every page is drawn",
    async (id) => {
      const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
      const evidence = await fullEvidence();
      const { content } = composeDocument(documentNamed(id)!, evidence, factsOf(FACTS_TOML), sha256);
      const file = path.join(folder, `${id}.pdf`);
      writeFileSync(file, await documentPdf(content));

      const said = execFileSync(poppler.pdftotext, [file, "-"], { encoding: "utf8" });
      expect(said.replaceAll(/\s+/g, " ")).toContain(content.title);
      expect(said).toContain("credit-scorer");
      expect(said.replaceAll(/\s/g, "")).toContain(content.evidence.dataHash);
      const pages = Number(/page 1 of (\d+)/.exec(said)![1]);
      expect(pages).toBeGreaterThan(1);

      execFileSync(poppler.pdftoppm, ["-gray", "-r", String(RESOLUTION), file, path.join(folder, id)]);
      execFileSync(poppler.pdftoppm, ["-png", "-r", "100", "-l", "1", file, path.join(RESULTS, id)]);
      const drawn = readdirSync(folder).filter((name) => name.startsWith(`${id}-`) && name.endsWith(".pgm"));
      expect(drawn).toHaveLength(pages);
      for (const name of drawn) {
        const { width, height, pixels } = readGrey(path.join(folder, name));
        expect([width, height, pixels.length]).toEqual([596, 842, width * height]);
        const dark = pixels.reduce((count, value) => count + (value < 128 ? 1 : 0), 0);
        const [ink, margin] = [dark / pixels.length, pixels.subarray(0, 30 * width)];
        expect(ink, `${name} is blank`).toBeGreaterThan(0.002);
        expect(ink, `${name} is black`).toBeLessThan(0.3);
        expect(
          margin.every((value) => value > 250),
          `${name} has something in its upper margin`,
        ).toBe(true);
      }
    },
  );
});
