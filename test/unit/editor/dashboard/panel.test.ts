import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeStore } from "../../../browser/dashboard/fake-store.ts";
import {
  finishedRun,
  history,
  interruptedRun,
  liveRun,
  type MadeRun,
} from "../../../browser/dashboard/runs.ts";
import {
  clipboard,
  executed,
  type FakeWebviewPanel,
  fakeVscode,
  panels,
  registered,
  shownErrors,
  trust,
} from "../../../browser/page/fake-editor.ts";

vi.mock("vscode", async () => (await import("../../../browser/page/fake-editor.ts")).fakeVscode);

const { registerDashboard, runIdOf } = await import("../../../../src/editor/dashboard/register.ts");

type Message = { type: string } & Record<string, never>;
let registration: { dispose(): void } | undefined;
let warnings: string[];

function register(store: FakeStore): void {
  warnings = [];
  const context = { extensionUri: fakeVscode.Uri.file("/extension") };
  registration = registerDashboard(context as never, {
    store,
    log: { warn: (text: string) => void warnings.push(text) },
  });
}

function openPanel(target?: unknown): FakeWebviewPanel {
  registered.get("fairwatt.openDashboard")!(target);
  return panels.at(-1)!;
}

const ready = (panel: FakeWebviewPanel, selected: string | null = null) =>
  panel.received.fire({ type: "ready", selected, compared: null });
/** Everything the panel does is promises and turns of the event loop: enough of them, and it is done. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 40; turn++) await new Promise(setImmediate);
}
const types = (panel: FakeWebviewPanel) => panel.posted.map((message) => (message as Message).type);
const last = (panel: FakeWebviewPanel, type: string) =>
  panel.posted.findLast((message) => (message as Message).type === type) as never as {
    detail: { id: string; notices: string[] } | null;
    runs: { ledger: string | null }[];
    total: number;
    upsert: { id: string }[];
    removed: string[];
  };

beforeEach(() => {
  for (const list of [panels, executed, clipboard, shownErrors]) list.length = 0;
});
afterEach(() => {
  registration?.dispose();
  registration = undefined;
});

describe("the dashboard's command", () => {
  it("takes an id, a run, or a tree item", () => {
    expect(["A", { id: "B" }, { run: { id: "C" } }, { run: "D" }, undefined, 7, {}].map(runIdOf)).toEqual([
      "A",
      "B",
      "C",
      "D",
      null,
      null,
      null,
    ]);
  });

  it("opens one panel, and brings it to the front the next time", async () => {
    register(new FakeStore([liveRun(), interruptedRun()]));
    const panel = openPanel();
    ready(panel);
    await settle();
    expect(last(panel, "hydrate").detail?.id).toBe(liveRun().summary.id);
    openPanel({ run: interruptedRun().summary });
    await settle();
    expect([panels.length, panel.revealed]).toEqual([1, 1]);
    expect(last(panel, "hydrate").detail?.id).toBe(interruptedRun().summary.id);
    panel.dispose();
    openPanel();
    expect(panels.length).toBe(2);
  });

  it("comes back after a window reload with what the page had kept", async () => {
    register(new FakeStore([liveRun(), interruptedRun()]));
    const panel = openPanel();
    panel.dispose();
    const serializer = registered.get("serializer")!() as {
      deserializeWebviewPanel(panel: unknown): Promise<void>;
    };
    await serializer.deserializeWebviewPanel(panel);
    panel.posted.length = 0;
    ready(panel, interruptedRun().summary.id);
    await settle();
    expect(last(panel, "hydrate").detail?.id).toBe(interruptedRun().summary.id);
    panel.dispose();
  });
});

describe("what the panel sends", () => {
  it("nothing before the page is ready, then all of it, a long history in pieces", async () => {
    const store = new FakeStore(history(120));
    register(store);
    const panel = openPanel();
    store.put(liveRun());
    await settle();
    expect(panel.posted).toEqual([]);
    ready(panel);
    await settle();
    expect(types(panel).sort()).toEqual(["hydrate", "runs", "runs", "series"]);
    expect([last(panel, "hydrate").runs.length, last(panel, "hydrate").total]).toEqual([50, 121]);
  });

  it("deltas while it is seen, nothing while it is not, all again when it shows", async () => {
    const store = new FakeStore([liveRun()]);
    register(store);
    const panel = openPanel();
    ready(panel);
    await settle();
    panel.posted.length = 0;
    store.put(liveRun());
    await settle();
    expect(types(panel)).toEqual(["runs", "detail"]);
    panel.show(false);
    panel.posted.length = 0;
    const reads = store.seriesReads;
    store.put(liveRun());
    store.put(finishedRun());
    await settle();
    expect([panel.posted.length, store.seriesReads]).toEqual([0, reads]);
    panel.show(true);
    await settle();
    expect(types(panel)).toEqual([]);
    ready(panel);
    await settle();
    expect(types(panel)).toEqual(["hydrate", "series"]);
  });

  it("follows a newly started run until the person chooses one", async () => {
    const store = new FakeStore([finishedRun(), interruptedRun()]);
    register(store);
    const panel = openPanel();
    ready(panel);
    await settle();
    store.put(liveRun());
    await settle();
    expect(last(panel, "detail").detail?.id).toBe(liveRun().summary.id);
    panel.received.fire({ type: "select", run: finishedRun().summary.id });
    const another: MadeRun = liveRun();
    another.summary.id = "01JD7QLIVE0000000000000001";
    store.put(another);
    await settle();
    expect(last(panel, "detail").detail?.id).toBe(finishedRun().summary.id);
  });

  it("removes a run, and shows another in its place", async () => {
    const store = new FakeStore([finishedRun(), interruptedRun()]);
    register(store);
    const panel = openPanel(finishedRun().summary.id);
    ready(panel);
    await settle();
    store.remove(finishedRun().summary.id);
    await settle();
    expect(last(panel, "runs").removed).toEqual([finishedRun().summary.id]);
    expect(last(panel, "detail").detail?.id).toBe(interruptedRun().summary.id);
  });

  it("keeps the figures and says why when the points cannot be read", async () => {
    const store = new FakeStore([finishedRun()]);
    store.series = () => Promise.reject(new Error("EIO: i/o error"));
    register(store);
    const panel = openPanel();
    ready(panel);
    await settle();
    expect(last(panel, "detail").detail?.notices).toEqual([
      "The charts' points could not be read: EIO: i/o error. The figures are kept.",
    ]);
    expect(warnings[0]).toContain("EIO");
  });

  it("marks a run that has its entry in the ledger", async () => {
    const directory = mkdtempSync(path.join(tmpdir(), "fairwatt-dashboard-"));
    const { summary } = finishedRun();
    writeFileSync(path.join(directory, "summary.json"), JSON.stringify({ ...summary, entry: "cafe0123" }));
    const store = new FakeStore([finishedRun()]);
    store.directory = () => directory as never;
    register(store);
    const panel = openPanel();
    ready(panel);
    await settle();
    expect(last(panel, "hydrate").runs[0]?.ledger).toBe("cafe0123");
    rmSync(directory, { recursive: true });
  });
});

describe("what the page may ask for", () => {
  it("commands by name with the run, the clipboard; a failing command is told", async () => {
    register(new FakeStore([liveRun()]));
    const panel = openPanel();
    const run = liveRun().summary.id;
    panel.received.fire({ type: "command", command: "fairwatt.stopRun", run });
    panel.received.fire({ type: "command", command: "fairwatt.rerun", run });
    panel.received.fire({ type: "copy", text: "a,b" });
    await settle();
    expect(executed.slice(0, 2)).toEqual([
      ["fairwatt.stopRun", run],
      ["fairwatt.rerun", run],
    ]);
    expect(clipboard).toEqual(["a,b"]);
    expect(shownErrors[0]).toContain("command 'fairwatt.rerun' not found");
  });

  it("nothing else: what is no message is noted and dropped", async () => {
    register(new FakeStore([liveRun()]));
    const panel = openPanel();
    for (const message of [
      null,
      { type: "command", command: "workbench.action.quit", run: null },
      { type: "x" },
    ]) {
      panel.received.fire(message);
    }
    await settle();
    expect([executed.length, warnings.length]).toEqual([0, 3]);
  });

  it("loads the page again when the workspace becomes trusted", () => {
    register(new FakeStore());
    const panel = openPanel();
    const before = panel.webview.html;
    trust.granted.fire();
    expect(panel.webview.html).not.toBe(before);
    expect(before).toContain("script-src 'nonce-");
  });
});
