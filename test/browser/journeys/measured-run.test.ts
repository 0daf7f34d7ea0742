import { execFileSync, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import type { Frame } from "playwright-core";
import { describe, expect, it } from "vitest";
import { type EditorPage, THEMES } from "../harness/editor-page.ts";
import { poll } from "../harness/poll.ts";
import { axeViolations } from "./support/axe.ts";
import { journey } from "./support/journey.ts";
import { CLI, type JourneyProject } from "./support/project.ts";
import {
  expectQuiet,
  openFile,
  problemShows,
  runsTree,
  statusItem,
  statusShows,
  tabTo,
  terminalShows,
} from "./support/surfaces.ts";

describe("the extension as it is installed", () => {
  let project: JourneyProject;
  let editor: EditorPage;
  journey((opened) => {
    ({ project, editor } = opened);
  });

  const dashboard = () => editor.webviewFrame("Fairwatt", 40_000);

  it("runs a script measured: terminal, status bar, dashboard, tree and ledger say the same", async () => {
    await openFile(editor, "train.py");
    await editor.runCommand("Fairwatt: Run Measured");
    await terminalShows(editor, /^epoch +\d+\/24 /);
    await statusShows(editor, "pulse", /^[\d.]+ m?Wh · [\d.]+ m?g · [\d.]+ m?W$/);

    await statusItem(editor.page).click();
    const page = await dashboard();
    await page.locator(".run-title h1", { hasText: "train.py" }).waitFor();
    const first = await energyShown(page);
    await poll(`energy other than ${first}`, 30_000, async () => {
      const now = await energyShown(page);
      return { found: now === first ? undefined : now, seen: now };
    });

    const ended = await statusShows(editor, "check", /^[\d.]+ m?Wh · [\d.]+ m?g · \d+ s$/);
    await terminalShows(editor, /^fairwatt +[\d.]+ m?Wh .* measured, in .* finished/);
    await page.locator(".run-line", { hasText: "finished" }).waitFor();
    const energy = ended.text.split(" · ")[0]!;
    expect(await energyShown(page)).toBe(energy);
    const tree = await runsTree(editor, (rows) => rows.length > 0);
    expect(tree).toHaveLength(1);
    expect(tree[0]).toContain(`train.py${energy}`);

    const run = await project.newest("has finished", (each) => each.state === "finished");
    expect([run.exitCode, run.energy.method]).toEqual([0, "measured"]);
    expect(readdirSync(project.file(".fairwatt/ledger"))).toHaveLength(1);
    const verified = execFileSync(process.execPath, [CLI, "ledger", "verify"], {
      cwd: project.folder,
      encoding: "utf8",
    });
    expect(verified).toMatch(/1 entr/);
    expect(await axeViolations(page)).toEqual([]);
    expectQuiet(editor);
  });

  it("is used without a mouse: sort, choose and compare runs, stop one", async () => {
    const { keyboard } = editor.page;
    await openFile(editor, "long.py");
    await editor.runCommand("Fairwatt: Run Measured");
    const live = await project.newest("is live", (each) => each.name === "long.py" && each.energy.value > 0);
    await editor.runCommand("Fairwatt: Open Dashboard");
    const page = await dashboard();
    await page.locator(".runs button.name", { hasText: "long.py" }).waitFor();

    await tabTo(editor.page, page, ".sort", "Energy");
    await keyboard.press("Enter");
    await page.locator('th[aria-sort="descending"]', { hasText: "Energy" }).waitFor();
    await keyboard.press("Enter");
    await page.locator('th[aria-sort="ascending"]', { hasText: "Energy" }).waitFor();

    const names = new Set<string | undefined>();
    for (let run = 0; run < 2; run++) {
      await tabTo(editor.page, page, ".runs vscode-checkbox");
      names.add(await page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? undefined));
      await keyboard.press("Space");
      await keyboard.press("Tab");
    }
    expect([...names].join()).toMatch(/(train|long)\.py.*(train|long)\.py/);
    await tabTo(editor.page, page, "vscode-button", "Compare", "Shift+Tab");
    await keyboard.press("Enter");
    await page.locator(".compare-section:visible .sentence").waitFor();

    await tabTo(editor.page, page, ".runs button.name", "long.py");
    await keyboard.press("Enter");
    await page.locator(".run-title h1", { hasText: "long.py" }).waitFor();
    await tabTo(editor.page, page, "vscode-button", "Stop", "Shift+Tab");
    await keyboard.press("Enter");
    await statusShows(editor, "circle-slash");
    const stopped = await project.newest("was stopped", (each) => each.state === "stopped");
    expect(stopped.id).toBe(live.id);
    expectQuiet(editor);
  });

  it("measures a process that is picked from those that run already, until it ends", async () => {
    project.write("already.py", "import time\nwhile True: time.sleep(0.01)\n");
    const already = spawn("python3", ["already.py"], { cwd: project.folder, stdio: "ignore" });
    try {
      // Until then it is still this program, or a script that looks for the right Python.
      await poll("its own program", 20_000, async () => {
        const seen = readFileSync(`/proc/${already.pid}/cmdline`, "utf8").split("\0");
        return { found: seen[1] === "already.py" || undefined, seen };
      });
      await editor.runCommand("Fairwatt: Attach to Process");
      await editor.page.locator(".quick-input-title", { hasText: "Measure which process?" }).waitFor();
      // A list of many draws some only.
      await editor.page.keyboard.insertText(String(already.pid));
      const offered = editor.page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row", {
        hasText: `already.py${already.pid}, since`,
      });
      await offered.click();
      const live = await project.newest("is measured", (each) => each.name === "already.py");
      expect(live.attached?.by).toBe("fairwatt attach");
      expect(live.commandPid).toBe(already.pid);
    } finally {
      already.kill("SIGKILL");
    }
    await project.newest("has ended", (each) => each.name === "already.py" && each.state === "finished");
    expectQuiet(editor);
  });

  for (const theme of THEMES) {
    it(`can be read in ${theme}`, async () => {
      await editor.setTheme(theme);
      const page = await dashboard();
      await page.locator(".run-title h1:visible").waitFor();
      expect(await axeViolations(page)).toEqual([]);
      await editor.screenshot(`journey-${theme.replaceAll(" ", "-").toLowerCase()}`);
      expectQuiet(editor);
    });
  }

  it("says what is wrong in a project file, with the nearest key", async () => {
    project.write("fairwatt.toml", 'zonee = "DE"\n');
    await openFile(editor, "fairwatt.toml");
    await editor.runCommand("Problems: Focus on Problems View");
    await problemShows(editor, /zonee.*zone/);
    project.write("fairwatt.toml", 'zone = "DE"\n');
  });
});

/** The first figure of the dashboard: the energy. */
async function energyShown(frame: Frame): Promise<string> {
  return frame.locator(".figure-value").first().innerText();
}
