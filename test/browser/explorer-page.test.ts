import { createHash } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
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
      for (const toggle of await page.locator(".quiet[aria-expanded]").all()) await toggle.click();
      expect(await axe(page)).toEqual([]);
      for (const toggle of await page.locator(".quiet[aria-expanded]").all()) await toggle.click();
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
