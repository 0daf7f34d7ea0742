/** Documentation files: read by name alone. */
export function isDocument(path: string): boolean {
  return /\.(?:md|rst|txt)$|(?:^|\/)(?:README|MODEL_CARD|DATASHEET)$/i.test(path);
}
