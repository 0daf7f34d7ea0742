import { mkdirSync } from "node:fs";
import * as path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { failedView, tradeoffOutput, tradeoffView } from "../../src/editor/tradeoff/tradeoff-view.ts";
import { untranslated } from "../../src/editor/words.ts";
import type { TradeoffView } from "../../webview/tradeoff/protocol.ts";
import { openBrowser } from "../host/open-browser.mjs";
import { axeViolations } from "./journeys/support/axe.ts";
import { type Bundle, bundlePage } from "./page/open-page.ts";
import { type OpenedTradeoff, openTradeoff } from "./tradeoff/open-tradeoff.ts";

vi.mock("vscode", async () => (await import("./page/fake-editor.ts")).fakeVscode);

const RESULTS = path.resolve(import.meta.dirname, "../results/tradeoff");
/** Bytes; the page with charts and the component kit, minified. */
const SCRIPT_BUDGET = 400 * 1024;

let browser: Browser;
let bundle: Bundle;
let opened: OpenedTradeoff | undefined;
beforeAll(async () => {
  mkdirSync(RESULTS, { recursive: true });
  [browser, bundle] = await Promise.all([openBrowser(), bundlePage("tradeoff")]);
});
afterAll(() => browser.close());
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

const row = (name: string, quality: number, kg: number | null, on: boolean | null) => ({
  candidate: {
    ...{ name, quality: { value: quality }, worstGroup: null, fairnessGap: { value: 0.05 } },
    ...{ latency: { p95: 0.02 }, memory: 2 ** 27, cost: { per1000: null }, notices: [] as string[] },
    inference: { energy: { value: 7200 }, footprint: { value: 0.8 } },
  },
  lifetime: { energy: { value: 3 }, CO2e: kg === null ? null : { value: kg * 1000 }, cost: null },
  pareto: { on },
});
const OUTPUT = tradeoffOutput.parse({
  ...{
    quality: "accuracy",
    lessIsBetter: false,
    fairness: "equalized_odds",
    currency: "EUR",
    units: 1e6,
    unit: "images",
  },
  rows: [
    row("fp32", 0.91, 1.2, true),
    row("int8", 0.9, 0.5, true),
    row("pruned", 0.88, 0.9, false),
    row("<img src=x onerror=alert(1)>", 0.8, null, null),
  ],
  table: {
    candidates: ["fp32", "int8", "pruned", "<img src=x onerror=alert(1)> (baseline)"],
    rows: [
      { label: "accuracy, 95 %", cells: ["0.910 (0.900 to 0.920)", "0.900", "0.880", "0.800"] },
      { label: "CO2e over 1,000,000 images", cells: ["1.20 kg", "0.500 kg", "0.900 kg", "not known"] },
    ],
  },
  breakEven: [{ words: "int8 emits less than fp32 from 20,000 images on (15,000 to 30,000)" }],
  notices: ["the chosen candidate is not within max-latency-p95-ms: broken"],
  decision: {
    chosen: "int8",
    reason: "half the energy",
    rejected: { fp32: "twice the energy" },
    by: "Ada Lovelace",
  },
});
const PLACE = { project: "/w/credit", title: "Candidates of credit" };
const VIEW = tradeoffView(OUTPUT, PLACE, untranslated);

async function open(view: TradeoffView = VIEW, options: Parameters<typeof openTradeoff>[3] = {}) {
  opened = await openTradeoff(browser, bundle, view, options);
  return opened;
}

describe("the trade-off page", () => {
  for (const theme of ["dark", "light", "hc-black", "hc-light"] as const) {
    it(`${theme}: accessible, also with the chart as a table, and nothing that the security policy blocks`, async () => {
      const { page, problems, warnings } = await open(VIEW, { theme });
      expect(await axeViolations(page.mainFrame())).toEqual([]);
      await page.getByText("Show as table").click();
      expect(await axeViolations(page.mainFrame())).toEqual([]);
      await page.screenshot({ path: path.join(RESULTS, `tradeoff-${theme}.png`), fullPage: true });
      expect([
        ...problems.cspViolations,
        ...problems.errors,
        ...problems.offsiteRequests,
        ...warnings,
      ]).toEqual([]);
    });
  }

  it("has all of itself within 320 px, but for the matrix, which scrolls", async () => {
    const { page } = await open(VIEW, { theme: "light", width: 320 });
    await page.screenshot({ path: path.join(RESULTS, "tradeoff-light-320.png"), fullPage: true });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

  it("shows the matrix, break-even, decision and what to know; names are text", async () => {
    const { page } = await open();
    const matrix = page.locator("section[aria-labelledby=matrix-title] table");
    expect(await matrix.locator("thead th").allInnerTexts()).toEqual([
      "Property",
      ...OUTPUT.table.candidates,
    ]);
    expect(await matrix.locator("th.chosen").innerText()).toBe("int8");
    expect(await matrix.locator("tbody tr").nth(1).innerText()).toMatch(
      /1\.20 kg\s+0\.500 kg\s+0\.900 kg\s+not known/,
    );
    expect(await page.locator("section[aria-labelledby=break-even-title]").innerText()).toContain(
      "from 20,000 images on",
    );
    expect(await page.locator(".facts").innerText()).toMatch(
      /Chosen\s+int8[\s\S]*Not fp32\s+twice the energy/,
    );
    expect(await page.locator("section[aria-labelledby=notices-title]").innerText()).toContain(
      "not within max-latency",
    );
    expect(await page.locator("img").count()).toBe(0);
  });

  it("draws who has both figures, names who has not, and other figures when asked", async () => {
    const { page, reload } = await open();
    expect(await page.locator(".legend").innerText()).toMatch(/beaten by none\s+● 2/);
    expect(await page.locator(".hint").innerText()).toMatch(/not measured: <img .* \(baseline\)$/);
    expect(await page.locator("canvas").getAttribute("aria-label")).toBe(
      "accuracy over CO2e over the lifetime, kg of fp32, int8, pruned",
    );
    await page.locator(".choice select").first().selectOption({ label: "CO2e per 1,000 images, mg" });
    expect(await page.locator(".hint").innerText()).toBe("");
    await reload();
    expect(await page.locator("canvas").getAttribute("aria-label")).toMatch(
      /^accuracy over CO2e per 1,000 images/,
    );
    expect(await page.locator(".choice select").first().locator("option").allInnerTexts()).not.toContain(
      "cost per 1,000 images, EUR",
    );
  });

  it("is walked by keyboard: a point is said, and Enter shows its column", async () => {
    const { page } = await open();
    await page.locator("canvas").focus();
    await page.keyboard.press("ArrowRight");
    const said = page.locator(".chart [aria-live=polite]", { hasText: "int8" });
    expect(await said.innerText()).toBe("int8: CO2e over the lifetime, kg 0.5, accuracy 0.9");
    await page.keyboard.press("Enter");
    expect(await page.locator("th.picked").innerText()).toBe("int8");
    expect(await page.locator("td.picked").count()).toBe(2);
  });

  it("hands on what is to be done", async () => {
    const { page, asked } = await open();
    await page.getByText("Copy as CSV").click();
    for (const name of ["Read again", "Open project file", "Write documents"])
      await page.locator("header vscode-button", { hasText: name }).click();
    await vi.waitFor(() => expect(asked).toContain("report"));
    expect(asked.slice(2)).toEqual(["read", "settings", "report"]);
    expect(asked[1]).toMatch(
      /^copy Candidate,"CO2e over the lifetime, kg",accuracy,Pareto\r\nfp32,1\.2,0\.91,/,
    );
  });

  it("says what is wrong, or that there is nothing yet", async () => {
    const failed = await open(failedView("The ledger cannot be read: EACCES", PLACE));
    expect(await failed.page.locator(".sentence").innerText()).toBe("The ledger cannot be read: EACCES");
    expect(await failed.page.locator("table, canvas").count()).toBe(0);
    await failed.close();
    const { page } = await open(failedView("", PLACE));
    expect(await page.locator(".sentence").innerText()).toMatch(/nothing to compare yet/);
  });

  it("is small enough", () => {
    expect(Buffer.byteLength(bundle.script)).toBeLessThan(SCRIPT_BUDGET);
  });
});
