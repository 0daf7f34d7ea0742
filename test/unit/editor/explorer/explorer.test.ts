import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { HostMessage } from "../../../../webview/explorer/protocol.ts";
import { EMPTY_STATE } from "../../../../webview/explorer/state.ts";
import {
  type FakeWebviewPanel,
  fakeVscode,
  files,
  opened,
  panels,
  picks,
  pressed,
  registered,
  saved,
} from "../../../browser/page/fake-editor.ts";

vi.mock("vscode", async () => (await import("../../../browser/page/fake-editor.ts")).fakeVscode);

const { registerExplorer } = await import("../../../../src/editor/explorer/register.ts");

const GERMAN = fileURLToPath(new URL("../../fairness/vectors/german_credit/data.csv", import.meta.url));
const ROLES = { label: "class", score: "score", positive: "1", sensitive: ["sex"] };

/** As `fairwatt columns --json` says it. */
const COLUMNS = {
  columns: [
    { name: "sex", kind: "text", distinct: 2, values: ["female", "male"] },
    { name: "age", kind: "number", distinct: 53, values: ["19"] },
    { name: "class", kind: "number", distinct: 2, values: ["2", "1"] },
    { name: "score", kind: "number", distinct: 400, values: ["0.1"] },
    { name: "predicted_class", kind: "number", distinct: 2, values: ["1", "2"] },
  ],
  guess: {
    label: { value: "class" },
    score: { value: "score" },
    prediction: { value: "predicted_class" },
    positive: { value: "1" },
    // Taken for the weight, but it is one of the groups.
    weight: { value: "sex" },
    sensitive: [{ value: "sex" }],
  },
};

let folder: string;
let errors: string[] = [];
const remembered = new Map<string, unknown>();
const workspaceState = {
  get: (key: string, empty: unknown) => remembered.get(key) ?? empty,
  update: async (key: string, value: unknown) => void remembered.set(key, value),
};
/** Without the packages of its site: a model of plain Python, whatever this machine has installed. */
const launcher = {
  interpreterFor: async () => ({
    path: process.platform === "win32" ? "python" : "python3",
    args: ["-S"],
    source: "PATH",
  }),
};
let subscriptions: { dispose(): void }[] = [];

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "fairwatt-explorer-"));
  await build({
    entryPoints: ["src/fairness/thresholds/explorer.worker.main.ts"],
    outfile: path.join(folder, "dist/cli/explorer.worker.mjs"),
    bundle: true,
    platform: "node",
    format: "esm",
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  for (const each of subscriptions) each.dispose();
  subscriptions = [];
  panels.length = 0;
});

function register(): void {
  errors = [];
  const note = (text: string) => void errors.push(text);
  const log = {
    channel: { warn: note, error: note },
    error: ({ happened, next }: { happened: string; next: string }) => note(`${happened} ${next}`),
  };
  registerExplorer(
    { extensionUri: fakeVscode.Uri.file(folder), subscriptions, workspaceState } as never,
    { cli: path.join(folder, "no-cli.mjs"), log, launcher } as never,
  );
}

const explore = (argument: unknown) => registered.get("fairwatt.exploreThresholds")!(argument);
const ready = (panel: FakeWebviewPanel) => panel.received.fire({ type: "ready" });
/** The newest message of a type that fits, once it is there. */
function posted<T extends HostMessage["type"]>(
  panel: FakeWebviewPanel,
  type: T,
  fits: (message: Extract<HostMessage, { type: T }>) => boolean = () => true,
): Promise<Extract<HostMessage, { type: T }>> {
  return vi.waitFor(
    () => {
      const found = (panel.posted as Extract<HostMessage, { type: T }>[]).findLast(
        (message) => message.type === type && fits(message),
      );
      if (!found) throw new Error(`no ${type} among ${panel.posted.length} messages`);
      return found;
    },
    { timeout: 8_000, interval: 10 },
  );
}
const table = (panel: FakeWebviewPanel) => posted(panel, "hydrate", (message) => message.table !== null);

describe("fairwatt.exploreThresholds", () => {
  it("takes a table with its roles, as the audit's page names them, and hydrates the page with sorted counts", async () => {
    register();
    await explore({
      file: GERMAN,
      roles: { ...ROLES, prediction: "predicted_class", leaveOutIncomplete: true },
    });
    ready(panels[0]!);
    const hydrated = await table(panels[0]!);
    expect(hydrated.explored.roles).toEqual({
      ...ROLES,
      prediction: "predicted_class",
      incomplete: "leave-out",
    });
    const { cells, rows, sha256, features } = hydrated.table!;
    expect([rows, cells.length, sha256.length]).toEqual([1000, 2, 64]);
    expect(features).not.toContain("predicted_class");
    for (const { scores, weights } of cells) {
      expect([...scores]).toEqual([...scores].sort((a, b) => a - b));
      expect(weights).toBeNull();
    }
    expect(errors).toEqual([]);
  });

  it("hydrates again each time the page is shown", async () => {
    register();
    await explore({ file: GERMAN, roles: ROLES });
    const [panel] = panels as [FakeWebviewPanel];
    ready(panel);
    await table(panel);
    panel.show(false);
    const before = panel.posted.length;
    panel.received.fire({ type: "facet", feature: "housing" });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(panel.posted.length).toBe(before);
    panel.show(true);
    ready(panel);
    expect(panel.posted.slice(before)).toMatchObject([
      { type: "hydrate", table: { rows: 1000 } },
      { type: "model", model: null },
    ]);
  });

  it("shows another table in the same panel, and never what an earlier read brings", async () => {
    register();
    await explore({ file: GERMAN, roles: ROLES });
    ready(panels[0]!);
    await explore({ file: GERMAN, roles: { ...ROLES, sensitive: ["age_group"] } });
    expect(panels).toHaveLength(1);
    expect(panels[0]!.revealed).toBe(1);
    const { table: shown } = await table(panels[0]!);
    expect(shown!.attributes).toEqual(["age_group"]);
    const tables = panels[0]!.posted.filter((message) => (message as { table?: unknown }).table);
    expect(tables).toHaveLength(1);
  });

  it("says what is wrong with a table, also to a page that is made anew", async () => {
    register();
    await explore({ file: GERMAN, roles: { ...ROLES, score: "scor" } });
    ready(panels[0]!);
    expect((await posted(panels[0]!, "unusable")).text).toContain('is it "score"?');
    const before = panels[0]!.posted.length;
    ready(panels[0]!);
    expect(panels[0]!.posted.slice(before)).toMatchObject([
      { type: "hydrate", table: null },
      { type: "model" },
      { type: "unusable" },
    ]);
    expect(errors).toEqual([]);
  });

  it("answers the page, saves what it exports beside the table, and notes what is no message", async () => {
    register();
    await explore({ file: GERMAN, roles: ROLES });
    const [panel] = panels as [FakeWebviewPanel];
    ready(panel);
    await table(panel);
    const thresholds = new Float64Array(2).fill(0.5);
    const ask = { type: "nearest", ask: 7, row: 3, distance: "l2", facet: null, thresholds };
    panel.received.fire(ask);
    const { ask: answered, answer } = await posted(panel, "nearest");
    expect([answered, answer?.point.row]).toEqual([7, 3]);
    panel.received.fire({ type: "export", json: "{}\n" });
    await vi.waitFor(() => expect(saved.get(GERMAN.replace(/csv$/, "thresholds.json"))).toBe("{}\n"));
    panel.received.fire({ type: "command", command: "workbench.action.quit" });
    expect(errors).toEqual([expect.stringContaining("is no message")]);
  });

  it("asks for what is missing, first what the columns are taken for", async () => {
    register();
    fs.writeFileSync(
      path.join(folder, "no-cli.mjs"),
      `console.log(${JSON.stringify(JSON.stringify(COLUMNS))})`,
    );
    files.push(GERMAN);
    const offered: string[][] = [];
    const first = (items: readonly { label: string }[]) => {
      offered.push(items.map(({ label }) => label));
      return items[0]!;
    };
    picks.push(first, first, first, (items) => items.filter(({ picked }) => picked));
    await explore(undefined);
    ready(panels[0]!);
    expect((await table(panels[0]!)).explored).toEqual({
      file: GERMAN,
      roles: { ...ROLES, prediction: "predicted_class" },
    });
    expect(offered[0]).toEqual(["score", "age"]);
    expect(offered[2]).toEqual(["1", "2"]);
    // The person leaves: nothing happens.
    picks.push(first);
    await explore(fakeVscode.Uri.file(GERMAN));
    expect(panels).toHaveLength(1);
    expect(errors).toEqual([]);
    fs.rmSync(path.join(folder, "no-cli.mjs"));
  });

  it("says why the columns cannot be asked for, and opens nothing", async () => {
    register();
    await explore({ file: GERMAN, roles: { label: "class", sensitive: ["sex"] } });
    expect(errors).toEqual([expect.stringContaining("could not be read")]);
    expect(panels).toEqual([]);
  });

  it("asks a model of the project, in a Python that ends with the panel", async () => {
    register();
    const python = path.join(folder, "dist/data");
    fs.cpSync(path.resolve("src/python"), path.join(python, "python"), { recursive: true });
    const project = path.join(folder, "project");
    fs.mkdirSync(project, { recursive: true });
    fs.copyFileSync(GERMAN, path.join(project, "data.csv"));
    fs.writeFileSync(
      path.join(project, "scoring.py"),
      [
        "import os, time",
        "def score(rows):",
        "    open('scoring.pid', 'w').write(str(os.getpid()))",
        "    while any(row['housing'] == 'for ever' for row in rows): pass",
        "    return [row['credit_amount'] / 20000 for row in rows]",
      ].join("\n"),
    );
    fs.writeFileSync(
      path.join(project, "fairwatt.toml"),
      '[audit.tables."data.csv"]\nmodel = "scoring:score"\n',
    );
    opened.folder = project;
    await explore({ file: path.join(project, "data.csv"), roles: ROLES });
    const [panel] = panels as [FakeWebviewPanel];
    ready(panel);
    await table(panel);
    pressed.push("Run It");
    panel.received.fire({ type: "model", action: "load" });
    const { model } = await posted(panel, "model", (message) => message.model?.loaded !== null);
    expect(model).toMatchObject({ name: "scoring:score", from: "from fairwatt.toml", problem: "" });
    expect(model!.loaded).toMatchObject({ what: "function", source: "PATH", agreement: { rows: 200 } });
    const ask = (id: number, question: unknown) => panel.received.fire({ type: "ask", ask: id, question });
    ask(1, { kind: "predict", row: 0, changes: [["credit_amount", "2000"]] });
    const answered = await posted(panel, "answer", (message) => message.ask === 1);
    expect(answered.answer).toEqual({ before: 1169 / 20000, after: 0.1 });
    ask(2, { kind: "dependence", feature: "credit_amount", most: 50, row: null });
    const dependence = await posted(panel, "answer", (message) => message.ask === 2);
    expect(dependence.answer).toMatchObject({ sampled: 50, rows: 1000, isNumber: true });
    ask(3, { kind: "predict", row: 0, changes: [["housing", "for ever"]] });
    const pid = Number(fs.readFileSync(path.join(project, "scoring.pid"), "utf8"));
    panel.dispose();
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow(), { timeout: 15_000 });
    expect(errors).toEqual([]);
    opened.folder = undefined;
  });

  it("comes back after a reload of the window with the table that its page kept", async () => {
    register();
    const serializer = registered.get("serializer")!() as {
      deserializeWebviewPanel(panel: unknown, state: unknown): Promise<void>;
    };
    const panel = fakeVscode.window.createWebviewPanel();
    const explored = { file: GERMAN, roles: ROLES };
    await serializer.deserializeWebviewPanel(panel, { ...EMPTY_STATE, explored });
    ready(panel);
    expect((await table(panel)).explored).toEqual(explored);
    const other = fakeVscode.window.createWebviewPanel();
    let disposed = false;
    other.onDidDispose(() => {
      disposed = true;
    });
    await serializer.deserializeWebviewPanel(other, { v: 0 });
    expect(disposed).toBe(true);
  });
});
