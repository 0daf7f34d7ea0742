/** A document as a tagged PDF: headings, lists, tables and figures in its structure tree, text selectable, fonts embedded. */

import PDFDocument from "pdfkit";
import type { Block } from "../documents/blocks.ts";
import type { DocumentContent } from "../documents/document.ts";
import { firstPage, lastPage, REPRODUCE } from "./common-blocks.ts";
import { PdfBlocks } from "./pdf-blocks.node.ts";
import { loadFaces, type PdfFaces } from "./pdf-fonts.node.ts";

const MARGIN = 54;
/** What the last page holds at least, in points. */
const LAST_PAGE = 300;
let faces: PdfFaces | undefined;

/**
 * The same content gives the same bytes: date and id come from the content, and nothing is compressed, because a
 * compressor's output differs between machines.
 */
export function documentPdf(content: DocumentContent): Promise<Buffer> {
  faces ??= loadFaces();
  const written = new Date(content.evidenceAt ?? 0);
  const pdf = new PDFDocument({
    size: "A4",
    margins: { top: MARGIN, bottom: MARGIN + 14, left: MARGIN, right: MARGIN },
    pdfVersion: "1.7",
    // Its types lag behind it.
    subset: "PDF/UA" as PDFKit.PDFDocumentOptions["subset"],
    tagged: true,
    lang: "en",
    displayTitle: true,
    compress: false,
    bufferPages: true,
    // No face of the 14 that every reader has: what is not embedded looks different everywhere.
    font: "",
    autoFirstPage: false,
    info: {
      Title: content.title,
      Subject: `Document ${content.id}, ${content.status}`,
      Creator: `Fairwatt ${content.fairwatt}`,
      Producer: "PDFKit",
      CreationDate: written,
      ModDate: written,
    },
  });
  const pieces: Buffer[] = [];
  const finished = new Promise<Buffer>((resolve, reject) => {
    pdf.on("data", (piece: Buffer) => pieces.push(piece));
    pdf.on("end", () => resolve(Buffer.concat(pieces)));
    pdf.on("error", reject);
  });
  const blocks = new PdfBlocks(pdf, faces);
  pdf.addPage();
  blocks.title(content.title, content.status);
  const all: Block[] = [...firstPage(content), ...content.blocks];
  for (const block of all) blocks.add(block);
  for (const block of lastPage(content)) {
    // How to reproduce it and who signed it stand on one page.
    if ("heading" in block && block.heading === REPRODUCE) blocks.keep(LAST_PAGE);
    blocks.add(block);
  }
  blocks.finish(content.status);
  pdf.end();
  return finished;
}
