import { describe, expect, it } from "vitest";
import { lines, pattern } from "../../../src/lint/pattern.ts";

describe("patterns over several lines", () => {
  it("leave out line breaks and the spaces beside them, and nothing else", () => {
    expect(lines`
      loan (?:risk|
        status)|
      credit
    `).toBe("loan (?:risk|status)|credit");
  });

  it("take backslashes as they stand, and flags", () => {
    const found = pattern("i")`
      ^(?:
        \w+_id|
        a\/b\n
      )$
    `;
    expect(found).toEqual(/^(?:\w+_id|a\/b\n)$/i);
    expect(found.test("LOAN_ID")).toBe(true);
    expect(pattern()`x|y`).toEqual(/x|y/);
  });
});
