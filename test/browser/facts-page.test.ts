import { mkdirSync } from "node:fs";
import * as path from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { FactsPanel } from "../../src/editor/facts/panel.ts";
import { openBrowser } from "../host/open-browser.mjs";
import { type FactsFile, openFacts } from "./facts/open-facts.ts";
import { axeViolations } from "./journeys/support/axe.ts";
import { type Bundle, bundlePage, type OpenedPage } from "./page/open-page.ts";

vi.mock("vscode", async () => (await import("./page/fake-editor.ts")).fakeVscode);

const RESULTS = path.resolve(import.meta.dirname, "../results/facts");
/** Bytes; the page with the component kit, minified. */
const SCRIPT_BUDGET = 150 * 1024;
const HOSTILE = '<img src=x onerror=alert(1)> "=1+1" ](javascript:x)';
const TOML = `# ours
[report]
system = "scorer" # the name
role = "king"
annex-i-product = false
[report.ecoa.reasons]
utilization = "Balances are high" # approved
`;

let browser: Browser;
let bundle: Bundle;
let file: FactsFile;
let opened: OpenedPage<FactsPanel> | undefined;
beforeAll(async () => {
  mkdirSync(RESULTS, { recursive: true });
  [browser, bundle] = await Promise.all([openBrowser(), bundlePage("facts")]);
});
afterAll(() => browser.close());
beforeEach(() => {
  file = { text: TOML, isTrusted: true, opened: 0 };
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

async function open(options: Parameters<typeof openFacts>[3] = {}) {
  opened = await openFacts(browser, bundle, file, options);
  return opened;
}
const fieldOf = ({ page }: OpenedPage<FactsPanel>, name: string) =>
  page.locator(`#fact-${name.replaceAll(".", "-")}`);
const problemOf = ({ page }: OpenedPage<FactsPanel>, name: string) =>
  page.locator(`#fact-${name.replaceAll(".", "-")}-problem`);

describe("the page of report facts", () => {
  for (const theme of ["dark", "light", "hc-black", "hc-light"] as const) {
    it(`${theme}: accessible with every section open and a value refused, and nothing that the security policy blocks`, async () => {
      const all = await open({ theme });
      const { page, problems, warnings } = all;
      await page.evaluate(() => {
        for (const each of document.querySelectorAll("details")) each.open = true;
      });
      await fieldOf(all, "annex-iii").fill("9");
      await fieldOf(all, "annex-iii").blur();
      await page.waitForSelector("[aria-invalid]");
      expect(await axeViolations(page.mainFrame())).toEqual([]);
      await page.screenshot({ path: path.join(RESULTS, `facts-${theme}.png`) });
      expect([
        ...problems.cspViolations,
        ...problems.errors,
        ...problems.offsiteRequests,
        ...warnings,
      ]).toEqual([]);
    });
  }

  it("has all of itself within 320 px", async () => {
    const { page } = await open({ theme: "light", width: 320 });
    await page.evaluate(() => {
      for (const each of document.querySelectorAll("details")) each.open = true;
    });
    await page.screenshot({ path: path.join(RESULTS, "facts-light-320.png") });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  });

  it("shows what the file says, what is wrong in it, and who asks for what", async () => {
    const all = await open();
    expect(await fieldOf(all, "system").inputValue()).toBe("scorer");
    expect(await fieldOf(all, "annex-i-product").inputValue()).toBe("false");
    expect(await fieldOf(all, "ecoa.reasons").inputValue()).toBe("utilization = Balances are high");
    expect(await all.page.locator(".notes").innerText()).toContain("fairwatt.toml:4: role must be one of");
    expect(await all.page.locator("#fact-decision-hint").textContent()).toContain(
      "Asked for by: Fairness audit report",
    );
    expect(await all.page.locator("#fact-system-hint").textContent()).toContain("Every document has it");
  });

  it("writes a field when it is left, by keyboard, and keeps the rest of the file", async () => {
    const all = await open();
    await fieldOf(all, "system").focus();
    await all.page.keyboard.press("ControlOrMeta+A");
    await all.page.keyboard.type(HOSTILE);
    await all.page.keyboard.press("Tab");
    await vi.waitFor(async () => expect(await problemOf(all, "system").textContent()).toBe("Written."));
    expect(file.text).toBe(TOML.replace('"scorer"', JSON.stringify(HOSTILE)));
    await fieldOf(all, "role").selectOption("provider");
    await vi.waitFor(async () => expect(await all.page.locator(".notes").count()).toBe(0));
    expect(file.text).toContain('role = "provider"');
    expect(await all.page.locator("img").count()).toBe(0);
  });

  it("refuses what the schema refuses, in its words, and keeps what was typed", async () => {
    const all = await open();
    await fieldOf(all, "annex-iii").fill("9(z)");
    await fieldOf(all, "annex-iii").blur();
    await vi.waitFor(async () =>
      expect(await problemOf(all, "annex-iii").textContent()).toContain(
        "annex-iii must be a point of Annex III",
      ),
    );
    expect(file.text).toBe(TOML);
    await fieldOf(all, "version").fill("2.0");
    await fieldOf(all, "version").blur();
    await vi.waitFor(() => expect(file.text).toContain('version = "2.0"'));
    expect(await fieldOf(all, "annex-iii").inputValue()).toBe("9(z)");
    await fieldOf(all, "annex-iii").fill("5(b)");
    await fieldOf(all, "annex-iii").blur();
    await vi.waitFor(() => expect(file.text).toContain('annex-iii = "5(b)"'));
    await vi.waitFor(async () =>
      expect(await fieldOf(all, "annex-iii").getAttribute("aria-invalid")).toBeNull(),
    );
  });

  it("takes a fact out where its field is emptied", async () => {
    const all = await open();
    await fieldOf(all, "system").fill("");
    await fieldOf(all, "system").blur();
    await vi.waitFor(() => expect(file.text).toBe(TOML.replace('system = "scorer" # the name\n', "")));
  });

  it("shows the facts of one document, and keeps that over a reload", async () => {
    const all = await open();
    await all.page.locator("#document").selectOption("ecoa-reasons");
    expect(await all.page.locator("details:not([hidden])").count()).toBe(2);
    expect(await fieldOf(all, "ecoa.creditor").isVisible()).toBe(true);
    expect(await fieldOf(all, "role").isVisible()).toBe(false);
    expect(await all.page.locator("details:not([hidden]) .count").last().innerText()).toMatch(
      /^1 of \d+ stated$/,
    );
    await all.reload();
    expect(await all.page.locator("details:not([hidden])").count()).toBe(2);
  });

  it("leaves what somebody is writing alone when the file changes", async () => {
    const all = await open();
    await fieldOf(all, "version").focus();
    await all.page.keyboard.type("3.1");
    file.text = file.text.replace("scorer", "other");
    await all.ours.refresh();
    await vi.waitFor(async () => expect(await fieldOf(all, "system").inputValue()).toBe("other"));
    expect(await fieldOf(all, "version").inputValue()).toBe("3.1");
  });

  it("is read-only in Restricted Mode, and opens the file", async () => {
    file.isTrusted = false;
    const all = await open();
    expect(await all.page.locator(".read-only").innerText()).toContain("Restricted Mode");
    expect(await all.page.locator(".fact :is(input, textarea, select):not([disabled])").count()).toBe(0);
    expect(await axeViolations(all.page.mainFrame())).toEqual([]);
    await all.page.locator("vscode-link").click();
    await vi.waitFor(() => expect(file.opened).toBe(1));
    file.isTrusted = true;
    await all.ours.refresh();
    await vi.waitFor(async () => expect(await fieldOf(all, "system").isEnabled()).toBe(true));
  });

  it("is small enough", () => {
    expect(Buffer.byteLength(bundle.script)).toBeLessThan(SCRIPT_BUDGET);
  });
});
