import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { EditorPage } from "../harness/editor-page.ts";
import { axeViolations } from "./support/axe.ts";
import { journey } from "./support/journey.ts";
import type { JourneyProject } from "./support/project.ts";
import { expectQuiet } from "./support/surfaces.ts";

/** As train.py writes them. */
function predictions(): string {
  const rows = Array.from({ length: 300 }, (_, i) => {
    const score = ((i * 37) % 100) / 100;
    const groups = [
      i % 3 === 0 ? "female" : "male",
      i % 4 === 0 ? "young" : "older",
      i % 20 === 0 ? "A202" : "A201",
    ];
    return [i, ...groups, (i * 7) % 10 < 7 ? 1 : 2, score.toFixed(6), score >= 0.5 ? 1 : 2];
  });
  const head = ["id", "sex", "age_group", "foreign_worker", "class", "score", "predicted_class"];
  return `${[head, ...rows].map((row) => row.join(",")).join("\n")}\n`;
}

describe("an audit of the example's predictions", () => {
  let project: JourneyProject;
  let editor: EditorPage;
  journey(
    (opened) => {
      ({ project, editor } = opened);
    },
    { prepare: (made) => made.write("outputs/predictions.csv", predictions()) },
  );
  const row = (text: string | RegExp) =>
    editor.page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row", { hasText: text });

  it("asks which table and confirms the columns with their reasons; any of them can be changed, and taken back", async () => {
    await editor.runCommand("Fairwatt: Audit Fairness");
    await row("predictions.csv").click();
    await row("True outcome: class").filter({ hasText: "named as the true outcome" }).waitFor();
    await row("Positive class: 1")
      .filter({ hasText: "score is higher where predicted_class is 1" })
      .waitFor();
    await row("kept in fairwatt.toml").waitFor();
    await editor.screenshot("journey-audit-columns");

    await row("Groups by: sex, age_group, foreign_worker").click();
    await editor.page.locator(".quick-input-widget:visible a[aria-label^='Back']").click();
    await row("Good for the person: to be predicted 1").click();
    await row("not to be predicted 1").click();
    await row("Good for the person: not to be predicted 1").click();
    await row(/^to be predicted 1/).click();
    await row("Audit with these columns").click();
  });

  it("shows the audit on a page, in the ledger and in the project file", async () => {
    const frame = await editor.webviewFrame("Audit predictions.csv", 40_000);
    await frame.locator("h1", { hasText: "predictions.csv" }).waitFor();
    expect(await frame.locator(".subtitle").innerText()).toBe(
      "300 rows, predicted_class against class, by sex, age_group, foreign_worker",
    );
    expect(await axeViolations(frame)).toEqual([]);
    expect(project.read("fairwatt.toml")).toContain('[audit.tables."outputs/predictions.csv"]');
    expect(project.read("fairwatt.toml")).toContain("# Fairwatt: how the runs of this example are measured.");
    expect(
      readdirSync(project.file(".fairwatt/ledger")).filter((name) => name.endsWith(".json")),
    ).toHaveLength(1);
    await editor.screenshot("journey-audit-page");
    expectQuiet(editor);
  });

  it("looks for causes when it is asked to, without a second entry", async () => {
    const frame = await editor.webviewFrame("Audit predictions.csv");
    await frame.locator("vscode-button", { hasText: "Look for causes" }).click();
    await frame.getByRole("heading", { name: "Where it errs more" }).waitFor({ timeout: 40_000 });
    expect(
      readdirSync(project.file(".fairwatt/ledger")).filter((name) => name.endsWith(".json")),
    ).toHaveLength(1);
  });

  it("is there again after a reload of the window, as it was left", async () => {
    const before = await editor.webviewFrame("Audit predictions.csv");
    await before.locator(".rates-part select").selectOption("precision");
    await Promise.all([
      editor.page.waitForEvent("load"),
      editor.runCommand("Developer: Reload Window"), // unlike the browser's own, it keeps what is open
    ]);
    // The page takes the focus once it is there.
    const frame = await editor.webviewFrame("Audit predictions.csv", 60_000);
    await frame.locator("h1", { hasText: "predictions.csv" }).waitFor();
    expect(await frame.locator(".rates-part select").inputValue()).toBe("precision");
    await frame.getByRole("heading", { name: "Where it errs more" }).waitFor();
    expectQuiet(editor);
  });
});
