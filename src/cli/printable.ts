/** Text from elsewhere, made safe for a terminal. */

/** What a run, a path or a driver calls itself may hold control characters: they are shown, not obeyed. */
export function printable(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
