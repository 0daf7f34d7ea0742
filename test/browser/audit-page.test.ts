import { mkdirSync } from "node:fs";
import * as path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { auditView, pageState } from "../../webview/audit/protocol.ts";
import { openBrowser } from "../host/open-browser.mjs";
import { type OpenedAudit, openAudit } from "./audit/open-audit.ts";
import { otherAudit, sampleAudit } from "./audit/sample-audit.ts";
import { axeViolations } from "./journeys/support/axe.ts";
import { type Bundle, bundlePage } from "./page/open-page.ts";

vi.mock("vscode", async () => (await import("./page/fake-editor.ts")).fakeVscode);

const RESULTS = path.resolve(import.meta.dirname, "../results/audit");
/** Bytes; the page with the component kit, minified. */
const SCRIPT_BUDGET = 160 * 1024;
const REQUEST = { file: "/w/predictions.csv", run: null, entry: null, roles: {} };

let browser: Browser;
let bundle: Bundle;
let opened: OpenedAudit | undefined;

beforeAll(async () => {
  mkdirSync(RESULTS, { recursive: true });
  [browser, bundle] = await Promise.all([openBrowser(), bundlePage("audit")]);
});
afterAll(() => browser.close());
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function open(
  sample: Parameters<typeof sampleAudit>[0] = {},
  options: Parameters<typeof openAudit>[3] = {},
): Promise<OpenedAudit> {
  const { view } = await sampleAudit(sample);
  opened = await openAudit(browser, bundle, { view, request: REQUEST }, options);
  return opened;
}

const text = (page: Page, selector: string) => page.locator(selector).first().innerText();

describe("the page of an audit", () => {
  for (const theme of ["dark", "light", "hc-black", "hc-light"] as const) {
    it(`${theme}: accessible, and nothing that the security policy blocks`, async () => {
      const { page, problems, warnings } = await open({ limits: true, causes: true }, { theme });
      await page.screenshot({ path: path.join(RESULTS, `audit-${theme}.png`), fullPage: true });
      expect(await axeViolations(page.mainFrame())).toEqual([]);
      await page.locator(".measures-part select").selectOption({ label: "Fairlearn 0.14.0" });
      await page.locator(".grouping select").selectOption({ label: "sex × age_group" });
      expect(await axeViolations(page.mainFrame())).toEqual([]);
      await page.screenshot({ path: path.join(RESULTS, `intersection-${theme}.png`), fullPage: true });
      expect(problems.cspViolations).toEqual([]);
      expect(problems.errors).toEqual([]);
      expect(problems.offsiteRequests).toEqual([]);
      expect(warnings).toEqual([]);
    });
  }

  for (const task of ["multiclass", "regression"] as const) {
    it(`${task}: accessible in every theme, and no choice shows what there is not`, async () => {
      const { view } = await otherAudit(task);
      for (const theme of ["dark", "light", "hc-black"] as const) {
        opened = await openAudit(browser, bundle, { view, request: REQUEST }, { theme });
        const { page, problems, warnings } = opened;
        await page.screenshot({ path: path.join(RESULTS, `${task}-${theme}.png`), fullPage: true });
        expect(await axeViolations(page.mainFrame())).toEqual([]);
        expect([...problems.cspViolations, ...problems.errors, ...warnings]).toEqual([]);
        expect(await page.locator("vscode-button", { hasText: "Explore thresholds" }).count()).toBe(0);
        expect(await page.locator("vscode-button", { hasText: "Look for causes" }).count()).toBe(0);
        await opened.close();
        opened = undefined;
      }
    });
  }

  it("several classes: how often each group is predicted right, and every class against the rest", async () => {
    const { view } = await otherAudit("multiclass");
    opened = await openAudit(browser, bundle, { view, request: REQUEST });
    const { page, saved } = opened;
    expect(await text(page, ".overview-part h2")).toBe("Part predicted right");
    expect(await text(page, ".overview-part tbody tr >> nth=1")).toMatch(/^north\s+97\s+0\.\d{3}/);
    expect(await page.locator(".overview-part circle.point.small").count()).toBe(1);
    const counted = () => page.locator(".rates-part .rates tbody tr", { hasText: "all rows" }).innerText();
    const before = await counted();
    await page.locator(".classes select").selectOption({ label: "middle" });
    expect(await counted()).not.toBe(before);
    expect(await page.evaluate(() => document.activeElement?.closest(".classes") !== null)).toBe(true);
    expect(pageState.parse(saved()).class).toBe(2);
    await page.locator(".grouping select").selectOption({ label: "region × sex" });
    expect(await text(page, ".overview-part tbody tr >> nth=0")).toMatch(/^island, f/);
    expect(await text(page, ".rates-part tbody tr >> nth=0")).toMatch(/^island, f/);
    expect(await page.locator(".classes select").inputValue()).toBe("2");
  });

  it("numbers: errors by group on an axis of their own, with 0 on it", async () => {
    const { view } = await otherAudit("regression", ["region"]);
    opened = await openAudit(browser, bundle, { view, request: REQUEST });
    const { page } = opened;
    expect(await text(page, ".overview-part h2")).toBe(
      "Mean error: prediction minus label, in the label's unit",
    );
    expect(await text(page, ".overview-part .sentence")).toMatch(/large enough: 3\.\d+ \(.*Welch/);
    const ticks = await page.locator(".rates-chart text.tick").allTextContents();
    expect(ticks).toContain("0");
    expect(ticks.length).toBeGreaterThanOrEqual(4);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(await page.locator(".grouping, .rates-part, .classes").count()).toBe(0);
    expect(await text(page, "section[aria-labelledby=limits-title]")).toContain("mean_error <= 2");
  });

  it("says what was audited and what the limits came to, in words that are there without colour", async () => {
    const { page } = await open({ limits: true });
    expect(await text(page, "h1")).toBe("predictions.csv");
    expect(await text(page, ".subtitle")).toBe("400 rows, predicted_class against class, by sex, age_group");
    expect(await text(page, "section[aria-labelledby=limits-title] .sentence")).toMatch(
      /^\d of 9 limits broken, \d kept/,
    );
    const verdicts = await page.locator(".verdict").allInnerTexts();
    expect(new Set(verdicts)).toEqual(new Set(["broken", "kept"]));
    const facts = await text(page, "section[aria-labelledby=facts-title]");
    for (const part of ["c4c4c4c4", "train.py, 22/11/2026", "to be predicted 1", "5b5b5b5b"])
      expect(facts).toContain(part);
  });

  it("without limits judges nothing, and offers to set them", async () => {
    const { page, asked } = await open();
    expect(await text(page, "section[aria-labelledby=limits-title]")).toContain("nothing is judged");
    await page.getByRole("button", { name: "Set limits" }).click();
    await vi.waitFor(() => expect(asked).toEqual(["openSettings"]));
  });

  it("shows small groups and missing values, marked; what cannot be estimated has no number", async () => {
    const { page } = await open();
    const row = (name: string) => page.locator(".rates tbody tr", { hasText: name }).innerText();
    expect(await row("diverse")).toContain("7 rows, fewer than 30");
    expect(await row("(missing)")).toContain("12 rows, fewer than 30");
    expect(await page.locator(".counts tbody").innerText()).toMatch(/\(missing\)\s*no value/);
    expect(await page.locator("circle.point.small").count()).toBe(2);
    expect(await page.locator("rect.point.reference").count()).toBe(1);
    await page.locator(".grouping select").selectOption({ label: "sex × age_group" });
    const empty = page.locator(".rates tbody tr", { hasText: "diverse, young" });
    expect(await empty.innerText()).toMatch(/not estimable.*0 of 0 rows.*nobody is in it/s);
  });

  it("every rate can be chosen; chart, table and explanation follow, and the focus stays", async () => {
    const { page, saved } = await open();
    await page.locator(".rates-part select").selectOption("false_positive_rate");
    expect(await text(page, ".rates-part .hint")).toBe(
      "false positive rate: counted among rows labelled negative.",
    );
    expect(await page.locator(".rates-chart").getAttribute("aria-label")).toMatch(
      /^false positive rate by sex/,
    );
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SELECT");
    expect(pageState.parse(saved()).rate).toBe("false_positive_rate");
  });

  it("names the convention of the numbers, and each library's own", async () => {
    const { page } = await open();
    const part = page.locator(".measures-part");
    expect(await part.innerText()).toContain("Fairwatt: largest minus smallest rate");
    for (const library of ["Fairlearn 0.14.0", "AIF360 0.6.1", "Aequitas 1.0.0"]) {
      await part.locator("select").selectOption({ label: library });
      expect(await part.innerText()).toContain("Zero denominators");
      expect(await part.locator("tbody tr").first().innerText()).toContain(library);
    }
  });

  it("asks for causes, and shows them", async () => {
    const { page, asked, finish, ours: audit } = await open();
    const button = page.locator("vscode-button", { hasText: "Look for causes" });
    await button.click();
    await vi.waitFor(() => expect(asked).toEqual(["causes"]));
    await vi.waitFor(async () => expect(await button.getAttribute("disabled")).not.toBeNull());
    const { view } = await sampleAudit({ causes: true });
    audit.show({ view, request: REQUEST });
    finish();
    await page.getByRole("heading", { name: "What tells age_group" }).waitFor();
    expect(await text(page, "section[aria-labelledby=causes-title]")).toContain("housing");
  });

  it("has the documents written that the record speaks of", async () => {
    const { page, asked } = await open();
    await page.locator("header vscode-button", { hasText: "Write documents" }).click();
    await vi.waitFor(() => expect(asked).toEqual(["report"]));
  });

  it("works by keyboard alone", async () => {
    const { page, asked } = await open();
    for (let i = 0; i < 4; i++) await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await vi.waitFor(() => expect(asked).toEqual(["columns"]));
  });

  it("fits a narrow page: only tables scroll sideways", async () => {
    const { page } = await open({ limits: true }, { width: 420 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
  });

  it("keeps all that it shows, so that a reloaded window shows it again", async () => {
    const { saved } = await open({ limits: true });
    const kept = pageState.parse(saved());
    const { view } = await sampleAudit({ limits: true });
    expect(kept.view).toEqual(auditView.parse(JSON.parse(JSON.stringify(view))));
    expect(kept.request).toEqual(REQUEST);
  });

  it("says so where nothing was kept", async () => {
    opened = await openAudit(browser, bundle, undefined);
    expect(await text(opened.page, "main")).toBe("This audit is no longer kept. Audit the table again.");
  });

  it("is small", () => {
    expect(bundle.script.length).toBeLessThan(SCRIPT_BUDGET);
  });
});
