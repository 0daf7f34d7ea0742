export function findPoppler(): { pdftotext: string; pdftoppm: string };
