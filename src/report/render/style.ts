/** The documents' style sheet: black on white, one serif face, page numbers and the status in print. */

export const documentStyle = (status: "DRAFT" | "FINAL"): string => `
@page { size: A4; margin: 20mm 18mm 22mm; @bottom-right { content: "page " counter(page) " of " counter(pages); font: 9pt serif; } @bottom-left { content: "${status}"; font: 9pt serif; } }
:root { color-scheme: light; }
body { margin: 2rem auto; max-width: 46rem; padding: 0 1rem; background: #fff; color: #000; font: 11pt/1.45 "Source Serif 4", "Noto Serif", Georgia, "Times New Roman", serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 0.4rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 0.5rem; border-bottom: 1px solid #000; padding-bottom: 0.15rem; break-after: avoid; }
h3 { font-size: 1rem; margin: 1.2rem 0 0.4rem; break-after: avoid; }
p, ul, dl { margin: 0.4rem 0 0.8rem; }
.status { border: 1.5px solid #000; display: inline-block; padding: 0 0.5rem; letter-spacing: 0.08em; font-weight: bold; }
dl { display: grid; grid-template-columns: 9.5rem 1fr; gap: 0.15rem 1rem; }
dt { font-weight: bold; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; margin: 0.6rem 0 1rem; font-size: 0.9em; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-style: italic; padding-bottom: 0.25rem; break-after: avoid; }
th, td { text-align: left; vertical-align: top; padding: 0.2rem 0.9rem 0.2rem 0; border-bottom: 1px solid #ccc; font-weight: normal; overflow-wrap: break-word; }
thead th { border-bottom: 1px solid #000; font-weight: bold; }
thead { display: table-header-group; } tr { break-inside: avoid; }
.long { overflow-wrap: anywhere; min-width: 6rem; }
.n { text-align: right; white-space: nowrap; }
th:last-child, td:last-child { padding-right: 0; }
.hash, code { font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.82em; overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0.4rem 0; } 
figure { margin: 0.6rem 0 1rem; break-inside: avoid; }
figure svg { width: 100%; height: auto; font: 11px sans-serif; }
figcaption { font-size: 0.9em; }
.swatch { display: inline-block; width: 0.8em; height: 0.8em; margin-right: 0.3em; border: 1px solid #000; print-color-adjust: exact; }
.legend { list-style: none; padding: 0; margin: 0.2rem 0; display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; font-size: 0.9em; }
.last { break-before: page; }
.signature td { height: 2.2rem; }
.small { font-size: 0.85em; }
mark { background: none; color: inherit; font-weight: bold; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10pt; } }
`;

export const DOCUMENT_STYLE = documentStyle("DRAFT");
