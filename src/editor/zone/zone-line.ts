/** Sets `zone` in the text of a fairwatt.toml, leaving everything else as a person wrote it. Pure. */

/** The text with `zone = "<code>"` in its top-level table: replaced where it stands, else put in as the first setting. */
export function withZone(text: string, code: string): string {
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const line = `zone = ${JSON.stringify(code)}`;
  if (text.trim() === "") return line + newline;
  const lines = text.split(/\r?\n/);
  const firstTable = lines.findIndex((each) => /^\s*\[/.test(each));
  const top = firstTable < 0 ? lines.length : firstTable;
  const at = lines.findIndex((each, index) => index < top && /^\s*(?:zone|"zone"|'zone')\s*=/.test(each));
  if (at >= 0) {
    const comment = /^[^#"']*=\s*(?:"[^"]*"|'[^']*'|[^#"']*)\s*(#.*)$/.exec(lines[at]!)?.[1];
    lines[at] = comment ? `${line} ${comment}` : line;
    return lines.join(newline);
  }
  // Where `fairwatt init` left it as a comment, it belongs there.
  const commented = lines.findIndex((each, index) => index < top && /^\s*#\s*zone\s*=/.test(each));
  if (commented >= 0) {
    lines[commented] = line;
    return lines.join(newline);
  }
  let start = 0;
  while (start < top && /^\s*(#.*)?$/.test(lines[start]!) && lines[start]!.trim() !== "") start++;
  lines.splice(start, 0, line);
  return lines.join(newline);
}
