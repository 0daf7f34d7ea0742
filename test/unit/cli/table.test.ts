import { afterEach, describe, expect, it, vi } from "vitest";
import { printable } from "../../../src/cli/printable.ts";
import { formatTable, hasColour } from "../../../src/cli/table.ts";

describe("formatTable", () => {
  it("aligns by terminal columns, numbers to the right", () => {
    const lines = formatTable(
      [{ title: "name" }, { title: "energy", align: "right" }, { title: "end" }],
      [
        ["日本", "1 Wh", "x"],
        ["credit", "12.5 Wh", "yy"],
      ],
    );
    expect(lines).toEqual(["name     energy  end", "日本       1 Wh  x", "credit  12.5 Wh  yy"]);
  });

  it("shows control characters of a name instead of obeying them", () => {
    const [, line] = formatTable([{ title: "name" }], [["a\x1b[31m\nb\u202ec"]]);
    expect(line).toBe("a\\u001b[31m\\u000ab\\u202ec");
  });
});

describe("colour", () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each([
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, true, false],
    [{ FORCE_COLOR: "1" }, false, true],
    [{ FORCE_COLOR: "0" }, false, false],
    [{}, true, true],
    [{}, false, false],
    [{ TERM: "dumb" }, true, false],
  ])("with %o on a terminal %s: %s", (env, isTty, expected) => {
    expect(hasColour(env, isTty)).toBe(expected);
  });

  it("leaves what is printable as it is", () => {
    expect(printable("≈13 Wh (Österreich) 👩‍🔬")).toBe("≈13 Wh (Österreich) 👩‍🔬");
  });
});
