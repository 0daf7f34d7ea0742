import { mkdirSync } from "node:fs";
import * as path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { detailView, ledgerView } from "../../src/editor/ledger/ledger-view.ts";
import { untranslated } from "../../src/editor/words.ts";
import { openBrowser } from "../host/open-browser.mjs";
import { axeViolations } from "./journeys/support/axe.ts";
import { type OpenedLedger, openLedger } from "./ledger/open-ledger.ts";
import { type Bundle, bundlePage } from "./page/open-page.ts";

vi.mock("vscode", async () => (await import("./page/fake-editor.ts")).fakeVscode);

const RESULTS = path.resolve(import.meta.dirname, "../results/ledger");
/** Bytes; the page with the component kit, minified. */
const SCRIPT_BUDGET = 150 * 1024;

let browser: Browser;
let bundle: Bundle;
let opened: OpenedLedger | undefined;
beforeAll(async () => {
  mkdirSync(RESULTS, { recursive: true });
  [browser, bundle] = await Promise.all([openBrowser(), bundlePage("ledger")]);
});
afterAll(() => browser.close());
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

const hash = (letter: string) => letter.repeat(64);
const line = (letter: string, type: string, what: string, more = {}) => ({
  hash: hash(letter),
  time: "2026-11-21T18:05:00.000Z",
  type,
  what,
  correctedBy: [],
  decisions: [],
  ...more,
});
const LOG = [
  line("d", "approval", "cccccccccccc approved by Ada Lovelace (head of risk), signed"),
  line("c", "audit", "outputs/predictions.csv by sex, age_group, 1 of 2 limits broken", {
    decisions: ["approved by Ada Lovelace (head of risk), signed"],
  }),
  line("b", "run", "train.py, finished, 13.2 Wh, 5.6 g", { correctedBy: [hash("e")] }),
  line("a", "run", "<img src=x onerror=alert(1)>, failed, 0.4 Wh"),
];
const verified = (problems: string[]) => ({
  intact: problems.length === 0,
  ledgers: [
    {
      entries: 1200,
      journals: 3,
      signatures: 1,
      problems: problems.map((message) => ({ message })),
      notices: ["the journals of one run are not here and cannot be checked (journals stay out of git)"],
    },
  ],
});
const approval = detailView(
  {
    ...{ hash: hash("d"), time: "2026-11-21T18:05:00.123Z", type: "approval", parents: [hash("c")] },
    body: { subject: hash("c"), decision: "approved", author: "Ada Lovelace <ada@example.org>" },
    signatureCheck: { state: "good", key: "ED25519 key SHA256:abc", principal: "ada@example.org" },
  },
  untranslated,
);
const figure = (value: number | null, more = {}) => ({
  ...{ measure: "selection_rate", value, low: value && value - 0.04, high: value && value + 0.04 },
  ...more,
});
const audit = detailView(
  {
    ...{ hash: hash("c"), time: "2026-11-21T18:04:00.000Z", type: "audit", parents: [hash("b")] },
    body: {
      ...{ file: "outputs/predictions.csv", sha256: hash("f"), bytes: 1, rows: 2000, settings: {} },
      columns: { label: "defaulted", prediction: "predicted", sensitive: ["sex"] },
      measures: [
        {
          ...{ by: ["sex"], measure: "demographic_parity", convention: "largest minus smallest" },
          difference: { value: 0.11, low: 0.07, high: 0.15, method: "bootstrap" },
          ratio: { value: 0.74, low: 0.69, high: 0.79, method: "bootstrap" },
        },
      ],
      groups: {
        ...{ below: 10, rounded: true },
        tables: [
          {
            ...{ by: ["sex"], method: "Wilson, 95 %", withheld: 2, beyond: 0 },
            groups: [
              {
                ...{ group: "<b>f</b>", rows: 980 },
                rates: [figure(0.31), figure(null, { measure: "precision", leftOut: true })],
              },
              {
                ...{ group: "m", rows: 1010 },
                rates: [figure(0.42, { small: true }), figure(null, { measure: "precision" })],
              },
            ],
          },
        ],
      },
      limits: [
        {
          ...{ limit: "demographic_parity=0.1", by: ["sex"], broken: true },
          finding: "0.110 (0.070 to 0.150)",
        },
      ],
      fairwatt: "0.1.0",
    },
  },
  untranslated,
);

async function open(
  { problems = [], log = LOG }: { problems?: string[]; log?: typeof LOG } = {},
  options: Parameters<typeof openLedger>[3] = {},
): Promise<OpenedLedger> {
  const outputs = { project: "/w/credit", title: "credit", log, verification: verified(problems) };
  const view = ledgerView(outputs, untranslated);
  opened = await openLedger(browser, bundle, { view, details: [approval, audit] }, options);
  return opened;
}

describe("the ledger's page", () => {
  for (const theme of ["dark", "light", "hc-black", "hc-light"] as const) {
    it(`${theme}: accessible, closed and open, and nothing that the security policy blocks`, async () => {
      const { page, problems, warnings } = await open({ problems: ["entry 3f2a9c was changed"] }, { theme });
      expect(await axeViolations(page.mainFrame())).toEqual([]);
      await page.locator("[data-hash]").first().click();
      await page.waitForSelector(".detail");
      expect(await axeViolations(page.mainFrame())).toEqual([]);
      await page.screenshot({ path: path.join(RESULTS, `ledger-${theme}.png`), fullPage: true });
      expect([
        ...problems.cspViolations,
        ...problems.errors,
        ...problems.offsiteRequests,
        ...warnings,
      ]).toEqual([]);
    });
  }

  it("says whether the ledger is as it was written, and what is not", async () => {
    const intact = await open();
    expect(await intact.page.locator(".verdict").innerText()).toBe(
      "The ledger is as it was written: entries 1200, journals compared 3, signatures right 1.",
    );
    expect(await intact.page.locator("#problems-title").count()).toBe(0);
    await intact.close();
    const { page } = await open({ problems: ["entry 3f2a9c was changed"] });
    expect(await page.locator(".verdict").innerText()).toMatch(/^The ledger is not as it was written/);
    expect(await page.locator(".notes").first().innerText()).toBe("entry 3f2a9c was changed");
  });

  it("lists entries with what people said; names are text", async () => {
    const { page } = await open();
    expect(await page.locator("tbody tr").count()).toBe(4);
    expect(await page.locator("tbody tr").nth(1).innerText()).toContain("approved by Ada Lovelace");
    expect(await page.locator("tr.wrong").innerText()).toContain("does not hold");
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.getByText("1196 older ones").count()).toBe(1);
  });

  it("shows one kind, and keeps that over a reload", async () => {
    const { page, reload } = await open();
    await page.locator(".choice select").selectOption({ label: "Run" });
    expect(await page.locator("tbody tr").count()).toBe(2);
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe("SELECT");
    await reload();
    expect(await page.locator("tbody tr").count()).toBe(2);
  });

  it("opens an entry by keyboard, tells whose signature it is, and closes it", async () => {
    const { page } = await open();
    await page.locator("[data-hash]").first().focus();
    await page.keyboard.press("Enter");
    await page.waitForSelector(".detail");
    const facts = await page.locator(".facts").innerText();
    expect(facts).toContain(hash("d"));
    expect(facts).toContain("2026-11-21 18:05:00 UTC");
    expect(facts).toMatch(/right, by ED25519 key SHA256:abc of ada@example\.org/);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-expanded"))).toBe("true");
    await page.keyboard.press("Enter");
    expect(await page.locator(".detail").count()).toBe(0);
  });

  it("shows the rates of an audit's groups as the documents do, and that some are left out", async () => {
    const { page } = await open();
    await page.locator("[data-hash]").nth(1).click();
    const tables = page.locator(".said table");
    await tables.first().waitFor();
    expect(await page.locator(".caption").first().innerText()).toMatch(/^Limits that the project set/);
    const groups = page.getByRole("table", {
      name: "Groups by sex in outputs/predictions.csv, with ranges (Wilson, 95 %). *: counted among too few rows to decide anything.",
    });
    const cells = (at: number) => groups.locator("tbody tr").nth(at).locator("th, td").allInnerTexts();
    expect(await cells(0)).toEqual(["<b>f</b>", "980", "0.310 (0.270 to 0.350)", "left out"]);
    expect(await cells(1)).toEqual(["m", "1,010", "0.420 (0.380 to 0.460) *", "not estimable"]);
    expect(await page.locator(".detail").innerText()).toContain(
      "By sex in outputs/predictions.csv: 2 groups left out, as counts below 10 could be told from them",
    );
  });

  for (const [theme, width] of [
    ["dark", 320],
    ["light", 320],
    ["hc-light", 1600],
  ] as const) {
    it(`${theme}: nothing is cut off at ${width} px, and what is wide scrolls by keyboard`, async () => {
      const { page } = await open({ problems: [`entry ${hash("3")} was changed`] }, { theme, width });
      await page.locator("[data-hash]").nth(1).click();
      await page.waitForSelector(".said");
      await page.screenshot({ path: path.join(RESULTS, `ledger-${theme}-${width}.png`), fullPage: true });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const stuck = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>(".scroll-x")]
          .filter(({ scrollWidth, clientWidth, tabIndex }) => scrollWidth > clientWidth && tabIndex < 0)
          .map(({ ariaLabel }) => ariaLabel),
      );
      expect(stuck).toEqual([]);
      expect(await axeViolations(page.mainFrame())).toEqual([]);
    });
  }

  it("says so where an entry cannot be read any more", async () => {
    const { page } = await open();
    await page.locator("[data-hash]").nth(2).click();
    await page.waitForSelector(".opened .hint");
    expect(await page.locator(".opened").innerText()).toContain("cannot be read any more");
  });

  it("hands on what is to be done, and reads again what has changed", async () => {
    const { page, asked } = await open();
    await page.locator("[data-hash]").first().click();
    for (const name of ["Copy hash", "Say that it is wrong", "Approve or reject"])
      await page.locator(".detail vscode-button", { hasText: name }).click();
    await page.locator("header vscode-button", { hasText: "Export" }).click();
    await vi.waitFor(() => expect(asked).toContain("export"));
    expect(asked).toEqual(["read", "copy dddd", "correct dddd", "approve dddd", "read", "export"]);
  });

  it("says that there is nothing yet", async () => {
    const { page } = await open({ log: [] });
    expect(await page.locator("section .hint").first().innerText()).toMatch(/Nothing has happened yet/);
  });

  it("is small enough", () => {
    expect(Buffer.byteLength(bundle.script)).toBeLessThan(SCRIPT_BUDGET);
  });
});
