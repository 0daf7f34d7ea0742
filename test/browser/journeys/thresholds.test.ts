import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject, it } from "vitest";
import { REPOSITORY } from "../../host/paths.mjs";
import { type EditorPage, openEditor } from "../harness/editor-page.ts";
import { poll } from "../harness/poll.ts";
import { expectQuiet } from "./support/surfaces.ts";

const GERMAN = path.join(REPOSITORY, "test/unit/fairness/vectors/german_credit/data.csv");
const SCORING = `
def score(rows):
    rows = rows.to_dict("records") if hasattr(rows, "to_dict") else rows
    return [1 - row["credit_amount"] / 20000 for row in rows]
`;
const FIELD = ".quick-input-widget:visible input.input";

let root: string;
let editor: EditorPage;
let table: string;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "fairwatt-thresholds-"));
  const folder = path.join(root, "credit");
  mkdirSync(folder);
  table = path.join(folder, "german.csv");
  cpSync(GERMAN, table);
  // Plain Python, and no packages: what is installed on this machine is not asked for.
  writeFileSync(path.join(folder, "scoring.py"), SCORING);
  editor = await openEditor({
    extensionsDir: inject("extensionsDir"),
    workspace: folder,
    viewport: { width: 1360, height: 980 },
  });
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await editor?.screenshot(`failed-${task.name.replace(/\W+/g, "-")}`);
});
afterAll(async () => {
  await editor?.close();
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
});

/** Waits for the step of the dialog whose placeholder or title holds the text, and accepts what it has in focus. */
async function accept(text: RegExp): Promise<void> {
  await poll(`the step ${text}`, 30_000, async () => {
    const seen = await editor.page
      .locator(FIELD)
      .first()
      .getAttribute("placeholder", { timeout: 500 })
      .catch(() => null);
    return { found: (seen !== null && text.test(seen)) || undefined, seen };
  });
  await editor.page.keyboard.press("Enter");
}

const threshold = async (page: Frame, group: string) =>
  Number(await page.getByRole("spinbutton", { name: `Threshold of ${group}` }).inputValue());

it("from a table in a folder to thresholds that are dragged, sliced, exported, and there again after a reload", async () => {
  await editor.runCommand("Fairwatt: Explore Thresholds");
  const field = editor.page.locator(FIELD).first();
  // From the list: what is typed while the dialog still reads the folder is overwritten.
  await editor.page.locator(".quick-input-list .monaco-list-row", { hasText: "german.csv" }).click();
  await accept(/score that rises/);
  await accept(/really happened/);
  await accept(/counts as positive/);
  await accept(/compare groups by/);

  let page = await editor.webviewFrame("Thresholds");
  await page
    .locator(".field", { hasText: "Groups" })
    .locator("select")
    .selectOption("sex", { timeout: 30_000 });
  const handle = page.getByRole("slider", { name: "Threshold of male", exact: true });
  await handle.waitFor({ timeout: 30_000 });
  expect(await page.locator(".page-header").innerText()).toContain("1,000 rows; positive: 1");
  const strip = (await page.locator(".group", { has: handle }).locator(".strip").boundingBox())!;
  await editor.page.mouse.move(strip.x + 0.3 * strip.width, strip.y + 20);
  await editor.page.mouse.down();
  await editor.page.mouse.move(strip.x + 0.7 * strip.width, strip.y + 20, { steps: 5 });
  await editor.page.mouse.up();
  const dragged = await threshold(page, "male");
  expect(dragged).toBeCloseTo(0.7, 1);

  await page.locator(".field", { hasText: "Slice by" }).locator("select").selectOption("housing");
  await page.locator(".group h3", { hasText: "A151" }).first().waitFor();
  await page.locator(".field", { hasText: "Slice by" }).locator("select").selectOption("");
  await handle.waitFor();
  expect(await threshold(page, "male")).toBe(dragged);
  await page.locator(".nearest-section vscode-button", { hasText: "Find" }).click();
  await page.locator(".nearest tbody tr").first().waitFor();

  await handle.focus();
  await editor.page.keyboard.press("Home");
  await editor.page.keyboard.press("PageUp");
  await page.locator("vscode-button", { hasText: "Export thresholds" }).click();
  await poll("the file's name in the dialog", 15_000, async () => {
    const seen = await field.inputValue({ timeout: 500 }).catch(() => "");
    return { found: seen.endsWith("thresholds.json") || undefined, seen };
  });
  await editor.page.keyboard.press("Enter");
  const file = table.replace(/csv$/, "thresholds.json");
  const report = await poll("the exported file", 15_000, async () => {
    try {
      return { found: JSON.parse(readFileSync(file, "utf8")), seen: "a file" };
    } catch (error) {
      return { found: undefined, seen: String(error) };
    }
  });
  expect(report).toMatchObject({ schema: "fairwatt.thresholds/1", file: "german.csv", strategy: "custom" });
  expect(
    report.groups.find((group: { group: { sex: string } }) => group.group.sex === "male").threshold,
  ).toBe(0.1);

  // By the editor's own command, which keeps what a page has set before it goes.
  await Promise.all([editor.page.waitForNavigation(), editor.runCommand("Developer: Reload Window")]);
  await editor.ready();
  page = await editor.webviewFrame("Thresholds");
  await page.getByRole("slider", { name: "Threshold of male", exact: true }).waitFor({ timeout: 30_000 });
  expect(await threshold(page, "male")).toBe(0.1);
  expect(await page.locator(".page-header").innerText()).toContain("1,000 rows; positive: 1");
  await editor.screenshot("thresholds");
  expectQuiet(editor);
});

it("a row is edited and predicted again, by a function of the project that the person lets run", async () => {
  const page = await editor.webviewFrame("Thresholds");
  const button = (name: string) => page.locator("vscode-button").getByText(name, { exact: true });
  await button("Choose the model").click();
  await editor.page
    .locator(".quick-input-list .monaco-list-row", { hasText: "A function of the project" })
    .click();
  const field = editor.page.locator(FIELD).first();
  await poll("the field for the function", 15_000, async () => {
    const seen = await field.getAttribute("placeholder", { timeout: 500 }).catch(() => null);
    return { found: seen === "scoring:score" || undefined, seen };
  });
  await field.fill("scoring:score");
  await editor.page.keyboard.press("Enter");
  const dialog = editor.page.locator(".monaco-dialog-box");
  await dialog.waitFor({ timeout: 30_000 });
  expect(await dialog.innerText()).toContain("Predicting with scoring:score runs its code.");
  await dialog.getByText("Run It", { exact: true }).click();
  await page.locator(".point-fields").waitFor({ timeout: 60_000 });
  expect(readFileSync(path.join(path.dirname(table), "fairwatt.toml"), "utf8")).toBe(
    '[audit.tables."german.csv"]\nmodel = "scoring:score"\n',
  );
  expect(await page.locator(".model-line").innerText()).toMatch(/On 200 rows its scores differ/);
  await page.locator('[data-column="credit_amount"]').fill("9000");
  await button("Predict again").click();
  const cells = page.locator(".edits tbody tr").first().locator("th, td");
  await cells.first().waitFor({ timeout: 15_000 });
  expect((await cells.allInnerTexts()).slice(1, 5)).toEqual([
    "credit_amount: 9000",
    "0.94155",
    "positive",
    "0.55",
  ]);
  await page.locator(".dependence-section select").first().selectOption("credit_amount");
  await button("Compute").click();
  await page
    .locator(".dependence-section [role=status]", { hasText: "Mean of all 1,000 rows" })
    .waitFor({ timeout: 30_000 });
  await page.locator(".dependence-section").scrollIntoViewIfNeeded();
  await editor.screenshot("predicted-again");
  expectQuiet(editor);
});
