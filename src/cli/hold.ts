/** Keeps a terminal open after its program has ended, so that its last lines can be read: editors close it otherwise. */

/** Resolves at the next key; at once where standard input is no terminal. */
export function waitForKey(
  input: NodeJS.ReadStream = process.stdin,
  output: NodeJS.WriteStream = process.stderr,
): Promise<void> {
  if (!input.isTTY || !output.isTTY) return Promise.resolve();
  output.write("\nPress any key to close this terminal.");
  return new Promise((resolve) => {
    input.setRawMode(true);
    input.resume();
    input.once("data", () => {
      input.setRawMode(false);
      input.pause();
      output.write("\n");
      resolve();
    });
  });
}
