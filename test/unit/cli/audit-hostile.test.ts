import * as fs from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { audit } from "../../../src/cli/audit.ts";
import { commandFolder } from "./command-folder.ts";

const ROLES = { label: "y", prediction: "p", sensitive: "g", positive: "1", replicates: "20", ledger: false };
const here = commandFolder();
const run = (text: string | Buffer, options: Record<string, unknown> = {}, name = "t.csv") => {
  here.write(name, text);
  here.clear();
  return audit(name, { ...ROLES, ...options, cwd: here.cwd });
};
const refused = async (text: string | Buffer, options?: Record<string, unknown>, name?: string) => {
  expect(await run(text, options, name)).toBe(2);
  expect(here.out).toBe("");
  return here.err;
};
const ROWS = "1,1,a\n0,0,a\n1,0,b\n0,1,b\n".repeat(20);

describe("hostile tables", () => {
  it("are refused with what is wrong, where, and what to do", async () => {
    expect(await refused("1,1,a\n0,0,b\n")).toContain("its first line looks like data");
    expect(await refused(`y,p,g,g\n${"1,1,a,b\n".repeat(9)}`)).toContain('two columns are named "g"');
    expect(await refused(`y,p,g\n${ROWS}1,1\n`)).toContain("line 82: it has 2 cells");
    expect(await refused(`y,p,g\n${ROWS}yes,1,a\n`)).toContain('"yes" first in column y, line 82');
    expect(await refused(`y,p,g\n${ROWS}1,"1,a\n`)).toContain("opens a quote that never closes");
    expect(await refused(Buffer.from(`y,p,g\n${ROWS}1,1,\0\n`))).toContain("has a zero byte at");
    expect(await refused(Buffer.from(`y,p,g\n${ROWS}`, "utf16le"))).toContain("zero byte");
    expect(
      await refused(Buffer.concat([Buffer.from(`y,p,g\n${ROWS}1,1,`), Buffer.from([0xe9, 10])])),
    ).toContain("is not UTF-8 text");
    expect(await refused("")).toContain("is empty");
    expect(await refused("y,p,g\n")).toContain("has columns but no rows");
    expect(await refused("PK\u0003\u0004", {}, "t.xlsx")).toContain("save the sheet as CSV");
    expect(await refused('{"y": 1, "p": 1, "g": {"deep": 1}}\n', {}, "t.jsonl")).toContain(
      "g holds an object",
    );
  });

  it("with CRLF, a byte order mark and empty lines are read as they are meant", async () => {
    expect(await run(`\uFEFFy,p,g\r\n${ROWS.replaceAll("\n", "\r\n")}\r\n`)).toBe(0);
    expect(here.out).toContain("t.csv: 80 rows");
  });

  it("with formulas, markup and control characters in cells give exports in which they are text", async () => {
    const groups = [
      "=cmd|' /C calc'!A1",
      "@SUM(1)",
      "-2+3",
      "<script>alert(1)</script>",
      "a|b `c` [d](javascript:e)",
      "\u001b[31mred\u202e",
    ];
    const text = `y,p,g\n${groups.flatMap((group) => ["1,1", "0,0", "1,0"].map((cells) => `${cells},"${group}"\n`.repeat(12))).join("")}`;
    expect(await run(text, { format: "html" })).toBe(0);
    expect(here.out).toContain('<th scope="row">&#39;=cmd|&#39; /C calc&#39;!A1');
    expect(here.out).toContain("&#39;@SUM(1)");
    expect(here.out).not.toMatch(/<script>alert|\u001b|\u202e/);
    expect(await run(text, { format: "md" })).toBe(0);
    expect(here.out).toContain("| '=cmd\\|' /C calc'!A1");
    expect(here.out).toContain("\\<script\\>");
    expect(here.out).toContain("a\\|b \\`c\\` \\[d\\](javascript:e)");
    expect(here.out).not.toMatch(/\u001b|\u202e/);
    expect(await run(text)).toBe(0);
    expect(here.out).not.toMatch(/\u001b\[31m|\u202e/);
    expect(await run(text, { format: "json" })).toBe(0);
    const names = JSON.parse(here.out).groupings[0].groups.map(({ name }: { name: string }) => name);
    expect(names.sort()).toEqual([...groups].sort());
  });

  it("with 10,000 groups are compared in seconds, and the terminal gets a readable part", async () => {
    const lines = Array.from(
      { length: 30_000 },
      (_, row) => `${row % 2},${(row >> 1) % 2},g${row % 10_000}\n`,
    );
    expect(await run(`y,p,g\n${lines.join("")}`)).toBe(0);
    expect(here.out).toContain("g has 10,000 values; put them into fewer groups");
    expect(here.out).toContain("and 9,960 more groups");
    expect(here.out.split("\n").length).toBeLessThan(400);
    expect(await run(`y,p,g\n${lines.join("")}`, { format: "json" })).toBe(0);
    expect(JSON.parse(here.out).protection).toMatchObject({ groups: 10_000 });
    expect(here.out).not.toContain('"g17"');
  }, 60_000);

  it("of two gigabytes stop at the first byte that is none of a table, and at Ctrl-C", async () => {
    const file = path.join(here.cwd, "big.csv");
    fs.writeFileSync(file, `y,p,g\n${ROWS}`);
    fs.truncateSync(file, 2 * 1024 ** 3);
    expect(await audit("big.csv", { ...ROLES, cwd: here.cwd })).toBe(2);
    expect(here.err).toContain("was not written to its end");
    const block = ROWS.repeat(200);
    fs.writeFileSync(path.join(here.cwd, "long.csv"), `y,p,g\n${block.repeat(100)}`);
    const running = audit("long.csv", { ...ROLES, cwd: here.cwd });
    setTimeout(() => process.emit("SIGINT"), 20);
    expect(await running).toBe(130);
    expect(here.err).toContain("stopped; nothing was written");
  });
});
