/** True for files that hold tables whose columns are read, by their names. */
export function isTable(file: string): boolean {
  return /\.(?:csv|tsv|jsonl|ndjson)$/i.test(file);
}
