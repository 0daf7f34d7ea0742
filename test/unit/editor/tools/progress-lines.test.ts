import { expect, it } from "vitest";
import { withoutProgress } from "../../../../src/editor/tools/progress-lines.ts";

it("what is said between lines of progress is kept, and the last line counts", () => {
  const text =
    "reading a: b.csv: 100,000 rows, 4 %\nfairwatt: fairwatt.toml has no such key\nreading a: b.csv: 1,200,000 rows, 34 %\nfairwatt: it cann";
  expect(withoutProgress(text)).toEqual({
    rest: "fairwatt: fairwatt.toml has no such key\nfairwatt: it cann",
    latest: "1,200,000 rows, 34 %",
  });
  expect(withoutProgress("reading t.parquet: 20 rows\n")).toEqual({ rest: "", latest: "20 rows" });
  expect(withoutProgress("fairwatt: reading t.csv: no rows\n").latest).toBeUndefined();
});

it("a line that comes in two pieces is no progress before its end", () => {
  const { rest } = withoutProgress("reading t.csv: 1,000 ro");
  expect(rest).toBe("reading t.csv: 1,000 ro");
  expect(withoutProgress(`${rest}ws, 3 %\n`)).toEqual({ rest: "", latest: "1,000 rows, 3 %" });
});
