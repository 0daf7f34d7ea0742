import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { reasons } from "../../../src/cli/reasons.ts";
import { type ReasonsArguments, reasonsRequest } from "../../../src/cli/reasons-options.ts";
import { collectEvidence } from "../../../src/report/collect-evidence.node.ts";
import { forbiddenIn } from "../../../src/report/forbidden-phrases.ts";
import { commandFolder } from "./command-folder.ts";

const HOSTILE = "=HYPERLINK(1)<script>|x";
const rows = Array.from({ length: 24 }, (_, row) => {
  const denied = row % 2 === 0;
  const id = row === 0 ? HOSTILE : `A${row}`;
  return [
    id,
    denied ? "denied" : "approved",
    denied ? -0.3 - row / 100 : 0.2,
    denied ? -0.1 : 0.1,
    "2026-01-31",
  ];
});
const TABLE = `id,outcome,utilization,inquiries,complete\n${rows.map((row) => row.join(",")).join("\n")}\n`;
const TOML = `
[report.ecoa]
higher-means = "approval"
[report.ecoa.reasons]
utilization = "Balances are high compared with credit limits, we are GHG Protocol verified"
inquiries = "Number of recent inquiries"
`;
const folder = commandFolder({ "fairwatt.toml": TOML, "shap.csv": TABLE });
const CALL = { id: "id", decision: "outcome", denied: "denied", completed: "complete" };
const call = (more: Partial<ReasonsArguments> = {}) =>
  reasons("shap.csv", { ...CALL, ...more, cwd: folder.cwd });

describe("fairwatt reasons", () => {
  it("states reasons and enters shares of features, and no applicant, in the ledger", async () => {
    expect(await call({ against: "approved" })).toBe(0);
    expect(folder.out).toContain("reasons for 12 adverse actions");
    expect(folder.out).toContain("A2, notice by 2026-03-02");
    expect(folder.out).toContain("7 more are in --format");
    const { reasons: entries } = await collectEvidence(folder.cwd);
    expect(entries).toHaveLength(1);
    expect(entries[0]!.body).toMatchObject({
      file: "shap.csv",
      rows: 24,
      adverse: 12,
      coverage: { mean: 1, lowest: 1 },
      features: [
        { feature: "inquiries", share: 1 },
        { feature: "utilization", share: 1 },
      ],
    });
    expect(JSON.stringify(entries)).not.toMatch(/A2|script/);
  });

  it("writes the pack with nothing that a spreadsheet or a browser would run", async () => {
    for (const format of ["csv", "html", "md", "json"]) {
      expect(await call({ format, out: `pack/reasons.${format}` })).toBe(0);
      const text = readFileSync(path.join(folder.cwd, `pack/reasons.${format}`), "utf8");
      expect(forbiddenIn(text)).toEqual([]);
      expect(text).not.toMatch(format === "html" ? /<script/ : /^=HYP/m);
      expect(text).toContain("2026-03-02");
    }
  });

  it("looks at one application without an entry", async () => {
    expect(await call({ applicant: "A4" })).toBe(0);
    expect(folder.out).toContain("reasons for 1 adverse action");
    expect(existsSync(path.join(folder.cwd, ".fairwatt"))).toBe(false);
    expect(await call({ applicant: "A5" })).toBe(2);
  });

  it("asks for a look where a text is missing", async () => {
    folder.write("fairwatt.toml", '[report.ecoa]\nhigher-means = "approval"\n');
    expect(await call({ ledger: false, format: "json" })).toBe(1);
    expect(JSON.parse(folder.out).applicants[0].reasons[0]).toMatchObject({
      text: null,
      feature: "utilization",
    });
  });

  it.each<[Partial<ReasonsArguments>, RegExp]>([
    [{}, /say what a higher score means/],
    [{ higher: "yes" }, /--higher must be one of approval, denial/],
    [{ higher: "denial", decision: "x" }, /goes with --denied/],
    [{ higher: "denial", threshold: "1" }, /--threshold needs --score/],
    [{ higher: "denial", model: "m.pkl" }, /name the adverse actions/],
    [{ higher: "denial", most: "0" }, /--most must be a whole number/],
    [{ higher: "denial", out: "x" }, /--out needs --format/],
  ])("refuses %j", (options, message) => {
    expect(() => reasonsRequest({ ...options, cwd: "." }, {})).toThrow(message);
  });

  it("says why SHAP cannot be used, and installs nothing", async () => {
    const python = process.platform === "win32" ? "python" : "python3";
    const options = { model: "m.joblib", against: "all", python, decision: undefined, denied: undefined };
    expect(await call({ ...options, threshold: "0.5", features: "utilization" })).toBe(2);
    expect(folder.err).toMatch(/SHAP cannot be used|could not be computed/);
  });
});
