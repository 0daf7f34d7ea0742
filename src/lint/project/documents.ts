/** Documentation files: known by name; what is about models and data is read (document-facts.ts). */
export function isDocument(path: string): boolean {
  return /\.(?:md|rst|txt|markdown|qmd)$|(?:^|\/)(?:README|MODEL_CARD|DATASHEET|LICEN[CS]E|COPYING)$/i.test(
    path,
  );
}
