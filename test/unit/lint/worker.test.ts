import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LintPool } from "../../../src/lint/pool.node.ts";
import { createReaders } from "../../../src/lint/readers.node.ts";
import { LintWorker } from "../../../src/lint/worker-client.node.ts";
import { createService, type Handlers } from "../../../src/lint/worker-service.node.ts";

const TRAINS = `import pandas as pd
from sklearn.linear_model import LogisticRegression

df = pd.read_csv("german_credit.csv")
model = LogisticRegression().fit(df[["age", "sex"]], df["loan_status"])
y_pred = model.predict(df[["age", "sex"]])
`;
const CHECKS = `from fairlearn.metrics import MetricFrame

def by_group(y_true, y_pred, groups, metric):
    return MetricFrame(metrics=metric, y_true=y_true, y_pred=y_pred, sensitive_features=groups)
`;
/** Answers what it is asked; "page" fails, "rules" ends it. */
const ECHO = `import { parentPort } from "node:worker_threads";
parentPort.on("message", ({ id, kind, ask }) => {
  if (kind === "rules") process.exit(3);
  parentPort.postMessage(kind === "page" ? { id, error: "no page" } : { id, answer: ask });
});
`;

let folder: string;
const write = (name: string, text: string) => fs.writeFileSync(path.join(folder, name), text);
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-worker-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

describe("the service", async () => {
  const service = createService(await createReaders());
  const root = "file:///project";
  const document = (text: string, version = 1) => ({
    uri: "file:///project/train.py",
    version,
    path: "train.py",
    text,
    root,
  });
  const codes = async (text: string) => {
    const report = await service.document({ document: document(text), selection: {} });
    return report.findings.map(({ rule }) => rule);
  };

  it("lints a document as it is written, with what its folder says", async () => {
    write("train.py", TRAINS);
    write("README.md", "# x\n");
    expect(await service.index({ root, folder })).toEqual({ files: 2, news: true });
    expect(await codes(TRAINS)).toContain("FW101");
    expect(await codes(TRAINS.replace("LogisticRegression().fit", "print"))).not.toContain("FW101");
    expect(await codes(TRAINS)).toContain("FW101");

    write("evaluate.py", CHECKS);
    expect(await service.changed({ root, folder, files: [{ path: "evaluate.py" }] })).toBe(true);
    expect(await service.changed({ root, folder, files: [{ path: "evaluate.py" }] })).toBe(false);
    expect(await codes(TRAINS)).not.toContain("FW101");
    fs.rmSync(path.join(folder, "evaluate.py"));
    expect(await service.changed({ root, folder, files: [{ path: "evaluate.py" }] })).toBe(true);
    expect(await codes(TRAINS)).toContain("FW101");
    await service.close({ uri: "file:///project/train.py" });
  });

  it("knows what the folder's documents say, and that they changed", async () => {
    const ask = { root: "file:///documents", folder };
    const saves = `${TRAINS}import joblib\njoblib.dump(model, "model.joblib")\n`;
    const found = async () => {
      const asked = { document: { ...document(saves), root: ask.root }, selection: { select: ["FW401"] } };
      return (await service.document(asked)).findings.map(({ rule }) => rule);
    };
    write("train.py", saves);
    write("README.md", "# Credit\n");
    await service.index(ask);
    expect(await found()).toEqual(["FW401"]);
    const readme = { ...ask, files: [{ path: "README.md" }] };
    expect(await service.changed(readme)).toBe(false);
    write("README.md", "# Credit\n\n## The model\n\nA logistic regression.\n");
    expect(await service.changed(readme)).toBe(true);
    expect(await found()).toEqual([]);
    fs.rmSync(path.join(folder, "README.md"));
    expect(await service.changed({ ...ask, files: [{ path: "README.md", text: null }] })).toBe(true);
    expect(await found()).toEqual(["FW401"]);
  });

  it("learns what changed since when it looks a folder over again", async () => {
    const ask = { root: "file:///again", folder };
    const codesThere = async () => {
      const asked = { document: { ...document(TRAINS), root: ask.root }, selection: {} };
      return (await service.document(asked)).findings.map(({ rule }) => rule);
    };
    write("train.py", TRAINS);
    await service.index(ask);
    expect(await service.index(ask)).toEqual({ files: 1, news: false });
    expect(await codesThere()).toContain("FW101");
    write("evaluate.py", CHECKS);
    expect(await service.index(ask)).toEqual({ files: 2, news: true });
    expect(await codesThere()).not.toContain("FW101");
    fs.rmSync(path.join(folder, "evaluate.py"));
    expect(await service.index(ask)).toEqual({ files: 1, news: true });
    expect(await codesThere()).toContain("FW101");
  });

  it("forgets a folder that left the workspace, and reads it as new when it is back", async () => {
    const ask = { root: "file:///left", folder };
    const codesThere = async () => {
      const asked = { document: { ...document(TRAINS), root: ask.root }, selection: {} };
      return (await service.document(asked)).findings.map(({ rule }) => rule);
    };
    write("train.py", TRAINS);
    write("evaluate.py", CHECKS);
    await service.index(ask);
    expect(await codesThere()).not.toContain("FW101");
    await service.forget(ask);
    expect(await codesThere()).toContain("FW101");
    expect(await service.index(ask)).toEqual({ files: 2, news: true });
    expect(await codesThere()).not.toContain("FW101");
  });

  it("lints a document after edits of the text that it has, and of no other", async () => {
    const uri = "file:///project/edited.py";
    const edits = (since: number, text: string) => ({
      since,
      version: since + 1,
      length: TRAINS.length + text.length,
      changes: [{ offset: TRAINS.length, length: 0, text }],
    });
    const ask = (since: number, text: string) =>
      service.edited({ uri, edits: edits(since, text), selection: {} });
    expect(await ask(1, "")).toBeUndefined();
    const whole = await service.document({ document: { ...document(TRAINS), uri }, selection: {} });
    expect(whole.findings.map(({ rule }) => rule)).toContain("FW101");
    expect(await ask(7, "")).toBeUndefined();
    const report = (await ask(1, "# fairwatt: ignore-file[FW101] looked at elsewhere\n"))!;
    expect(report.version).toBe(2);
    expect(report.findings.map(({ rule }) => rule)).not.toContain("FW101");
    expect(report.suppressed.map(({ rule }) => rule)).toContain("FW101");
    await service.close({ uri });
    expect(await ask(2, "")).toBeUndefined();
  });

  it("learns files that are on no disk from their texts", async () => {
    const files = [{ path: "evaluate.py", text: CHECKS }];
    expect(await service.changed({ root: "vfs:/p", files })).toBe(true);
    const asked = { document: { ...document(TRAINS), root: "vfs:/p" }, selection: {} };
    expect((await service.document(asked)).findings.map(({ rule }) => rule)).not.toContain("FW101");
    expect(await service.changed({ root: "vfs:/p", files: [{ path: "evaluate.py", text: null }] })).toBe(
      true,
    );
    expect((await service.document(asked)).findings.map(({ rule }) => rule)).toContain("FW101");
  });

  it("lints all files of a folder, from the disk or from the texts that were sent", async () => {
    const root = "vfs:/all";
    const files = [
      { path: "sub/train.py", text: TRAINS },
      { path: "gone.py", text: null },
    ];
    const found = await service.workspace({ root, files, selection: {} });
    expect(found.map(({ path }) => path)).toEqual(["sub/train.py"]);
    expect(found[0]!.report.findings.map(({ rule }) => rule)).toContain("FW101");
    expect(
      await service.workspace({ root, folder: "/nowhere", files: [{ path: "a.py" }], selection: {} }),
    ).toEqual([]);
  });

  it("places findings, fixes and the silencing comment by line", async () => {
    const report = await service.document({ document: document(TRAINS, 7), selection: {} });
    const finding = report.findings.find(({ rule }) => rule === "FW101")!;
    expect(report.version).toBe(7);
    expect(finding.at.line).toBe(4);
    expect(finding.suppress?.at).toMatchObject({ line: 4, column: 0, endLine: 4, endColumn: 0 });
    expect(finding.suppress?.newText).toBe("# fairwatt: ignore[FW101] \n");
    expect(finding.fixes[0]!.edits.length + Number(finding.fixes[0]!.newCell !== undefined)).toBeGreaterThan(
      0,
    );
  });

  it("has pages and the list", async () => {
    expect(await service.page({ code: "fw101" })).toMatch(/^# missing-fairness-check/);
    expect(await service.page({ code: "FW999" })).toBeUndefined();
    expect((await service.rules({})).length).toBeGreaterThan(10);
  });
});

describe("the worker's client", () => {
  it("answers, rejects, and starts again after an end", async () => {
    write("echo.mjs", ECHO);
    const ends: string[] = [];
    const worker = new LintWorker(path.join(folder, "echo.mjs"), (why) => ends.push(why));
    try {
      expect(await worker.ask("discover", { folder: "a" })).toEqual({ folder: "a" });
      await expect(worker.ask("page", { code: "x" })).rejects.toThrow("no page");
      await expect(worker.ask("rules", {})).rejects.toThrow("the linter's worker ended (exit code 3)");
      expect(ends).toHaveLength(1);
      expect(await worker.ask("close", { uri: "b" })).toEqual({ uri: "b" });
    } finally {
      await worker.dispose();
    }
    await expect(worker.ask("rules", {})).rejects.toThrow("stopped");
  });

  it("a pool answers in order", async () => {
    write("echo.mjs", ECHO);
    const own = { discover: (ask: unknown) => ask } as unknown as Handlers;
    const pool = new LintPool(path.join(folder, "echo.mjs"), 2, () => Promise.resolve(own));
    try {
      const asks = Array.from({ length: 17 }, (_, index) => ({ folder: String(index) }));
      expect(await pool.all("discover", asks)).toEqual(asks);
      expect(pool.batches(asks).flat()).toEqual(asks);
      expect(pool.batches([])).toEqual([]);
    } finally {
      await pool.dispose();
    }
  });
});
