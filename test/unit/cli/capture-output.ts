import { vi } from "vitest";

/** Hands over what is written to standard output and error from now on, until `vi.restoreAllMocks()`. */
export function captureOutput(out: (text: string) => void, err: (text: string) => void): void {
  const capture = (into: (text: string) => void) =>
    ((text: string, done?: () => void) => {
      into(text);
      if (typeof done === "function") done();
      return true;
    }) as never;
  vi.spyOn(process.stdout, "write").mockImplementation(capture(out));
  vi.spyOn(process.stderr, "write").mockImplementation(capture(err));
}
