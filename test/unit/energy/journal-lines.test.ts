import { describe, expect, it } from "vitest";
import { JournalLines } from "../../../src/energy/journal-lines.ts";

const bytesOf = (text: string) => Buffer.byteLength(text);

/** Lines of which the disk took so many bytes at each try, until all are out: what is in the file. */
function written(lines: readonly string[], ...takes: number[]): string {
  const waiting = new JournalLines();
  for (const line of lines) waiting.add(line);
  let file = "";
  while (!waiting.empty) {
    const text = waiting.text();
    const taken = Math.min(takes.shift() ?? Number.POSITIVE_INFINITY, bytesOf(text));
    file += Buffer.from(text).subarray(0, taken).toString("latin1");
    expect(waiting.wrote(text, taken)).toBe(taken === bytesOf(text));
  }
  return Buffer.from(file, "latin1").toString("utf8");
}

describe("lines of a journal on a disk that takes a part of them", () => {
  const lines = ['{"name":"träining"}\n', '{"b":2}\n', '{"c":3}\n'];

  it.each([0, 1, 11, 18, 19, 20, 21, 24, 28, 29, 36, 37])(
    "are each there whole after a write of %i bytes",
    (bytes) => {
      const file = written(lines, bytes, 0, 3);
      for (const line of lines)
        expect(file.split("\n").filter((found) => `${found}\n` === line)).toHaveLength(1);
    },
  );

  it("are written in one piece where it takes all", () => {
    expect(written(lines)).toBe(lines.join(""));
  });

  it("that come while others are being written wait for the next time", () => {
    const waiting = new JournalLines();
    waiting.add("a\n");
    const text = waiting.text();
    waiting.add("b\n");
    expect(waiting.wrote(text, 2)).toBe(true);
    expect(waiting.text()).toBe("b\n");
  });
});
