/** What was found out of a name, for the next time: programs repeat their names, and an editor reads them at each keystroke. */

const MOST = 20_000;
/** What is longer is no name. */
const LONGEST = 300;

/** `find` must say the same of the same text each time. */
export function remembered<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (text.length > LONGEST) return find(text);
    const before = known.get(text);
    if (before !== undefined || known.has(text)) return before as T;
    const found = find(text);
    if (known.size >= MOST) known.clear();
    known.set(text, found);
    return found;
  };
}
