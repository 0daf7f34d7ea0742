import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { preload } from "../../faults/support/preload.ts";
import type { EditorPage } from "../harness/editor-page.ts";
import { journey } from "./support/journey.ts";
import type { JourneyProject } from "./support/project.ts";
import { expectQuiet, openFile, statusShows, terminalShows } from "./support/surfaces.ts";

const HOUR = 3_600_000;

/** Dear for the next hour, then cheap, until tomorrow. */
function figures(): string {
  const rows = Array.from({ length: 30 }, (_, hour) => {
    const at = Math.floor(Date.now() / 1_000) * 1_000 + (hour - 1) * HOUR;
    return `${new Date(at).toISOString()},${hour < 2 ? 400 : 100}`;
  });
  return `time,gco2e_per_kwh\n${rows.join("\n")}\n`;
}

describe("a run that waits for its lowest-carbon time", () => {
  let project: JourneyProject;
  let editor: EditorPage;
  // What runs in terminals has a wall clock that can be moved: nobody wants to wait an hour.
  const settings: { "terminal.integrated.env.linux"?: Record<string, string> } = {};
  const clock = () => path.join(path.dirname(project.folder), "shift");
  journey(
    (opened) => {
      ({ project, editor } = opened);
    },
    {
      prepare(made) {
        const folder = path.dirname(made.folder);
        const shift = path.join(folder, "shift");
        writeFileSync(shift, "0");
        settings["terminal.integrated.env.linux"] = {
          ...preload({ folder }, "shifted_clock"),
          SHIFT_FILE: shift,
        };
        made.write("grid.csv", figures());
        made.write(
          "fairwatt.toml",
          `${made.read("fairwatt.toml")}\n[grid]\nprovider = "csv"\nfile = "grid.csv"\n`,
        );
      },
      userSettings: settings,
    },
  );

  const waiting = () =>
    readdirSync(project.file(".fairwatt/waiting")).map(
      (name) =>
        JSON.parse(readFileSync(project.file(`.fairwatt/waiting/${name}`), "utf8")) as {
          run: string;
          pid: number;
        },
    );

  /** Writes an answer, once it is asked for. */
  async function answer(question: string, text: string) {
    const { page } = editor;
    await page.locator(".quick-input-widget:visible .quick-input-title", { hasText: question }).waitFor();
    if (text !== "") await page.keyboard.insertText(text);
    await page.keyboard.press("Enter");
  }

  it("waits on over a reload of the window, and runs when its time has come", async () => {
    await openFile(editor, "long.py");
    await editor.runCommand("Fairwatt: Run Measured at Lowest-Carbon Time");
    await answer("How long does long.py take?", "10m");
    await answer("When must long.py be done?", "");
    await editor.page
      .locator(".quick-input-list .monaco-list-row", { hasText: "Wait in a terminal" })
      .click();
    await statusShows(editor, "watch", /long\.py waits until/);
    const before = waiting();
    expect(before).toHaveLength(1);

    await Promise.all([
      editor.page.waitForEvent("load"),
      editor.runCommand("Developer: Reload Window"), // unlike the browser's own, it keeps what is open
    ]);
    await editor.ready();
    await statusShows(editor, "watch", /long\.py waits until/);
    await terminalShows(editor, /waits until/);
    expect(waiting()).toEqual(before);
    expect(project.runs()).toEqual([]);

    writeFileSync(clock(), String(HOUR / 1000));
    const run = await project.newest("is live", ({ energy }) => energy.value > 0);
    expect([run.id, run.pid]).toEqual([before[0]!.run, before[0]!.pid]);
    await statusShows(editor, "pulse", /Wh/);
    expect(waiting()).toEqual([]);
    project.write("finish", "");
    await statusShows(editor, "error", /Wh/);
    expectQuiet(editor);
  });
});
