/** Parts of a document in a PDF, each with its tag. */

import {
  type BarFigure,
  type Block,
  type BlockTable,
  missingText,
  sourceWords,
} from "../documents/blocks.ts";
import { type PdfFaces, shareFont } from "./pdf-fonts.node.ts";
import { drawTable } from "./pdf-table.node.ts";

type Pdf = PDFKit.PDFDocument;

const SIZE = { h1: 17, h2: 12, h3: 10.5, body: 9, small: 8 };
/** Least room, in points: a caption, column headings and a row do not end a page, and neither does a heading before them. */
const BELOW_TABLE = 80;
const BELOW_HEADING = BELOW_TABLE + 60;

export class PdfBlocks {
  readonly #pdf: Pdf;
  readonly #root: PDFKit.PDFStructureElement;
  readonly #glyphs: (codePoint: number) => boolean;

  constructor(pdf: Pdf, faces: PdfFaces) {
    this.#pdf = pdf;
    pdf.registerFont("body", faces.body);
    pdf.registerFont("bold", faces.bold);
    pdf.font("bold");
    shareFont(pdf, "bold");
    pdf.font("body");
    this.#glyphs = shareFont(pdf, "body");
    this.#root = pdf.struct("Document");
    pdf.addStructure(this.#root);
  }

  title(title: string, status: string): void {
    this.#text(
      "P",
      `${status}${status === "DRAFT" ? ", until a person has signed it" : ""}`,
      "bold",
      SIZE.body,
    );
    this.#text("H1", title, "bold", SIZE.h1);
  }

  /** Goes to a new page where fewer points than that are left on this one. */
  keep(points: number): void {
    if (this.#pdf.y > this.#pdf.page.maxY() - points) this.#pdf.addPage();
  }

  add(block: Block): void {
    if ("heading" in block) {
      this.keep(BELOW_HEADING);
      this.#pdf.moveDown(0.6);
      const size = block.level === 2 ? SIZE.h2 : SIZE.h3;
      this.#text(block.level === 2 ? "H2" : "H3", block.heading, "bold", size);
    } else if ("text" in block) this.#text("P", block.text, "body", SIZE.body);
    else if ("list" in block) this.#list(block.list);
    else if ("facts" in block)
      this.#table(
        { caption: "", columns: [{ title: "Fact" }, { title: "Value" }], rows: block.facts },
        [0.24, 0.76],
      );
    else if ("code" in block) this.#text("Code", block.code, "body", SIZE.small);
    else if ("bars" in block) this.#bars(block.bars);
    else if ("fields" in block) {
      const { caption, rows } = block.fields;
      this.#table(
        {
          caption,
          columns: [{ title: "Field" }, { title: "Clause" }, { title: "Value" }, { title: "Source" }],
          rows: rows.map((row) => [
            row.label,
            row.clause ?? "",
            row.value ? row.value.join("\n") : missingText(row),
            sourceWords(row),
          ]),
        },
        [0.25, 0.17, 0.46, 0.12],
      );
    } else this.#table(block.table);
  }

  /** Page numbers, outside the structure: a reader of the text does not hear them. */
  finish(status: string): void {
    this.#root.end();
    const { start, count } = this.#pdf.bufferedPageRange();
    for (let index = start; index < start + count; index++) {
      this.#pdf.switchToPage(index);
      const { margins, width, height } = this.#pdf.page;
      const { bottom } = margins;
      margins.bottom = 0;
      this.#pdf.markContent("Artifact", { type: "Pagination" } as PDFKit.Mixins.MarkingOptions);
      this.#pdf.font("body").fontSize(SIZE.small);
      const y = height - bottom + 16;
      this.#pdf.text(status, margins.left, y, { lineBreak: false });
      this.#pdf.text(`page ${index - start + 1} of ${count}`, margins.left, y, {
        width: width - margins.left - margins.right,
        align: "right",
        lineBreak: false,
      });
      this.#pdf.endMarkedContent();
      margins.bottom = bottom;
    }
  }

  #text(tag: string, text: string, face: string, size: number): void {
    this.#root.add(
      this.#pdf.struct(tag, {}, () => {
        this.#pdf.font(face).fontSize(size).text(this.#shown(text), this.#pdf.page.margins.left, undefined, {
          width: this.#width,
          paragraphGap: 4,
        });
      }),
    );
  }

  #list(items: readonly string[]): void {
    const list = this.#pdf.struct("L");
    this.#root.add(list);
    for (const item of items) {
      const body = this.#pdf.struct("LBody", {}, () => {
        this.#pdf
          .font("body")
          .fontSize(SIZE.body)
          .text(`– ${this.#shown(item)}`, this.#pdf.page.margins.left, undefined, {
            width: this.#width,
            paragraphGap: 2,
          });
      });
      list.add(this.#pdf.struct("LI", {}, [body]));
    }
    list.end();
    this.#pdf.moveDown(0.3);
  }

  #table({ caption, columns, rows }: BlockTable, parts?: readonly number[]): void {
    this.keep(BELOW_TABLE);
    if (caption) this.#text("P", caption, "body", SIZE.small);
    drawTable(this.#pdf, this.#root, {
      columns: columns.map(({ title, align }) => ({ title: this.#shown(title), ...(align && { align }) })),
      rows: rows.map((row) => row.map((text) => this.#shown(text))),
      width: this.#width,
      ...(parts && { parts }),
      size: SIZE.small,
    });
    this.#pdf.moveDown(0.8);
  }

  #bars({ title, unit, bars }: BarFigure): void {
    const pdf = this.#pdf;
    const row = 16;
    this.keep(bars.length * row + 30);
    const alt = `${title}, ${unit}: ${bars.map(({ label, text }) => `${label} ${text}`).join("; ")}`;
    const draw = () => {
      const { left } = pdf.page.margins;
      const from = left + 130;
      pdf.font("body").fontSize(SIZE.small);
      const texts = Math.max(...bars.map(({ text }) => pdf.widthOfString(this.#shown(text))));
      const space = Math.max(60, this.#width - 130 - 10 - texts);
      const largest = Math.max(...bars.map(({ high, value }) => Math.max(high, value)), 0) || 1;
      const x = (value: number) => from + (value / largest) * space;
      const top = pdf.y + 2;
      bars.forEach(({ label, value, low, high, text }, index) => {
        const y = top + index * row;
        pdf.fillColor("#000000").text(this.#shown(label), left, y + 3, {
          width: 124,
          height: row - 3,
          align: "right",
          ellipsis: true,
          lineBreak: false,
        });
        pdf.rect(from, y + 2, Math.max(0, x(value) - from), row - 6).fill("#1f4e8c");
        pdf
          .moveTo(x(low), y + row / 2 - 1)
          .lineTo(x(high), y + row / 2 - 1)
          .lineWidth(1)
          .stroke("#000000");
        pdf
          .fillColor("#000000")
          .text(this.#shown(text), x(Math.max(high, value)) + 5, y + 3, { lineBreak: false });
      });
      pdf.x = left;
      pdf.y = top + bars.length * row + 4;
    };
    this.#root.add(pdf.struct("Figure", { alt: this.#shown(alt) }, draw));
    this.#text("P", `${title}, ${unit}. Thin lines: range.`, "body", SIZE.small);
  }

  get #width(): number {
    const { width, margins } = this.#pdf.page;
    return width - margins.left - margins.right;
  }

  /** Controls, direction overrides and what the face has no glyph for are shown as their code points, not obeyed or lost. */
  #shown(text: string): string {
    let shown = "";
    for (const character of text.replace(/\r\n?/g, "\n").replaceAll("\t", " ")) {
      const code = character.codePointAt(0)!;
      const hidden =
        (code < 32 && code !== 10) ||
        (code >= 0x7f && code < 0xa0) ||
        (code >= 0x202a && code <= 0x202e) ||
        (code >= 0x2066 && code <= 0x2069);
      shown += code === 10 || (!hidden && this.#glyphs(code)) ? character : `\\u{${code.toString(16)}}`;
    }
    return shown;
  }
}
