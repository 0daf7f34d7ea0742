import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, inject, it } from "vitest";
import { type EditorPage, openEditor } from "../harness/editor-page.ts";
import { poll } from "../harness/poll.ts";
import { keepPicture } from "./support/pictures.ts";
import { expectQuiet, openFile } from "./support/surfaces.ts";

const SCRIPT = `import pandas as pd
from sklearn.ensemble import GradientBoostingClassifier
from sklearn.metrics import accuracy_score
from sklearn.model_selection import train_test_split

loans = pd.read_csv("loans.csv")
X = loans[["age", "sex", "income", "amount"]]
y = loans["approved"]
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)

model = GradientBoostingClassifier()
model.fit(X_train, y_train)
y_pred = model.predict(X_test)
print(accuracy_score(y_test, y_pred))
`;

const CELLS = SCRIPT.split("\n\n").map((source, place) => ({
  id: `cell-${place}`,
  cell_type: "code",
  execution_count: place + 1,
  metadata: {},
  outputs: place === 2 ? [{ name: "stdout", output_type: "stream", text: ["0.81\n"] }] : [],
  source: source.trimEnd().split(/(?<=\n)/),
}));
const NOTEBOOK = JSON.stringify({ cells: CELLS, metadata: {}, nbformat: 4, nbformat_minor: 5 }, null, 1);

let root: string;
let editor: EditorPage;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), "fairwatt-findings-"));
  const folder = path.join(root, "loans");
  // Apart, since a check in one file silences the finding in a file beside it.
  for (const part of ["model", "study"]) mkdirSync(path.join(folder, part), { recursive: true });
  writeFileSync(path.join(folder, "model", "approve.py"), SCRIPT);
  writeFileSync(path.join(folder, "study", "approve.ipynb"), `${NOTEBOOK}\n`);
  editor = await openEditor({
    extensionsDir: inject("extensionsDir"),
    workspace: folder,
    viewport: { width: 1280, height: 960 },
    userSettings: {
      "editor.minimap.enabled": false,
      "editor.hover.above": false,
      "workbench.sideBar.location": "right",
    },
  });
});
afterEach(async ({ task }) => {
  if (task.result?.state === "fail") await editor?.screenshot(`failed-${task.name.replace(/\W+/g, "-")}`);
});
afterAll(async () => {
  await editor?.close();
  rmSync(root, { recursive: true, force: true, maxRetries: 3 });
});

const squiggle = () => editor.page.locator(".cdr.squiggly-warning").first();

/** The finding's hover, opened as a mouse does it, once it shows reasons. */
async function hoverOn(finding: Locator): Promise<Locator> {
  // The message is there first; the reasons come when the extension has answered.
  const hover = editor.page.locator(".monaco-hover:visible", {
    hasText: /FW101[\s\S]*Why:[\s\S]*Silenced by:/,
  });
  await poll("the finding's hover", 30_000, async () => {
    // A hover that was about to open closes when the text under it is drawn again.
    await editor.page.mouse.move(5, 5);
    await finding.hover({ force: true, position: { x: 12, y: 5 } });
    const open = await hover.waitFor({ timeout: 4_000 }).then(
      () => true,
      () => undefined,
    );
    return { found: open, seen: "nothing" };
  });
  return hover;
}

/** Opens the quick fixes at the cursor and gives their titles. */
async function quickFixes(): Promise<string[]> {
  const rows = editor.page.locator(".action-widget .monaco-list-row.action");
  await poll("quick fixes", 30_000, async () => {
    await editor.page.keyboard.press("Control+.");
    const open = await rows
      .first()
      .waitFor({ timeout: 4_000 })
      .then(
        () => true,
        () => undefined,
      );
    return { found: open, seen: "none" };
  });
  return (await rows.allInnerTexts()).map((title) => title.trim());
}

it("shows a finding in a script, its reasons and its fixes; the fix writes a check with the file's names", async () => {
  const { page } = editor;
  await openFile(editor, "approve.py");
  await squiggle().waitFor();
  await page.keyboard.press("Control+B");
  const hover = await hoverOn(squiggle());
  await keepPicture(editor, "finding-dark", page.locator(".part.editor"), 600);
  await page.keyboard.press("Escape");
  await hover.waitFor({ state: "hidden" });

  await squiggle().click({ force: true, position: { x: 12, y: 5 } });
  const titles = await quickFixes();
  expect(titles[0]).toMatch(/^Insert a comparison by sex/);
  expect(titles).toContain("Silence FW101 here, with a reason");
  await keepPicture(editor, "finding-fix-dark", page.locator(".part.editor"), 430);
  await page.keyboard.press("Enter");
  const text = page.locator(".view-lines");
  await poll("the check in the text", 20_000, async () => {
    const seen = (await text.innerText()).replaceAll("\u00a0", " ");
    return { found: /y_test/.test(seen) && /groupby|MetricFrame/.test(seen) ? true : undefined, seen };
  });
  await squiggle().waitFor({ state: "detached" });
  expectQuiet(editor);
});

it("shows a finding in a notebook's cell; the fix adds a cell and leaves outputs and ids alone", async () => {
  const { page } = editor;
  await openFile(editor, "approve.ipynb");
  await squiggle().waitFor({ timeout: 60_000 });
  await hoverOn(squiggle());
  await keepPicture(editor, "finding-notebook-dark", page.locator(".part.editor"));
  await page.keyboard.press("Escape");
  await squiggle().click({ force: true, position: { x: 12, y: 5 } });
  expect((await quickFixes())[0]).toMatch(/^Insert a comparison by sex/);
  await page.keyboard.press("Enter");
  await squiggle().waitFor({ state: "detached" });
  await editor.runCommand("File: Save");
  const file = path.join(root, "loans", "study", "approve.ipynb");
  const written = await poll("the new cell on disk", 20_000, async () => {
    const text = readFileSync(file, "utf8");
    // The editor writes it in place: it may be read in the middle of that.
    const cells = text.trimEnd().endsWith("}") ? JSON.parse(text).cells : [];
    return { found: cells.length === CELLS.length + 1 ? cells : undefined, seen: cells.length };
  });
  const kept = written.filter((cell: { id: string }) => CELLS.some(({ id }) => id === cell.id));
  expect(kept.map((cell: { id: string }) => cell.id)).toEqual(CELLS.map(({ id }) => id));
  expect(kept.map((cell: { outputs: unknown[] }) => cell.outputs)).toEqual(
    CELLS.map(({ outputs }) => outputs),
  );
});
