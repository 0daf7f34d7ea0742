/** A table in a PDF: wraps its texts itself, once, because PDFKit's own tables wrap each text twice and repeat no headings. */

import LineBreaker from "linebreak";

type Pdf = PDFKit.PDFDocument;

export interface PdfTable {
  columns: readonly { title: string; align?: "right" }[];
  rows: readonly (readonly string[])[];
  /** Of the whole, in points. */
  width: number;
  /** Parts of the width, one for each column; by default as the texts need it. */
  parts?: readonly number[];
  /** Of the letters, in points. */
  size: number;
}

const PADDING = { top: 2, right: 8, bottom: 2 };
/** A column is no narrower than its longest word, as far as words are no longer than this: parts of the width. */
const LONGEST_WORD = 0.2;
const LONGEST_TEXT = 0.5;
/** Rows that widths are made by. */
const MEASURED_ROWS = 200;
/** Of a page: a row that is higher goes on in the next row. */
const HIGHEST_ROW = 0.4;

/** Adds the table to `parent`, a structure element that is attached, and leaves the place to write at below it. */
export function drawTable(pdf: Pdf, parent: PDFKit.PDFStructureElement, table: PdfTable): void {
  const { columns, rows, size } = table;
  const { left, top } = pdf.page.margins;
  const widths = table.parts?.map((part) => part * table.width) ?? widthsOf(pdf, table);
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

/** What the longest word of a column needs, and of the rest the more, the longer its longest text. */
function widthsOf(pdf: Pdf, { columns, rows, width, size }: PdfTable): number[] {
  const measured = (face: string, texts: readonly string[], most: number) => {
    pdf.font(face).fontSize(size);
    return Math.min(Math.max(0, ...texts.map((text) => pdf.widthOfString(text))), most);
  };
  const needs = columns.map(({ title }, index) => {
    const texts = [...new Set(rows.slice(0, MEASURED_ROWS).map((row) => row[index] ?? ""))];
    const need = (split: RegExp, most: number) =>
      PADDING.right +
      Math.max(
        measured("bold", title.split(split), most),
        measured(
          "body",
          texts.flatMap((text) => text.split(split)),
          most,
        ),
      );
    return { least: need(/\s/, width * LONGEST_WORD), most: need(/\n/, width * LONGEST_TEXT) };
  });
  const least = sum(needs.map((need) => need.least));
  const most = sum(needs.map((need) => need.most));
  if (most <= width) return needs.map((need) => (need.most / most) * width);
  if (least >= width) return needs.map((need) => (need.least / least) * width);
  return needs.map((need) => need.least + ((need.most - need.least) / (most - least)) * (width - least));
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
  const addLong = (part: string) => {
    if (pdf.widthOfString(part) <= width) add(part);
    else for (const character of part) add(character);
  };
  const breaker = new LineBreaker(text);
  let from = 0;
  for (let next = breaker.nextBreak(); next; next = breaker.nextBreak()) {
    const piece = text.slice(from, next.position).replaceAll("\n", "");
    from = next.position;
    if (pdf.widthOfString(piece.trimEnd()) <= width) add(piece);
    else for (const part of piece.split(/(?<=[./_:@-])/)) addLong(part);
    if (next.required) end();
  }
  if (line !== "" || lines.length === 0) end();
  return lines;
}
