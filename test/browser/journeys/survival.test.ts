import { describe, expect, it } from "vitest";
import { journalFiles } from "../../../src/energy/run-folder.node.ts";
import { EditorPage } from "../harness/editor-page.ts";
import { journey } from "./support/journey.ts";
import type { JourneyProject } from "./support/project.ts";
import {
  expectQuiet,
  openFile,
  readStatus,
  runsTree,
  statusItem,
  statusShows,
  terminalShows,
} from "./support/surfaces.ts";

describe("a run that outlives what happens to the window, and a window that outlives the run", () => {
  let project: JourneyProject;
  let editor: EditorPage;
  journey((opened) => {
    ({ project, editor } = opened);
  });

  /** Runs long.py measured and waits until it has used energy. */
  async function startLongRun() {
    const before = project.runs().length;
    await openFile(editor, "long.py");
    await editor.runCommand("Fairwatt: Run Measured");
    await statusShows(editor, "pulse", /Wh/);
    return project.newest("is live", (run) => project.runs().length > before && run.energy.value > 0);
  }

  it("goes on over a reload of the window: same run, same process, and its end arrives", async () => {
    const run = await startLongRun();
    await statusItem(editor.page).click();
    await (await editor.webviewFrame("Fairwatt")).locator(".run-title h1", { hasText: "long.py" }).waitFor();

    await Promise.all([
      editor.page.waitForEvent("load"),
      editor.runCommand("Developer: Reload Window"), // unlike the browser's own, it keeps what is open
    ]);
    await editor.ready();
    await statusShows(editor, "pulse", /Wh/);
    const dashboard = await editor.webviewFrame("Fairwatt", 40_000);
    await dashboard.locator(".run-line", { hasText: "running" }).waitFor();
    const still = await project.newest("is live", (each) => each.state === "running");
    expect([still.id, still.pid, still.commandPid]).toEqual([run.id, run.pid, run.commandPid]);
    await terminalShows(editor, new RegExp(`training is process ${run.commandPid}`));

    project.write("finish", "");
    await statusShows(editor, "error", /Wh/);
    expect((await readStatus(editor.page))?.label).toContain("exit code 3");
    await dashboard.locator(".run-line", { hasText: "failed" }).waitFor();
    await terminalShows(editor, /^fairwatt .*failed/);
    project.remove("finish");
    expectQuiet(editor);
  });

  it("is seen live in a second window, and stopped from there", async () => {
    const run = await startLongRun();
    const page = await editor.context.newPage();
    const second = new EditorPage(
      page,
      editor.context,
      editor.browser,
      editor.server,
      "Default Dark Modern",
      [],
    );
    await page.goto(editor.server.url());
    await second.ready();
    await statusShows(second, "pulse", /Wh/);
    await second.runCommand("Fairwatt: Stop Run");

    await statusShows(second, "circle-slash", /Wh/);
    await statusShows(editor, "circle-slash", /Wh/);
    const stopped = await project.newest("was stopped", (each) => each.state === "stopped");
    expect([stopped.id, stopped.pid]).toEqual([run.id, run.pid]);
    expectQuiet(second);
    await page.close();
  });

  it("is interrupted when runner, sampler and training are killed, and keeps its energy", async () => {
    const run = await startLongRun();
    const samplers = journalFiles(project.runs().at(-1)!)
      .map((file) => Number(/\.(\d+)\.jsonl$/.exec(file)?.[1]))
      .filter((pid) => pid > 0 && pid !== run.pid);
    expect(samplers).toHaveLength(1);
    for (const pid of [run.pid, ...samplers, run.commandPid!]) process.kill(pid, "SIGKILL");

    const status = await statusShows(editor, "debug-disconnect", /[1-9].* m?Wh/);
    const interrupted = await project.newest("was interrupted", (each) => each.state === "interrupted");
    expect(interrupted.energy.value).toBeGreaterThan(0);
    const rows = await runsTree(editor, (all) => all.length === project.runs().length);
    expect(rows.some((row) => row.includes(status.text.split(" · ")[0]!))).toBe(true);
    await editor.page.locator(".sidebar .codicon-debug-disconnect").first().waitFor();
    expectQuiet(editor);
  });
});
