import { describe, expect, it } from "vitest";
import { DEFAULT_GATE } from "../../../../src/config/gate-settings.ts";
import { type GateInput, runGate } from "../../../../src/report/gate/gate.ts";
import { gateSarif } from "../../../../src/report/gate/gate-sarif.ts";
import { gateLines, gateMarkdown } from "../../../../src/report/gate/gate-text.ts";
import { runBody } from "../../ledger/fixtures.ts";
import { sarifProblems } from "../../sarif-schema.ts";

const NOW = Date.parse("2026-11-22T10:00:00Z");
const SHA = "a".repeat(64);
let place = 0;
const entry = (type: string, body: object, time = "2026-11-20T10:00:00.000Z") => ({
  hash: String(place++).padStart(64, "0"),
  envelope: { v: 1, type, time, parents: [], body } as never,
});
const trained = (run = "R", sha256 = SHA) =>
  entry("run", runBody(run, { artefacts: [{ path: "m.joblib", bytes: 1, sha256 }] }));
const limit = (broken: boolean) => ({
  limit: "equalized_odds",
  by: ["sex"],
  broken,
  finding: "0.14 is above 0.10",
});
const audited = ({ run = "R", broken = false, time = "2026-11-21T10:00:00.000Z", file = "p.csv" } = {}) =>
  entry("audit", { run, file, sha256: SHA, limits: [limit(broken)], columns: { sensitive: ["sex"] } }, time);
const takenBack = ({ hash }: { hash: string }) => entry("correction", { corrects: hash, reason: "x" });
const input = (more: Partial<GateInput> = {}): GateInput => ({
  settings: DEFAULT_GATE,
  settingsProblems: [],
  entries: [],
  ledgerProblems: [],
  files: new Map([["p.csv", SHA]]),
  limits: new Map(),
  lint: [],
  now: NOW,
  ...more,
});
const found = (more: Partial<GateInput>) =>
  runGate(input(more)).findings.map(({ check, level }) => `${level} ${check}`);

describe("runGate", () => {
  it("is open for a model with an audit that is of now and breaks nothing", () => {
    expect(runGate(input({ entries: [trained(), audited()] }))).toEqual({ findings: [], passes: true });
  });

  it("notes that there is no model, and is open", () => {
    expect(found({})).toEqual(["note audit-missing"]);
    expect(runGate(input()).passes).toBe(true);
  });

  it("is closed for a model without an audit, or whose audit was taken back", () => {
    const audit = audited();
    expect(found({ entries: [trained()] })).toEqual(["error audit-missing"]);
    expect(found({ entries: [trained(), audit, takenBack(audit)] })).toEqual(["error audit-missing"]);
    expect(found({ entries: [trained()], settings: { ...DEFAULT_GATE, audit: false } })).toEqual([]);
  });

  it("asks for the newest model of a path only", () => {
    const newer = trained("S", "b".repeat(64));
    expect(found({ entries: [trained(), newer, audited({ run: "S" })] })).toEqual([]);
    expect(found({ entries: [trained(), audited(), newer] })).toEqual(["error audit-missing"]);
  });

  it("is closed by a limit that the newest audit of a table breaks", () => {
    expect(found({ entries: [trained(), audited({ broken: true })] })).toEqual(["error limit-broken"]);
    expect(found({ entries: [trained(), audited({ broken: true }), audited()] })).toEqual([]);
    const other = audited({ broken: true, file: "q.csv" });
    expect(found({ entries: [trained(), other, audited()] })).toEqual(["error limit-broken"]);
  });

  it("is closed by an audit that is too old, or of a table that has changed; notes a table that is gone", () => {
    const entries = [trained(), audited({ time: "2026-01-01T00:00:00.000Z" })];
    expect(found({ entries })).toEqual(["error audit-stale"]);
    expect(found({ entries, settings: { ...DEFAULT_GATE, "max-age-days": 400 } })).toEqual([]);
    const now = [trained(), audited()];
    expect(found({ entries: now, files: new Map([["p.csv", "b".repeat(64)]]) })).toEqual([
      "error audit-stale",
    ]);
    expect(found({ entries: now, files: new Map([["p.csv", null]]) })).toEqual(["note audit-stale"]);
  });

  it("is closed by an audit that was not held against a limit of now", () => {
    const entries = [trained(), audited()];
    const asked = (...limits: string[]) => found({ entries, limits: new Map([["p.csv", limits]]) });
    expect(asked("equalized_odds")).toEqual([]);
    expect(asked("equalized_odds", "four_fifths")).toEqual(["error audit-stale"]);
    expect(asked("equalized_odds <= 0.01")).toEqual(["error audit-stale"]);
  });

  it("is closed by a changed ledger", () => {
    expect(found({ ledgerProblems: ["entry x was changed"], entries: [trained(), audited()] })).toEqual([
      "error ledger-changed",
    ]);
  });

  it("is closed by a budget that is passed, and notes one that may be", () => {
    const used = { value: 6000, low: 5500, high: 7000, unit: "gCO2e" as const, method: "measured" as const };
    const line = {
      what: "CO2e" as const,
      limit: 5000,
      limitBasis: "kgco2e under [budget]",
      used: { ...used, instrument: "", covers: [], basis: "" },
      left: -1000,
    };
    const period = { kind: "month" as const, name: "2026-11", from: 0, to: 1 };
    const budget = (state: "passed" | "may" | "within") => ({
      period,
      lines: [{ ...line, state }],
      burnDown: [],
      notices: [],
    });
    const entries = [trained(), audited()];
    expect(found({ entries, budget: budget("passed") })).toEqual(["error budget-passed"]);
    expect(found({ entries, budget: budget("may") })).toEqual(["note budget-passed"]);
    expect(found({ entries, budget: budget("within") })).toEqual([]);
    const settings = { ...DEFAULT_GATE, budget: false };
    expect(found({ entries, settings, budget: budget("passed") })).toEqual([]);
    const [finding] = runGate(input({ entries, budget: budget("passed") })).findings;
    expect(finding!.message).toBe("The budget of 2026-11 is passed: CO2e 6.0 kg (5.5 to 7.0 kg) of 5.00 kg.");
  });

  it.each([
    ["error", ["error lint"]],
    ["warning", ["error lint", "error lint"]],
    ["off", []],
  ] as const)("lets lint stop from the severity that is set: %s", (severity, expected) => {
    const finding = { rule: "FW101", message: "m", file: "a.py", line: 3 };
    const lint = [
      { ...finding, severity: "error" as const },
      { ...finding, severity: "warning" as const },
    ];
    const settings = { ...DEFAULT_GATE, lint: severity };
    expect(found({ lint, settings, entries: [trained(), audited()] })).toEqual(expected);
  });
});

describe("what the gate says", () => {
  const hostile = "a|b<script>.csv";
  const result = runGate(
    input({
      entries: [trained(), audited({ broken: true, file: hostile })],
      files: new Map(),
      lint: [{ rule: "FW101", severity: "error", message: "no check", file: "src/train.py", line: 7 }],
    }),
  );

  it("as text: what stops, what to do, the verdict last", () => {
    const lines = gateLines(result);
    expect(lines[0]).toMatch(/^stops {2}a\|b<script>\.csv: .* is broken: 0\.14 is above 0\.10/);
    expect(lines).toContain("stops  src/train.py:7: FW101: no check");
    expect(lines.at(-1)).toBe("The gate is closed: 2 things do not hold.");
  });

  it("as Markdown, in which names are text", () => {
    const text = gateMarkdown(result);
    expect(text).toContain("## Fairwatt: the gate is closed");
    expect(text).toContain("| No fairness limit is broken | 1 finding |");
    expect(text).toContain("a\\|b\\<script\\>");
    expect(text).not.toContain("<script>");
  });

  it("as SARIF: a rule for each check, a place for each finding", () => {
    const log = gateSarif(result, "0.1.0", "fairwatt.toml");
    expect(sarifProblems(log)).toEqual([]);
    expect(sarifProblems({ ...log, version: "2.0.0" })).not.toEqual([]);
    const { runs } = log;
    expect(runs[0]!.results.map(({ ruleId, ruleIndex }) => [ruleId, ruleIndex])).toEqual([
      ["limit-broken", 3],
      ["lint", 6],
    ]);
    expect(runs[0]!.results[1]!.locations[0]!.physicalLocation).toEqual({
      artifactLocation: { uri: "src/train.py" },
      region: { startLine: 7 },
    });
  });
});
