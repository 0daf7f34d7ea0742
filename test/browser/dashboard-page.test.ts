import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { budgetView } from "../../src/editor/budget/budget-view.ts";
import { untranslated } from "../../src/editor/words.ts";
import { openBrowser } from "../host/open-browser.mjs";
import { BUDGET_NOW, sampleBudget } from "../unit/editor/budget/sample-budget.ts";
import { FakeStore } from "./dashboard/fake-store.ts";
import { type OpenedDashboard, openDashboard } from "./dashboard/open-dashboard.ts";
import * as runs from "./dashboard/runs.ts";
import { executed } from "./page/fake-editor.ts";
import { type Bundle, bundlePage } from "./page/open-page.ts";
import type { ThemeName } from "./page/themes.ts";

vi.mock("vscode", async () => (await import("./page/fake-editor.ts")).fakeVscode);

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RESULTS = path.resolve(import.meta.dirname, "../results/dashboard");
/** Bytes; the page with the component kit and Chart.js, minified. */
const SCRIPT_BUDGET = 420 * 1024;

let browser: Browser;
let bundle: Bundle;
let opened: OpenedDashboard | undefined;

beforeAll(async () => {
  mkdirSync(RESULTS, { recursive: true });
  [browser, bundle] = await Promise.all([openBrowser(), bundlePage("dashboard")]);
});
afterAll(() => browser.close());
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});

const everyRun = () => [
  runs.liveRun(),
  runs.finishedRun(),
  runs.modelledRun(),
  runs.interruptedRun(),
  runs.estimatedRun(),
  ...runs.history(12),
];

async function open(
  store: FakeStore,
  options: Parameters<typeof openDashboard>[3] = {},
): Promise<OpenedDashboard> {
  opened = await openDashboard(browser, bundle, store, options);
  return opened;
}

interface AxeViolation {
  id: string;
  impact: string;
  nodes: string[];
}

async function axe(page: Page): Promise<AxeViolation[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const run = (window as unknown as { axe: { run(): Promise<{ violations: never[] }> } }).axe.run;
    const { violations } = await run();
    return (violations as { id: string; impact: string; nodes: { html: string }[] }[]).map((violation) => ({
      id: violation.id,
      impact: violation.impact,
      nodes: violation.nodes.map((node) => node.html.slice(0, 160)),
    }));
  });
}

const text = (page: Page, selector: string) => page.locator(selector).first().innerText();
const column = (page: Page, nth: number) =>
  page.locator(`.runs tbody tr td:nth-child(${nth})`).allInnerTexts();

/** Waits until the page says what is expected; fails with what it said last. */
async function eventually(read: () => Promise<unknown>, expected: unknown): Promise<void> {
  await vi.waitFor(async () => expect(await read()).toEqual(expected), { timeout: 5_000, interval: 50 });
}

describe("the budget of the run's project", () => {
  const budget = budgetView(sampleBudget(), BUDGET_NOW, untranslated, "en");

  it("is a burn-down for each limit with its figures beside it, accessible", async () => {
    const { page, problems } = await open(new FakeStore(everyRun()), { budget, theme: "light" });
    await page.locator(".budget canvas").nth(1).waitFor();
    expect(await text(page, ".budget h2")).toBe("Budget of 2026-11");
    const lines = await page.locator(".budget-lines li").allInnerTexts();
    expect(lines[0]).toMatch(/^CO2e: 4\.8 kg \(.+\) of 50\.0 kg, 10 %; 45\.2 kg left; within the budget/);
    expect(lines[1]).toMatch(/^energy: 12 kWh \(.+\) of 10\.0 kWh, 120 %; 2\.00 kWh too much; /);
    const chart = page.locator(".chart-budget-energy");
    expect(await chart.locator("canvas").getAttribute("aria-label")).toContain("2.00 kWh too much");
    await chart.locator(".quiet").first().click();
    expect(await chart.locator("tbody tr").allInnerTexts()).toHaveLength(3);
    expect(await chart.locator("tbody tr").last().innerText()).toMatch(/12\.0 kWh\s+2\.00 kWh too much/);
    expect(await axe(page)).toEqual([]);
    expect(problems.cspViolations).toEqual([]);
    expect(problems.errors).toEqual([]);
    await page.locator(".budget").screenshot({ path: path.join(RESULTS, "budget-light.png") });
  });

  it("is not there where the project has none", async () => {
    const { page } = await open(new FakeStore(everyRun()));
    await page.locator("h1:visible").waitFor();
    expect(await page.locator(".budget").isVisible()).toBe(false);
  });
});

describe("what a run looks like", () => {
  const cases: [string, () => runs.MadeRun, ThemeName][] = [
    ["live", runs.liveRun, "dark"],
    ["live", runs.liveRun, "light"],
    ["modelled", runs.modelledRun, "light"],
    ["interrupted", runs.interruptedRun, "dark"],
    ["finished", runs.finishedRun, "hc-black"],
    ["no-zone", runs.estimatedRun, "hc-light"],
  ];
  for (const [name, make, theme] of cases) {
    it(`${name}, ${theme}: accessible, and nothing that the security policy blocks`, async () => {
      const { page, problems } = await open(new FakeStore(everyRun()), {
        theme,
        selected: make().summary.id,
      });
      await page.locator(".chart-power .quiet").first().click();
      await page.locator(".disclosure").first().click();
      expect(await axe(page)).toEqual([]);
      await page.locator(".chart-power .quiet").first().click();
      await page.locator(".disclosure").first().click();
      expect(problems.cspViolations).toEqual([]);
      expect(problems.errors).toEqual([]);
      expect(problems.offsiteRequests).toEqual([]);
      await page.screenshot({ path: path.join(RESULTS, `${name}-${theme}.png`), fullPage: true });
    });
  }

  it("shows energy, range, zone, power and forecast of a live run", async () => {
    const { page } = await open(new FakeStore(everyRun()));
    expect(await text(page, "h1:visible")).toBe("train.py");
    expect(await text(page, ".run-line")).toMatch(/main@3f2c1a0\+\s+●\s+running\s+12:31\s+epoch 14 of 40/);
    expect(await page.locator(".figure-value").allInnerTexts()).toEqual([
      "43.2 Wh",
      "17.7 g",
      "210 W",
      "≈120 Wh",
    ]);
    const row = await text(page, ".figures-row");
    expect(row).toContain("42.6 to 43.7 Wh, measured");
    expect(row).toContain("342 g/kWh, Germany, yearly 2024, Ember, location-based, PUE 1.2");
    expect(row).toContain("GPU 0 180 · CPU package 0 23 · RAM 0 6");
  });

  it("says that CO2e is not known without a zone, and offers to choose one", async () => {
    const { page } = await open(new FakeStore([runs.estimatedRun()]));
    expect(await text(page, ".figures-row")).toContain("CO2e not known: zone not set");
    await page.getByText("Choose the zone").click();
    await eventually(async () => executed.at(-1), ["fairwatt.chooseZone"]);
    expect(await page.locator(".segment").nth(1).isDisabled()).toBe(true);
  });

  it("lists gaps, notices, and meters not used with what would make them available", async () => {
    const { page } = await open(new FakeStore([runs.interruptedRun(), runs.modelledRun()]), {
      selected: runs.interruptedRun().summary.id,
    });
    const notes = await text(page, ".notes");
    expect(notes).toContain("3:30 to 4:55, all meters: the sampler was killed and started again");
    expect(notes).toContain("2 lines of the journal could not be read and were left out.");
    expect(await text(page, ".not-covered")).toBe("not measured: disk, network, display");
    await page.locator(".runs button.name", { hasText: "credit/train.py" }).click();
    await eventually(() => text(page, "h1:visible"), "credit/train.py");
    expect(await text(page, ".notes")).toContain(
      "To use it: sudo chmod a+r /sys/class/powercap/intel-rapl:*/energy_uj",
    );
    expect(await page.locator(".chart-power .legend-item").allInnerTexts()).toEqual([
      "CPU\nmodelled",
      "RAM\nmodelled",
      "range",
    ]);
  });

  it("opens a component to say where its number comes from, and keeps it open over reloads", async () => {
    const { page, reload } = await open(new FakeStore([runs.liveRun()]));
    await page.locator(".disclosure", { hasText: "GPU 0" }).click();
    expect(await text(page, ".provenance")).toMatch(/the run's part\s+share of SM utilisation/);
    expect(await text(page, ".provenance")).toMatch(/± 1 %: NVML total energy/);
    await reload();
    expect(await page.locator(".disclosure", { hasText: "GPU 0" }).getAttribute("aria-expanded")).toBe(
      "true",
    );
  });
});

describe("before the first run", () => {
  it("has one sentence, one button, one link", async () => {
    const { page, problems } = await open(new FakeStore());
    expect(await page.locator(".empty > :not(.visually-hidden)").allInnerTexts()).toEqual([
      "No run has been measured in this workspace yet.",
      "Run the open file measured",
      "What is measured and how",
    ]);
    expect(await axe(page)).toEqual([]);
    await page.getByText("Run the open file measured").click();
    await eventually(async () => executed.at(-1), ["fairwatt.runMeasured"]);
    expect(problems.cspViolations).toEqual([]);
    await page.screenshot({ path: path.join(RESULTS, "empty-dark.png") });
  });

  it("gives way to the first run as soon as it starts", async () => {
    const store = new FakeStore();
    const { page } = await open(store);
    store.put(runs.liveRun());
    await eventually(() => text(page, "h1:visible"), "train.py");
    expect(await page.locator(".empty").isVisible()).toBe(false);
    expect(await page.locator(".runs tbody tr").count()).toBe(1);
  });
});

describe("the runs table", () => {
  it("sorts by click and by keyboard, unknown values last", async () => {
    const { page } = await open(new FakeStore(everyRun()));
    await page.locator(".sort", { hasText: "CO2e" }).click();
    const largest = await column(page, 8);
    expect(largest[0]).toBe("56.1 g");
    expect(largest.at(-1)).toBe("–");
    await page.keyboard.press("Enter");
    const smallest = await column(page, 8);
    expect(smallest[0]).toBe("≈180 mg");
    expect(smallest.at(-1)).toBe("–");
    expect(await page.locator("th[aria-sort]").getAttribute("aria-sort")).toBe("ascending");
    expect(await page.locator(".sort:focus").innerText()).toContain("CO2e");
  });

  it("filters, and says how many of how many", async () => {
    const { page } = await open(new FakeStore(everyRun()));
    await page.locator(".runs-bar vscode-text-field").click();
    await page.keyboard.type("finetune");
    await eventually(() => column(page, 4), ["finetune.py"]);
    expect(await text(page, ".count")).toBe("1 of 17");
    await page.keyboard.type("xyz");
    await eventually(() => text(page, ".none"), "No run matches.");
  });

  it("receives a long history in pieces and counts it all", async () => {
    const { page } = await open(new FakeStore(runs.history(180)));
    await eventually(() => page.locator(".runs tbody tr").count(), 180);
    expect(await text(page, ".count")).toBe("180 of 180");
  });

  it("shows another run by keyboard and keeps the choice over a reload", async () => {
    const { page, reload } = await open(new FakeStore(everyRun()));
    await page.locator(".runs button.name", { hasText: "finetune.py" }).focus();
    await page.keyboard.press("Enter");
    await eventually(() => text(page, "h1:visible"), "finetune.py");
    await reload();
    await eventually(() => text(page, "h1:visible"), "finetune.py");
    expect(await page.locator("tr.selected").innerText()).toContain("interrupted");
  });
});

describe("comparing two runs", () => {
  it("says the difference in words, flags what is not alike, and closes again", async () => {
    const { page } = await open(new FakeStore(everyRun()));
    const tick = (name: string) =>
      page.locator("tr", { hasText: name }).locator("vscode-checkbox").first().click();
    expect(await page.locator(".runs-section vscode-button").getAttribute("disabled")).not.toBeNull();
    await tick("finetune.py");
    await tick("credit/train.py");
    await page.locator(".runs-section vscode-button").click();
    await eventually(() => page.locator(".compare-section").isVisible(), true);
    expect(await text(page, ".sentence")).toBe(
      "-99 % energy against finetune.py (44.5 to ≈0.45 Wh), same commit, same command, 12 epochs more",
    );
    expect(await text(page, ".flags")).toContain("different methods: measured before, modelled after");
    expect(await page.locator("#compare-title").evaluate((title) => title === document.activeElement)).toBe(
      true,
    );
    const rows = await page.locator(".compare tbody tr").allInnerTexts();
    expect(
      rows
        .find((row) => row.startsWith("Method"))
        ?.split("\t")
        .map((cell) => cell.trim()),
    ).toEqual(["Method", "measured", "modelled", "different"]);
    expect(await axe(page)).toEqual([]);
    await page.screenshot({ path: path.join(RESULTS, "compare-dark.png"), fullPage: true });
    await page.locator(".compare-section vscode-button").click();
    await eventually(() => page.locator(".compare-section").isVisible(), false);
  });
});

describe("charts", () => {
  it("switches a series by its legend, and shows the same figures as a table", async () => {
    const { page } = await open(new FakeStore([runs.liveRun()]));
    const cpu = page.locator(".legend-item", { hasText: "CPU package 0" });
    await cpu.click();
    expect(await cpu.getAttribute("aria-pressed")).toBe("false");
    await page.locator(".chart-power .quiet").first().click();
    expect(await page.locator(".chart-power thead th").allInnerTexts()).toEqual([
      "time",
      "GPU 0",
      "CPU package 0",
      "RAM 0",
    ]);
    expect(await page.locator(".chart-power tbody tr").count()).toBeGreaterThan(50);
  });

  it("copies CSV with every point through the editor, and a picture to the clipboard", async () => {
    const { clipboard } = await import("./page/fake-editor.ts");
    const { page } = await open(new FakeStore([runs.liveRun()]));
    await page.locator(".chart-power .quiet", { hasText: "Copy as CSV" }).click();
    await eventually(async () => clipboard.at(-1)?.split("\r\n").length, 751 + 2);
    expect(clipboard.at(-1)?.split("\r\n")[0]).toBe(
      'seconds,"GPU 0 (W, measured)","CPU package 0 (W, measured)","RAM 0 (W, measured)",energy (J)',
    );
    await page.locator(".chart-energy .quiet", { hasText: "Copy as image" }).click();
    await page.locator(".chart-energy .quiet", { hasText: "Copied" }).waitFor();
    const types = await page.evaluate(async () =>
      (await navigator.clipboard.read()).flatMap((item) => item.types),
    );
    expect(types).toEqual(["image/png"]);
  });

  it("is read by arrow keys, and says what it reads", async () => {
    const { page } = await open(new FakeStore([runs.liveRun()]));
    await page.locator(".chart-power canvas").focus();
    await page.keyboard.press("End");
    const said = await page.locator(".chart-power [aria-live]").textContent();
    expect(said).toMatch(/^12:31: GPU 0 180 W, CPU package 0 2\d\.\d W, RAM 0 [56]\.\d W$/);
    expect(await page.locator(".chart-power canvas").getAttribute("aria-label")).toContain("12:31");
  });

  it("draws ten hours by as many points as there are pixels", async () => {
    const { page } = await open(new FakeStore([runs.longRun()]), { theme: "light" });
    await eventually(() => text(page, ".figure-value"), "2.08 kWh");
    const lines = await page.evaluate(async () => {
      let count = 0;
      const { lineTo } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.lineTo = function (x, y) {
        count++;
        lineTo.call(this, x, y);
      };
      document.documentElement.style.setProperty("--vscode-charts-blue", "#1a85fe");
      await new Promise((done) => setTimeout(done));
      CanvasRenderingContext2D.prototype.lineTo = lineTo;
      return count;
    });
    // Three stacked areas with their borders, one band: without thinning it would be over 300,000.
    expect(lines).toBeGreaterThan(2_000);
    expect(lines).toBeLessThan(30_000);
    await page.screenshot({ path: path.join(RESULTS, "long-light.png"), fullPage: true });
  });

  it("follows a change of theme", async () => {
    const { page, setTheme } = await open(new FakeStore([runs.liveRun()]));
    const pixels = () =>
      page.locator(".chart-power canvas").evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
    const dark = await pixels();
    await setTheme("hc-light");
    expect(await pixels()).not.toBe(dark);
    expect(await axe(page)).toEqual([]);
  });
});

describe("what arrives later", () => {
  it("appends points and changes figures without rebuilding the page", async () => {
    const store = new FakeStore([runs.liveRun(), ...runs.history(3)]);
    const { page, panel } = await open(store);
    await page.locator(".legend-item").first().focus();
    const posted = panel.posted.length;
    const longer = runs.makeRun({
      id: runs.liveRun().summary.id,
      seconds: 751,
      meters: ["cpu", "dram", "gpu"],
      state: "running",
      startedAt: runs.NOW - 751_000,
      epochs: { done: 14, total: 40 },
      dirty: true,
    });
    longer.series.t.push(752);
    longer.series.energy.push(longer.series.energy.at(-1)! + 213);
    for (const row of longer.series.watts) row.values.push(71);
    longer.summary.duration = 752;
    store.put(longer);
    await eventually(() => text(page, ".elapsed"), "12:32");
    expect(
      await page
        .locator(".legend-item")
        .first()
        .evaluate((item) => item === document.activeElement),
    ).toBe(true);
    await vi.waitFor(() => expect(panel.posted.slice(posted).length).toBe(3));
    const series = panel.posted.at(-1) as { type: string; piece: { from: number; t: number[] } };
    expect([series.type, series.piece.from, series.piece.t]).toEqual(["series", 751, [752]]);
  });

  it("is silent while hidden, and up to date when shown again", async () => {
    const store = new FakeStore([runs.liveRun()]);
    const { page, panel, reload } = await open(store);
    panel.show(false);
    const posted = panel.posted.length;
    const reads = store.seriesReads;
    const ended = runs.liveRun();
    ended.summary.state = "finished";
    ended.summary.exitCode = 0;
    store.put(ended);
    store.put(runs.interruptedRun());
    await page.waitForTimeout(300);
    expect([panel.posted.length, store.seriesReads]).toEqual([posted, reads]);
    panel.visible = true;
    await reload();
    await eventually(() => text(page, ".run-line > [aria-live]"), "finished");
    expect(await page.locator(".runs tbody tr").count()).toBe(2);
  });

  it("drops what is no message, says so in the log, and goes on", async () => {
    const store = new FakeStore([runs.liveRun()]);
    const { page, panel, warnings, problems } = await open(store);
    await page.evaluate(() => window.postMessage({ type: "detail", detail: { id: 7 } }, "*"));
    await page.evaluate(() => window.postMessage("<img src=x onerror=alert(1)>", "*"));
    panel.received.fire({ type: "command", command: "workbench.action.quit", run: null });
    await eventually(async () => warnings.length, 3);
    expect(executed.some(([command]) => command === "workbench.action.quit")).toBe(false);
    store.put(runs.interruptedRun());
    await eventually(() => page.locator(".runs tbody tr").count(), 2);
    expect(problems.errors).toEqual([]);
  });

  it("shows hostile text as text", async () => {
    const hostile = runs.makeRun({
      name: "<img src=x onerror=document.title='owned'>",
      seconds: 30,
      meters: ["cpu"],
      startedAt: runs.NOW,
      notices: ["<b>bold</b>"],
    });
    const { page, problems } = await open(new FakeStore([hostile]));
    expect(await text(page, "h1:visible")).toBe(hostile.summary.name);
    expect(await page.locator("img, b").count()).toBe(0);
    expect(problems.cspViolations).toEqual([]);
  });
});

it("keeps the page's script within its budget", () => {
  expect(bundle.script.length).toBeLessThan(SCRIPT_BUDGET);
});
