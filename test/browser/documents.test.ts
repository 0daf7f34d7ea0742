import { createHash } from "node:crypto";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { composeDocument } from "../../src/report/compose-document.ts";
import { type ReasonsPack, reasonsPage } from "../../src/report/documents/ecoa-pack.ts";
import { DOCUMENTS } from "../../src/report/documents/index.ts";
import { documentHtml } from "../../src/report/render/document-html.ts";
import { openBrowser } from "../host/open-browser.mjs";
import { HOSTILE_TEXT, hostileEvidence, hostileFacts, REASONS } from "../unit/report/documents/evidence.ts";
import { axeViolations } from "./journeys/support/axe.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
/** Of one applicant with a name and a reason that mean harm. */
const PACK: ReasonsPack = {
  file: HOSTILE_TEXT,
  sha256: REASONS.sha256,
  method: HOSTILE_TEXT,
  reference: HOSTILE_TEXT,
  higherMeans: "approval",
  most: 4,
  texts: { [HOSTILE_TEXT]: HOSTILE_TEXT },
  facts: {},
  checks: REASONS.checks,
  applicants: [
    {
      applicant: HOSTILE_TEXT,
      row: 0,
      reasons: [{ feature: HOSTILE_TEXT, contribution: -1, gap: 1, share: 1, value: HOSTILE_TEXT }],
      coverage: 1,
      tied: [HOSTILE_TEXT],
      completed: HOSTILE_TEXT,
    },
  ],
  warnings: [HOSTILE_TEXT],
  fairwatt: "0.1.0",
};

describe("documents in a browser", () => {
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    browser = await openBrowser();
    // The documents' own policy forbids scripts; axe is let in by the test alone.
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 900, height: 1200 } });
    page = await context.newPage();
    page.on("dialog", (dialog) => {
      problems.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("console", (message) => {
      if (message.type() === "error") problems.push(message.text());
    });
    page.on("request", (request) => void problems.push(`asked for ${request.url()}`));
  });
  afterAll(() => browser?.close());

  async function look(markup: string) {
    problems.length = 0;
    await page.setContent(markup);
    expect(await axeViolations(page.mainFrame())).toEqual([]);
    expect(problems).toEqual([]);
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    expect(await page.locator("script, img, a[href], iframe").count()).toBe(0);
    expect(await page.locator("h1").count()).toBe(1);
  }

  it.each(DOCUMENTS.map((document) => [document.id, document] as const))(
    "%s: no axe violation, nothing runs, nothing is fetched, nothing sticks out",
    async (_id, document) => {
      const hostile = composeDocument(document, await hostileEvidence(), hostileFacts(), sha256);
      await look(documentHtml(hostile.content));
    },
  );

  it("so are the reasons of single applicants", () => look(reasonsPage(PACK, "html")));
});
