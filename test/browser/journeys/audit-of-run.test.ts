import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { EditorPage } from "../harness/editor-page.ts";
import { poll } from "../harness/poll.ts";
import { journey } from "./support/journey.ts";
import { CLI, type JourneyProject } from "./support/project.ts";
import { chooseInMenu, expectQuiet, runsTree } from "./support/surfaces.ts";

/** A run that writes a table, and beside it one that takes long to audit. */
const WRITES = `import random
random.seed(1)
head = "sex,age_group,class,score,predicted_class\\n"
def row(i):
    score = random.random()
    sex = "diverse" if i < 4 else random.choice(["female", "male"])
    age = random.choice(["young", "older"])
    return f"{sex},{age},{1 + int(random.random() > score)},{score:.4f},{1 if score >= 0.5 else 2}\\n"
for name, rows in (("outputs/scored.csv", 400), ("large.csv", 1_500_000)):
    with open(name, "w") as file:
        file.write(head)
        file.writelines(row(i) for i in range(rows))
`;

describe("an audit of the table that a run wrote", () => {
  let project: JourneyProject;
  let editor: EditorPage;
  journey(
    (opened) => {
      ({ project, editor } = opened);
    },
    {
      prepare: (made) => {
        made.write("write.py", WRITES);
        made.write("outputs/.keep", "");
        execFileSync(process.execPath, [CLI, "run", "--name", "scoring", "--", "python3", "write.py"], {
          cwd: made.folder,
          env: { ...process.env, ...made.env },
        });
      },
    },
  );
  const row = (text: string | RegExp) =>
    editor.page.locator(".quick-input-widget:visible .quick-input-list .monaco-list-row", { hasText: text });
  const entries = () =>
    readdirSync(project.file(".fairwatt/ledger"))
      .filter((name) => name.endsWith(".json"))
      .map((name) => JSON.parse(readFileSync(project.file(`.fairwatt/ledger/${name}`), "utf8")));

  it("is begun in the tree of runs; the page and the ledger name the run", async () => {
    await runsTree(editor, (rows) => rows.some((text) => text.includes("scoring")));
    const item = editor.page.locator(".sidebar .monaco-list-row", { hasText: "scoring" });
    await item.click({ button: "right" });
    await chooseInMenu(editor.page, "Audit Fairness");
    // Of the two tables that it wrote, the one that is named as scores is taken.
    await row("True outcome: class").waitFor();
    await row("Task: two classes").waitFor();
    await row("Audit once").click();
    const frame = await editor.webviewFrame("Audit scored.csv", 40_000);
    await frame.locator("h1", { hasText: "scored.csv" }).waitFor();
    const [run] = entries().filter(({ type }) => type === "run");
    const [audit] = entries().filter(({ type }) => type === "audit");
    expect(audit.body).toMatchObject({ file: "outputs/scored.csv", run: run.body.run });
    expect(await frame.locator("section[aria-labelledby=facts-title]").innerText()).toContain(
      `(${run.body.run})`,
    );
    expect(project.read("fairwatt.toml")).not.toContain("scored.csv");
  });

  it("exports a report where the person says, without small counts and without a second entry", async () => {
    const frame = await editor.webviewFrame("Audit scored.csv");
    await frame.locator("vscode-button", { hasText: "Export report" }).click();
    const field = editor.page.locator(".quick-input-widget:visible input.input").first();
    await poll("the file's name in the dialog", 15_000, async () => {
      const seen = await field.inputValue({ timeout: 500 }).catch(() => "");
      return { found: seen.endsWith("scored-audit.html") || undefined, seen };
    });
    await editor.page.keyboard.press("Enter");
    const report = project.file("scored-audit.html");
    await poll("the report", 40_000, async () => ({ found: existsSync(report) || undefined, seen: "none" }));
    // The preview takes the focus when it has loaded, from the palette too, if that is open by then.
    const preview = await editor.webviewFrame(/Report scored-audit|How outputs\/scored\.csv/);
    await poll("the focus in the preview", 15_000, async () => ({
      found: (await preview.evaluate(() => document.hasFocus())) || undefined,
      seen: "elsewhere",
    }));
    const html = readFileSync(report, "utf8");
    expect(html).toContain("How outputs/scored.csv treats groups");
    expect(html).toContain("counts below 10 and what is counted among fewer rows are left out");
    expect(html).not.toContain("diverse");
    expect(entries().filter(({ type }) => type === "audit")).toHaveLength(1);
  });

  it("can be cancelled while it goes on: no page, no entry, and nothing that computes on", async () => {
    await editor.runCommand("Fairwatt: Audit Fairness");
    await row("large.csv").click();
    await row("Audit once").click();
    const notification = editor.page.locator(".notifications-toasts .notification-list-item", {
      hasText: "Auditing large.csv",
    });
    await notification.locator(".monaco-button", { hasText: "Cancel" }).click({ timeout: 20_000 });
    await notification.waitFor({ state: "hidden" });
    await poll("the end of its process", 15_000, async () => {
      const processes = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
      const left = processes.split("\n").filter((line) => /audit .*large\.csv/.test(line));
      return { found: left.length === 0 || undefined, seen: left };
    });
    expect(await editor.page.locator(".tab", { hasText: "Audit large.csv" }).count()).toBe(0);
    expect(entries().filter(({ type }) => type === "audit")).toHaveLength(1);
    expectQuiet(editor);
  });
});
