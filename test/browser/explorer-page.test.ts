import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import * as path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import type { ThresholdReport } from "../../src/fairness/thresholds/threshold-report.ts";
import { openBrowser } from "../host/open-browser.mjs";
import { type OpenedExplorer, type OpenOptions, openExplorer } from "./explorer/open-explorer.ts";
import { clipboard, saved } from "./page/fake-editor.ts";
import { type Bundle, bundlePage } from "./page/open-page.ts";
import type { ThemeName } from "./page/themes.ts";

vi.mock("vscode", async () => (await import("./page/fake-editor.ts")).fakeVscode);

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RESULTS = path.resolve(import.meta.dirname, "../results/explorer");
const GERMAN = path.resolve(import.meta.dirname, "../unit/fairness/vectors/german_credit/data.csv");
const ROLES = { label: "class", score: "score", positive: "1", sensitive: ["sex", "age_group"] };
/** Bytes; the page with the component kit and Chart.js, minified. */
const SCRIPT_BUDGET = 420 * 1024;

let browser: Browser;
let bundle: Bundle;
let opened: OpenedExplorer | undefined;

beforeAll(async () => {
  mkdirSync(RESULTS, { recursive: true });
  [browser, bundle] = await Promise.all([openBrowser(), bundlePage("explorer")]);
});
afterAll(() => browser.close());
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function open(
  options: OpenOptions & { roles?: Partial<typeof ROLES>; file?: string } = {},
): Promise<OpenedExplorer> {
  const { roles, file, ...others } = options;
  opened = await openExplorer(
    browser,
    bundle,
    { file: file ?? GERMAN, roles: { ...ROLES, ...roles } },
    others,
  );
  return opened;
}

async function axe(page: Page): Promise<unknown[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const run = (window as unknown as { axe: { run(): Promise<{ violations: never[] }> } }).axe.run;
    const { violations } = await run();
    return (violations as { id: string; impact: string; nodes: { html: string }[] }[]).map((violation) => ({
      id: violation.id,
      impact: violation.impact,
      nodes: violation.nodes.map((node) => node.html.slice(0, 200)),
    }));
  });
}

const choose = (page: Page, field: string, value: string) =>
  page.locator(".field", { hasText: field }).locator("select").selectOption(value);
const handle = (page: Page, group: string) => page.getByRole("slider", { name: `Threshold of ${group}` });
const threshold = async (page: Page, group: string) =>
  Number(await page.getByRole("spinbutton", { name: `Threshold of ${group}` }).inputValue());
const text = (page: Page, selector: string) => page.locator(selector).first().innerText();

/** The same counts from the file, row by row. */
function germanAt(sex: string, threshold: number) {
  const [head, ...lines] = readFileSync(GERMAN, "utf8").trim().split("\n");
  const [sexAt, labelAt, scoreAt] = ["sex", "class", "score"].map((name) => head!.split(",").indexOf(name));
  const sum = { tp: 0, fp: 0, fn: 0, tn: 0, selected: 0 };
  for (const cells of lines.map((line) => line.split(","))) {
    if (cells[sexAt!] !== sex) continue;
    const isSelected = Number(cells[scoreAt!]) >= threshold;
    const isPositive = cells[labelAt!] === "1";
    sum[isPositive ? (isSelected ? "tp" : "fn") : isSelected ? "fp" : "tn"]++;
    if (isSelected) sum.selected++;
  }
  return sum;
}

async function eventually(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  await vi.waitFor(async () => expect(await read()).toEqual(expected), { timeout: 5_000, interval: 50 });
}

describe("what a table looks like", () => {
  for (const theme of ["dark", "light", "hc-black", "hc-light"] satisfies ThemeName[])
    it(`${theme}: accessible, and nothing that the security policy blocks`, async () => {
      const { page, problems, warnings } = await open({ theme });
      await choose(page, "Strategy", "equal_opportunity");
      for (const toggle of await page.locator(".quiet[aria-expanded]:visible").all()) await toggle.click();
      expect(await axe(page)).toEqual([]);
      for (const toggle of await page.locator(".quiet[aria-expanded]:visible").all()) await toggle.click();
      await page.getByText("Find", { exact: true }).click();
      await page.locator(".nearest tbody tr").first().waitFor();
      expect(await axe(page)).toEqual([]);
      expect(problems.cspViolations).toEqual([]);
      expect(problems.errors).toEqual([]);
      expect(problems.offsiteRequests).toEqual([]);
      expect(warnings).toEqual([]);
      await page.screenshot({ path: path.join(RESULTS, `german-${theme}.png`), fullPage: true });
    });
});

describe("a model", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), "fairwatt-scoring-"));
    copyFileSync(GERMAN, path.join(folder, "data.csv"));
    copyFileSync(
      path.join(import.meta.dirname, "explorer/models/scoring.py"),
      path.join(folder, "scoring.py"),
    );
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const openWith = (name: string, options: OpenOptions = {}) =>
    open({ file: path.join(folder, "data.csv"), model: { name, folder }, ...options });
  const button = (page: Page, name: string) => page.locator("vscode-button").getByText(name, { exact: true });
  const load = async (page: Page) => {
    await button(page, "Load the model").click();
    await page.locator(".point-fields").waitFor();
  };
  const field = (page: Page, column: string) => page.locator(`[data-column="${column}"]`);
  const said = (page: Page) => page.locator(".what-if-section > [role=status]");
  const cellsOf = (page: Page, row: number) =>
    page.locator(".edits tbody tr").nth(row).locator("th, td").allInnerTexts();

  for (const theme of ["dark", "light", "hc-black", "hc-light"] satisfies ThemeName[])
    it(`${theme}: predicts again, and everything of it is accessible`, async () => {
      const { page, problems, warnings } = await openWith("scoring:score", { theme });
      await load(page);
      await field(page, "credit_amount").fill("9000");
      await button(page, "Predict again").click();
      await page.locator(".edits tbody tr").first().waitFor();
      await page.locator(".dependence-section select").first().selectOption("credit_amount");
      await button(page, "Compute").click();
      await page
        .locator(".dependence-section [role=status]", { hasText: "Mean of all 1,000 rows" })
        .waitFor();
      await page.screenshot({ path: path.join(RESULTS, `model-${theme}.png`), fullPage: true });
      for (const toggle of await page.locator(".quiet[aria-expanded]:visible").all()) await toggle.click();
      expect(await axe(page)).toEqual([]);
      expect(problems.cspViolations).toEqual([]);
      expect(problems.errors).toEqual([]);
      expect(warnings).toEqual([]);
    });

  it("says how the edited row is decided, at its own group's threshold, while thresholds move", async () => {
    const { page } = await openWith("scoring:score");
    await load(page);
    expect(await text(page, ".model-line")).toContain("On 200 rows its scores are those of the table.");
    await page.getByRole("spinbutton", { name: "Threshold of male" }).fill("0.5");
    await page.keyboard.press("Enter");
    await page.getByRole("spinbutton", { name: "Threshold of female" }).fill("0.3");
    await page.keyboard.press("Enter");
    await field(page, "credit_amount").fill("4169");
    await page.keyboard.press("Enter");
    await eventually(
      () => said(page).innerText(),
      "Row 1: 0.585 before, predicted positive (threshold of male: 0.5); 0.435 now, predicted negative (threshold of male: 0.5).",
    );
    await field(page, "sex").selectOption("female");
    await button(page, "Predict again").click();
    await eventually(() => page.locator(".edits tbody tr").count(), 2);
    expect(await cellsOf(page, 0)).toEqual([
      "1",
      "credit_amount: 4169",
      "0.585",
      "positive",
      "0.435",
      "negative",
      "male, 0.5",
      "0.435",
    ]);
    expect((await cellsOf(page, 1)).slice(5)).toEqual(["positive", "female, 0.3", "0.435"]);
    await handle(page, "male").focus();
    await page.keyboard.press("Home");
    expect((await cellsOf(page, 0))[5]).toBe("positive");
    await choose(page, "Slice by", "housing");
    await eventually(async () => (await cellsOf(page, 1))[6], "female, A152, 0.5");
  });

  it("keeps edits over a reload, and forgets them when it is told to", async () => {
    const { page, reload } = await openWith("scoring:score");
    await load(page);
    await button(page, "Predict again").click();
    await page.locator(".edits tbody tr").first().waitFor();
    await reload();
    await eventually(async () => (await cellsOf(page, 0)).slice(0, 3), ["1", "nothing", "0.585"]);
    await button(page, "Forget these").click();
    expect(await page.locator(".edits").isVisible()).toBe(false);
  });

  it("that is another one than the table's is told by its scores", async () => {
    const { page } = await openWith("scoring:other");
    await load(page);
    expect(await text(page, ".model-line")).toMatch(/On 200 rows its scores differ .* by up to 0\.\d{3} /);
  });

  it("that cannot be loaded, or fails, is named; a number that is none, too", async () => {
    const { page } = await openWith("scoring:nothing");
    await button(page, "Load the model").click();
    await eventually(
      () => page.locator(".model-line [role=alert]").innerText(),
      "the module scoring has no nothing",
    );
    expect(await axe(page)).toEqual([]);
    await opened!.close();
    const { page: other } = await openWith("scoring:wrong");
    await load(other);
    await button(other, "Predict again").click();
    await eventually(() => said(other).innerText(), "the model gave 0 scores for 1 rows");
    await field(other, "credit_amount").fill("a lot");
    await button(other, "Predict again").click();
    await eventually(() => said(other).innerText(), 'credit_amount has numbers, and "a lot" is none');
  });

  it("that takes its time can be cancelled", async () => {
    const { page } = await openWith("scoring:slow");
    await load(page);
    await button(page, "Predict again").click();
    await button(page, "Cancel").click();
    await eventually(() => said(page).innerText(), "Cancelled.");
    await button(page, "Compute").click();
    await button(page, "Cancel").click();
    await eventually(() => page.locator(".dependence-section [role=status]").innerText(), "Cancelled.");
    await button(page, "Compute").waitFor();
  });

  it("has its partial dependence by group and for the row, with all of it in a table", async () => {
    const { page } = await openWith("scoring:score");
    await load(page);
    const dependence = page.locator(".dependence-section");
    await dependence.locator("select").first().selectOption("housing");
    await dependence.locator("select").last().selectOption("200");
    await button(page, "Compute").click();
    await dependence.locator("[role=status]", { hasText: "Mean of 200 of 1,000 rows" }).waitFor();
    await dependence.locator(".quiet", { hasText: "Show as table" }).click();
    const rows = dependence.locator("tbody tr");
    expect(await dependence.locator("thead th").allInnerTexts()).toEqual([
      "housing",
      "everyone (200 rows)",
      expect.stringMatching(/^female \(\d+ rows\)$/),
      expect.stringMatching(/^male \(\d+ rows\)$/),
      "row 1, which has A152",
    ]);
    // The model takes 0.2 off for those who do not live like this already.
    const own = async (at: number) => (await rows.nth(at).locator("th, td").allInnerTexts()).map(Number);
    const values = await rows.locator("th").allInnerTexts();
    const [free, rent] = [await own(values.indexOf("A152")), await own(values.indexOf("A151"))];
    expect([free[4], rent[4]]).toEqual([0.585, 0.385]);
    expect(free[1]! - rent[1]!).toBeGreaterThan(0.1);
    await dependence.locator(".quiet", { hasText: "Copy as CSV" }).click();
    await eventually(async () => clipboard.at(-1)?.startsWith("housing,everyone (200 rows),"), true);
    await choose(page, "Groups", "");
    await eventually(() => dependence.locator("thead th").count(), 3);
  });
});

describe("points over two columns", () => {
  const chart = (page: Page) => page.locator(".chart-scatter");

  it("are picked by a click and by keys, and told apart by what the thresholds make of them", async () => {
    const { page, problems } = await open();
    await page.locator(".scatter-section select").nth(0).selectOption("duration_months");
    await page.locator(".scatter-section select").nth(2).selectOption("error");
    await chart(page).locator(".quiet", { hasText: "Show as table" }).click();
    expect(await chart(page).locator("thead th").allInnerTexts()).toEqual([
      "duration_months",
      "score",
      ...["true positive", "true negative", "false positive", "false negative"],
    ]);
    const count = async (series: string) =>
      Number(
        (await chart(page).locator(".legend-item", { hasText: series }).innerText()).match(/(\d+)$/)?.[1] ??
          0,
      );
    await page.locator("vscode-checkbox").click();
    await page.getByRole("spinbutton", { name: "Threshold of male" }).fill("0.5");
    await page.keyboard.press("Enter");
    const [a, b] = [germanAt("female", 0.5), germanAt("male", 0.5)];
    await eventually(() => count("false positive"), a.fp + b.fp);
    expect(await count("true negative")).toBe(a.tn + b.tn);
    const canvas = chart(page).locator("canvas");
    await canvas.focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("PageDown");
    await page.keyboard.press("PageUp");
    const reading = await chart(page).locator("> [aria-live]").last().innerText();
    expect(reading).toMatch(
      /^Row [\d,]+: duration_months \d+, score 0\.\d+, (?:true|false) (?:posi|nega)tive$/,
    );
    await page.keyboard.press("Enter");
    const row = Number(/Row ([\d,]+)/.exec(reading)![1]!.replace(",", ""));
    await eventually(() => page.locator(".nearest-section input").inputValue(), String(row));
    await eventually(
      async () => (await text(page, ".nearest-section [aria-live]")).includes(`Row ${row} `),
      true,
    );
    const box = (await canvas.boundingBox())!;
    const before = await page.locator(".nearest-section input").inputValue();
    for (let part = 0.06; part < 0.5; part += 0.04)
      await canvas.click({ position: { x: part * box.width, y: 0.4 * box.height } });
    await eventually(
      async () => (await page.locator(".nearest-section input").inputValue()) !== before,
      true,
    );
    expect(problems.errors).toEqual([]);
  });

  it("are some of a hundred thousand, drawn within a moment", async () => {
    const large = mkdtempSync(path.join(tmpdir(), "fairwatt-large-"));
    const lines = Array.from(
      { length: 100_000 },
      (_, row) =>
        `${row % 3 ? "a" : "b"},${(row * 7919) % 2},${((row * 104_729) % 1009) / 1009},${(row * 31) % 5003}`,
    );
    writeFileSync(path.join(large, "large.csv"), `g,y,score,n\n${lines.join("\n")}\n`);
    const roles = { label: "y", score: "score", positive: "1", sensitive: ["g"] };
    const { page } = await open({ file: path.join(large, "large.csv"), roles });
    await eventually(
      async () => (await page.locator(".scatter-section > [role=status]").innerText()).slice(0, 35),
      "5,000 of 100,000 rows are drawn. A ",
    );
    await page.locator(".scatter-section select").nth(2).selectOption("error");
    await page.screenshot({ path: path.join(RESULTS, "hundred-thousand.png"), fullPage: true });
    rmSync(large, { recursive: true });
  });
});

describe("thresholds", () => {
  it("follow the pointer, and everything else follows them", async () => {
    const { page } = await open();
    const strip = (await page.locator(".group", { hasText: "female" }).locator(".strip").boundingBox())!;
    const middle = strip.y + strip.height / 2;
    const grip = (await handle(page, "female").boundingBox())!;
    await page.mouse.move(grip.x + grip.width / 2, middle);
    await page.mouse.down();
    await page.mouse.move(strip.x + 0.6 * strip.width, middle, { steps: 4 });
    expect(await threshold(page, "female")).toBeCloseTo(0.6, 2);
    // Before the button is let go.
    const { selected } = germanAt("female", await threshold(page, "female"));
    expect(await handle(page, "female").getAttribute("aria-valuetext")).toMatch(
      new RegExp(`: ${selected} of 310 predicted positive$`),
    );
    await page.mouse.up();
    expect(await page.locator(".field", { hasText: "Strategy" }).locator("select").inputValue()).toBe(
      "custom",
    );
    const { tp, fp, fn, tn } = germanAt("female", await threshold(page, "female"));
    const matrix = page.getByRole("table", { name: "Outcomes of female" }).locator("td.number");
    expect(await matrix.allInnerTexts()).toEqual([tp, fn, fp, tn].map(String));
    const rates = page.locator(".rates tbody tr", { hasText: "female" }).first();
    expect(await rates.innerText()).toContain((selected / 310).toFixed(3));
  });

  it("move by keys, up to where nobody is selected, together where that is wanted", async () => {
    const { page } = await open();
    await page.getByRole("spinbutton", { name: "Threshold of male" }).fill("0.5");
    await page.keyboard.press("Enter");
    await handle(page, "male").focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("PageUp");
    expect(await threshold(page, "male")).toBe(0.61);
    expect(await handle(page, "male").getAttribute("aria-valuenow")).toBe("0.61");
    await page.keyboard.press("End");
    expect(await handle(page, "male").getAttribute("aria-valuetext")).toBe(
      "nobody: 0 of 690 predicted positive",
    );
    expect(await text(page, ".rates tbody tr:nth-child(2)")).toContain("not estimable");
    await page.locator("vscode-checkbox").click();
    await handle(page, "female").focus();
    await page.keyboard.press("Home");
    expect([await threshold(page, "female"), await threshold(page, "male")]).toEqual([0, 0]);
  });

  it("are kept over a reload, with the grouping and the strategy", async () => {
    const { page, reload } = await open();
    await choose(page, "Groups", "age_group");
    await handle(page, "young").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("PageUp");
    await choose(page, "Groups", "sex");
    await handle(page, "male").focus();
    await page.keyboard.press("End");
    await choose(page, "Groups", "age_group");
    await reload();
    expect(await threshold(page, "young")).toBe(0.1);
    expect(await page.locator(".field", { hasText: "Groups" }).locator("select").inputValue()).toBe(
      "age_group",
    );
  });

  it("are the strategy's, and the page says what they cost and what gap is left", async () => {
    const { page } = await open();
    await choose(page, "Strategy", "demographic_parity");
    const [female, male] = [await threshold(page, "female"), await threshold(page, "male")];
    const [a, b] = [germanAt("female", female), germanAt("male", male)];
    const gap = Math.abs(a.selected / 310 - b.selected / 690);
    expect(gap).toBeLessThanOrEqual(0.02);
    expect(await text(page, ".summary")).toContain(`Demographic parity: a difference of ${gap.toFixed(3)}`);
    expect(await text(page, ".summary")).toContain(`Cost ${a.fp + a.fn + b.fp + b.fn}:`);
    await page.locator(".field", { hasText: "A false positive costs" }).locator("input").fill("4");
    await page.keyboard.press("Enter");
    expect(await threshold(page, "male")).toBeGreaterThan(male);
    await choose(page, "Search", "wit");
    expect((await threshold(page, "male")) * 100).toBeCloseTo(
      Math.round((await threshold(page, "male")) * 100),
      6,
    );
  });

  it("are exported with the table's hash and without the counts of tiny groups", async () => {
    const { page } = await open();
    await choose(page, "Groups", "sex\nage_group");
    await choose(page, "Strategy", "group");
    await page.getByText("Export thresholds").click();
    const file = GERMAN.replace(/\.csv$/, ".thresholds.json");
    await eventually(async () => saved.has(file), true);
    const report = JSON.parse(saved.get(file)!) as ThresholdReport;
    expect(report).toMatchObject({
      schema: "fairwatt.thresholds/1",
      file: "data.csv",
      strategy: "group",
      columns: { label: "class", score: "score", sensitive: ["sex", "age_group"] },
      rows: 1000,
    });
    expect(report.sha256).toBe(createHash("sha256").update(readFileSync(GERMAN)).digest("hex"));
    expect(report.groups.map(({ group }) => Object.values(group).join())).toHaveLength(4);
  });
});

describe("other views of the table", () => {
  it("slices by another column, numbers in bins", async () => {
    const { page, warnings } = await open();
    await choose(page, "Slice by", "housing");
    await eventually(() => page.locator(".group").count(), 6);
    await choose(page, "Groups", "");
    await eventually(() => page.locator(".group h3").allInnerTexts(), ["A151", "A152", "A153"]);
    await choose(page, "Slice by", "credit_amount");
    await eventually(() => page.locator(".group").count(), 6);
    const slices = await page.locator(".rates tbody th").allInnerTexts();
    const from = slices.map((slice) => Number.parseInt(slice, 10));
    expect(from).toEqual([...from].sort((a, b) => a - b));
    expect(warnings).toEqual([]);
    await page.screenshot({ path: path.join(RESULTS, "sliced.png"), fullPage: true });
  });

  it("finds the nearest row that is decided the other way, by the thresholds of now", async () => {
    const { page } = await open();
    await page.locator(".nearest-section input").fill("12");
    await page.keyboard.press("Enter");
    const sentence = page.locator(".nearest-section [aria-live]");
    await eventually(
      async () => /^Row 12 is predicted \w+\. Row \d+, predicted/.test(await sentence.innerText()),
      true,
    );
    expect(await page.locator(".nearest tbody th").allInnerTexts()).not.toContain("id");
    await page.locator(".nearest-section input").fill("4000");
    await page.keyboard.press("Enter");
    await eventually(() => sentence.innerText(), "there is no row 4000; the table has 1000");
  });

  it("shows every picture as a table, and copies it", async () => {
    const { page } = await open();
    await page.locator(".groups-section .quiet", { hasText: "Show as table" }).click();
    expect(await page.locator(".groups-section .chart-table tbody tr").count()).toBe(50);
    await page.locator(".chart-roc .quiet", { hasText: "Show as table" }).click();
    expect(await page.locator(".chart-roc thead th").allInnerTexts()).toEqual([
      "group",
      "area",
      "threshold",
      "false positive rate",
      "true positive rate (recall)",
    ]);
    await page.locator(".chart-roc .quiet", { hasText: "Copy as CSV" }).click();
    await eventually(
      async () => clipboard.at(-1)?.split("\r\n")[0],
      "group,threshold,false positive rate,true positive rate (recall)",
    );
    await handle(page, "male").focus();
    await page.keyboard.press("End");
    await eventually(() => page.locator(".chart-roc tbody tr:nth-child(2) td").nth(2).innerText(), "0.000");
  });

  it("draws the twelve largest of many groups; the table has them all, small ones marked", async () => {
    const { page } = await open({ roles: { sensitive: ["purpose", "housing"] } });
    await choose(page, "Groups", "purpose\nhousing");
    await eventually(() => page.locator(".group").count(), 12);
    const groups = await page.locator(".rates tbody tr").count();
    expect(groups).toBeGreaterThan(20);
    expect(await text(page, ".groups-section > p")).toBe(
      `${groups - 12} smaller groups are counted and not drawn; the table below has them all.`,
    );
    expect(await page.locator(".rates-section > p").innerText()).toContain("too few rows");
    expect(await axe(page)).toEqual([]);
    await page.getByText("Export thresholds").click();
    const file = GERMAN.replace(/csv$/, "thresholds.json");
    const report = await vi.waitFor(() => {
      const written = JSON.parse(saved.get(file)!) as ThresholdReport;
      expect(written.columns.sensitive).toEqual(["purpose", "housing"]);
      return written;
    });
    expect(report.rows).toBe(1000);
    const passed = report.groups.flatMap(({ rows, counts }) => [rows, ...Object.values(counts)]);
    for (const count of [...passed, report.cost]) expect((count ?? 0) % 10).toBe(0);
    expect(passed.filter((count) => count === null).length).toBeGreaterThan(20);
    await page.screenshot({ path: path.join(RESULTS, "many-groups.png"), fullPage: true });
  });

  it("fits a narrow editor", async () => {
    const { page } = await open({ width: 560, theme: "light" });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(560);
    await page.screenshot({ path: path.join(RESULTS, "narrow-light.png"), fullPage: true });
  });
});

describe("a table that cannot be explored", () => {
  it("says why, and asks for other columns", async () => {
    const chosen = { file: GERMAN, roles: ROLES };
    const { page, asked, problems } = await open({ roles: { score: "scor" }, chosen });
    expect(await text(page, ".unusable")).toContain('is it "score"?');
    expect(await axe(page)).toEqual([]);
    await page.getByText("Choose columns").click();
    await page.locator(".explorer").waitFor();
    expect(asked.map(({ roles }) => roles.score)).toEqual(["scor"]);
    expect(problems.errors).toEqual([]);
  });

  it("keeps what is not there apart from what is wrong with it", async () => {
    const { page } = await open({ file: "/no/such/table.csv" });
    expect(await text(page, ".unusable")).toContain("ENOENT");
  });
});

it("stays within its size", () => {
  expect(Buffer.byteLength(bundle.script)).toBeLessThan(SCRIPT_BUDGET);
});
