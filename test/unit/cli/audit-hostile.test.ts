import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { audit } from "../../../src/cli/audit.ts";
import { captureOutput } from "./capture-output.ts";

let cwd: string;
let out: string;
let err: string;
const ROLES = { label: "y", prediction: "p", sensitive: "g", positive: "1", replicates: "20", ledger: false };
const run = (text: string | Buffer, options: Record<string, unknown> = {}, name = "t.csv") => {
  fs.writeFileSync(path.join(cwd, name), text);
  out = "";
  err = "";
  return audit(name, { ...ROLES, ...options, cwd });
};
const refused = async (text: string | Buffer, options?: Record<string, unknown>, name?: string) => {
  expect(await run(text, options, name)).toBe(2);
  expect(out).toBe("");
  return err;
};
const ROWS = "1,1,a\n0,0,a\n1,0,b\n0,1,b\n".repeat(20);

beforeEach(() => {
  cwd = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-cli-hostile-")));
  fs.writeFileSync(path.join(cwd, "fairwatt.toml"), "");
  captureOutput(
    (text) => (out += text),
    (text) => (err += text),
  );
});
afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(cwd, { recursive: true, force: true });
});

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
    expect(out).toContain("t.csv: 80 rows");
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
    expect(out).toContain('<th scope="row">&#39;=cmd|&#39; /C calc&#39;!A1');
    expect(out).toContain("&#39;@SUM(1)");
    expect(out).not.toMatch(/<script>alert|\u001b|\u202e/);
    expect(await run(text, { format: "md" })).toBe(0);
    expect(out).toContain("| '=cmd\\|' /C calc'!A1");
    expect(out).toContain("\\<script\\>");
    expect(out).toContain("a\\|b \\`c\\` \\[d\\](javascript:e)");
    expect(out).not.toMatch(/\u001b|\u202e/);
    expect(await run(text)).toBe(0);
    expect(out).not.toMatch(/\u001b\[31m|\u202e/);
    expect(await run(text, { format: "json" })).toBe(0);
    const names = JSON.parse(out).groupings[0].groups.map(({ name }: { name: string }) => name);
    expect(names.sort()).toEqual([...groups].sort());
  });

  it("with 10,000 groups are compared in seconds, and the terminal gets a readable part", async () => {
    const lines = Array.from(
      { length: 30_000 },
      (_, row) => `${row % 2},${(row >> 1) % 2},g${row % 10_000}\n`,
    );
    expect(await run(`y,p,g\n${lines.join("")}`)).toBe(0);
    expect(out).toContain("g has 10,000 values; put them into fewer groups");
    expect(out).toContain("and 9,960 more groups");
    expect(out.split("\n").length).toBeLessThan(400);
    expect(await run(`y,p,g\n${lines.join("")}`, { format: "json" })).toBe(0);
    expect(JSON.parse(out).protection).toMatchObject({ groups: 10_000 });
    expect(out).not.toContain('"g17"');
  }, 60_000);

  it("of two gigabytes stop at the first byte that is none of a table, and at Ctrl-C", async () => {
    const file = path.join(cwd, "big.csv");
    fs.writeFileSync(file, `y,p,g\n${ROWS}`);
    fs.truncateSync(file, 2 * 1024 ** 3);
    expect(await audit("big.csv", { ...ROLES, cwd })).toBe(2);
    expect(err).toContain("was not written to its end");
    const block = ROWS.repeat(200);
    fs.writeFileSync(path.join(cwd, "long.csv"), `y,p,g\n${block.repeat(100)}`);
    const running = audit("long.csv", { ...ROLES, cwd });
    setTimeout(() => process.emit("SIGINT"), 20);
    expect(await running).toBe(130);
    expect(err).toContain("stopped; nothing was written");
  });
});
