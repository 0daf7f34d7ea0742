/** A table in a PDF: wraps its texts itself, once, because PDFKit's own tables wrap each text twice and repeat no headings. */

import LineBreaker from "linebreak";

type Pdf = PDFKit.PDFDocument;

export interface PdfTable {
  columns: readonly { title: string; align?: "right" }[];
  rows: readonly (readonly string[])[];
  /** In points, one for each column. */
  widths: readonly number[];
  /** In points. */
  size: number;
}

const PADDING = { top: 2, right: 4, bottom: 2 };
/** Of a page: a row that is higher goes on in the next row. */
const HIGHEST_ROW = 0.4;

/** Adds the table to `parent`, a structure element that is attached, and leaves the place to write at below it. */
export function drawTable(pdf: Pdf, parent: PDFKit.PDFStructureElement, table: PdfTable): void {
  const { columns, rows, widths, size } = table;
  const { left, top } = pdf.page.margins;
  const lefts = widths.map((_, index) => left + sum(widths.slice(0, index)));
  const wrap = (texts: readonly string[], face: string): string[][] => {
    pdf.font(face).fontSize(size);
    return texts.map((text, index) => wrapped(pdf, text, widths[index]! - PADDING.right));
  };
  const element = pdf.struct("Table");
  parent.add(element);
  const lineHeight = pdf.font("body").fontSize(size).currentLineHeight(true);
  const heightOf = (lines: readonly string[][]) =>
    Math.max(1, ...lines.map(({ length }) => length)) * lineHeight + PADDING.top + PADDING.bottom;

  const draw = (lines: readonly string[], index: number, y: number) => {
    const right = columns[index]?.align === "right";
    lines.forEach((line, at) => {
      if (line === "") return;
      const x = right
        ? lefts[index]! + widths[index]! - PADDING.right - pdf.widthOfString(line)
        : lefts[index]!;
      pdf.text(line, x, y + PADDING.top + at * lineHeight, { lineBreak: false });
    });
  };
  const rule = (y: number) => {
    pdf.markContent("Artifact", { type: "Layout" } as PDFKit.Mixins.MarkingOptions);
    pdf.save().lineWidth(0.4).strokeColor("#999999");
    pdf
      .moveTo(left, y)
      .lineTo(left + sum(widths), y)
      .stroke()
      .restore();
    pdf.endMarkedContent();
  };
  /** The row's texts in the structure: the first column is its heading, and all of the first row are. */
  const row = (
    cells: readonly string[][],
    face: string,
    scopeOf: (index: number) => "Row" | "Column" | null,
  ) => {
    const y = pdf.y;
    const structure = pdf.struct("TR");
    element.add(structure);
    cells.forEach((lines, index) => {
      const scope = scopeOf(index);
      // Its types lag behind it.
      const options = (scope ? { scope } : {}) as PDFKit.Mixins.StructureElementOptions;
      const cell = pdf.struct(scope ? "TH" : "TD", options);
      structure.add(cell);
      cell.add(() => {
        pdf.font(face).fontSize(size);
        draw(lines, index, y);
      });
      cell.end();
    });
    structure.end();
    pdf.y = y + heightOf(cells);
    rule(pdf.y);
  };

  const head = wrap(
    columns.map(({ title }) => title),
    "bold",
  );
  /** On a page that the table goes on at: for the eye, since the structure has its headings already. */
  const headAgain = () => {
    pdf.addPage();
    pdf.markContent("Artifact", { type: "Pagination" } as PDFKit.Mixins.MarkingOptions);
    pdf.font("bold").fontSize(size);
    head.forEach((lines, index) => {
      draw(lines, index, top);
    });
    pdf.endMarkedContent();
    pdf.y = top + heightOf(head);
    rule(pdf.y);
  };

  row(head, "bold", () => "Column");
  const most = Math.floor((pdf.page.height * HIGHEST_ROW) / lineHeight);
  for (const texts of rows) {
    for (const cells of pieces(wrap(texts, "body"), most)) {
      if (pdf.y + heightOf(cells) > pdf.page.maxY()) headAgain();
      row(cells, "body", (index) => (index === 0 ? "Row" : null));
    }
  }
  element.end();
  pdf.x = left;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

/** A row as rows of at most `most` lines. */
function pieces(cells: readonly string[][], most: number): string[][][] {
  const count = Math.max(1, Math.ceil(Math.max(...cells.map(({ length }) => length)) / most));
  return Array.from({ length: count }, (_, index) =>
    cells.map((lines) => lines.slice(index * most, (index + 1) * most)),
  );
}

/** Lines that are no wider than `width` points, in the present font; what has no place to break is cut. */
function wrapped(pdf: Pdf, text: string, width: number): string[] {
  if (!text.includes("\n") && pdf.widthOfString(text) <= width) return [text];
  const lines: string[] = [];
  let line = "";
  let used = 0;
  const end = () => {
    lines.push(line.trimEnd());
    line = "";
    used = 0;
  };
  const add = (piece: string) => {
    // The space at a line's end may stand outside.
    if (line !== "" && used + pdf.widthOfString(piece.trimEnd()) > width) end();
    line += piece;
    used += pdf.widthOfString(piece);
  };
  const breaker = new LineBreaker(text);
  let from = 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    const piece = text.slice(from, next.position).replaceAll("\n", "");
    from = next.position;
    if (pdf.widthOfString(piece.trimEnd()) <= width) add(piece);
    else for (const character of piece) add(character);
    if (next.required) end();
  }
  if (line !== "" || lines.length === 0) end();
  return lines;
}
