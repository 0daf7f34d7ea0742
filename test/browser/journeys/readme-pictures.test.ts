import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { it } from "vitest";
import { cacheFolder } from "../../host/paths.mjs";
import type { EditorPage } from "../harness/editor-page.ts";
import { poll } from "../harness/poll.ts";
import { journey } from "./support/journey.ts";
import { keepPicture, WRITE_PICTURES } from "./support/pictures.ts";
import { CLI } from "./support/project.ts";
import { openFile, runsTree, statusItem, statusShows, terminalShows } from "./support/surfaces.ts";

/** The example's own Python where it has been made: with scikit-learn. */
const PYTHON = path.join(cacheFolder(), "python", "bin", "python");

const python = existsSync(PYTHON) ? PYTHON : "python3";

let editor: EditorPage;
journey(
  (opened) => {
    ({ editor } = opened);
  },
  {
    // No stand-in for a meter here: the figures are those of the machine that takes the pictures.
    project: { measured: false, shortened: !WRITE_PICTURES },
    prepare: ({ folder, env }) => {
      for (const earlier of [3, 6]) {
        const command = ["run", "--name", "train.py", "--", python, "train.py", "--epochs", `${earlier}`];
        execFileSync(process.execPath, [CLI, ...command], {
          cwd: folder,
          env: { ...process.env, ...env },
          stdio: "ignore",
        });
      }
    },
    viewport: { width: 1280, height: 860 },
    userSettings: { "fairwatt.python.interpreter": python },
  },
);

it("takes the pictures of the README", async () => {
  const { page } = editor;
  await openFile(editor, "train.py");
  await editor.runCommand("Fairwatt: Run Measured");
  await terminalShows(editor, /^epoch +[3-9]\/\d+ /, 120_000);
  await statusShows(editor, "pulse", /Wh/);
  await runsTree(editor, (rows) => rows.length >= 3);
  await keepPicture(editor, "editor-dark", page.locator(".monaco-workbench"));

  await statusItem(page).hover();
  const tooltip = page.locator(".monaco-hover:visible", { hasText: "train.py" });
  // Each reading draws the tooltip anew: it is somewhere only between two.
  const around = await poll("the place of the tooltip", 30_000, async () => {
    const box =
      (await tooltip.count()) === 1 ? await tooltip.boundingBox({ timeout: 1000 }).catch(() => null) : null;
    return { found: box ?? undefined, seen: "none" };
  });
  const bar = (await page.locator(".statusbar").boundingBox())!;
  await keepPicture(editor, "status-bar-dark", {
    x: 0,
    y: around.y - 12,
    width: Math.max(around.x + around.width, 480) + 12,
    height: bar.y + bar.height - around.y + 12,
  });

  await statusItem(page).click();
  const dashboard = await editor.webviewFrame("Fairwatt", 40_000);
  await page.keyboard.press("Control+J"); // the panel goes, the page has the room
  await page.keyboard.press("Control+B");
  await statusShows(editor, "check", /Wh/, 300_000);
  await dashboard.locator(".run-line", { hasText: "finished" }).waitFor();
  for (const [name, theme] of [
    ["dark", "Default Dark Modern"],
    ["light", "Default Light Modern"],
  ] as const) {
    await editor.setTheme(theme);
    await keepPicture(editor, `dashboard-${name}`, page.locator(".part.editor"));
    await runsTree(editor, (rows) => rows.length >= 3);
    await keepPicture(editor, `runs-${name}`, page.locator(".part.sidebar"), 260);
    await page.keyboard.press("Control+B");
    await page.locator(".part.sidebar").waitFor({ state: "hidden" });
  }
  await page.keyboard.press("Control+J");
  await terminalShows(editor, /^fairwatt +/);
  await page.locator(".terminal-resize-overlay.visible").waitFor({ state: "hidden" });
  await keepPicture(editor, "terminal-light", page.locator(".part.panel"));
}, 420_000);
