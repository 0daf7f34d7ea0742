/** How far a table is read, as our command line says it on standard error between other lines. Pure. */

const LINE = /^reading .*: ([\d,]+ rows(?:, \d+ %)?)\n/gm;

/** `rest`: what else was said, with a line that has not ended yet; `latest`: "1,200,000 rows, 34 %". */
export function withoutProgress(text: string): { rest: string; latest?: string } {
  const latest = [...text.matchAll(LINE)].at(-1)?.[1];
  return { rest: text.replace(LINE, ""), ...(latest !== undefined && { latest }) };
}
