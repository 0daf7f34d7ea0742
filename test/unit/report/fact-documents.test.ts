import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { FACT_FIELDS, factName } from "../../../src/config/report-facts-fields.ts";
import type { Facts } from "../../../src/report/documents/document.ts";
import { DOCUMENTS } from "../../../src/report/documents/index.ts";
import { EMPTY, fullEvidence, NO_FACTS } from "./documents/evidence.ts";

const FILE = path.resolve(import.meta.dirname, "../../../src/report/data/fact-documents.json");
const TABLES = new Set(
  FACT_FIELDS.flatMap(({ path: [table, ...rest] }) => (rest.length > 0 ? [table!] : [])),
);
/** On the first page of every document (compose-document.ts). */
const EVERYWHERE = ["organisation", "contact", "system", "version"];

/** Read by commands whose results documents print, or when a document is written. */
const BY_COMMANDS: Record<string, readonly string[]> = {
  "fairness-audit": ["ll144.sex", "ll144.race-ethnicity", "ll144.categories", "ll144.measure"],
  "ecoa-reasons": ["ecoa.higher-means", "ecoa.reasons", "ecoa.prohibited-features"],
  "ml-bom": ["model-card.cyclonedx"],
};
/** Answers on which other questions depend. */
const ANSWERS: Record<string, string>[] = [{}, { system: "a" }, { derogation: "a", "annex-iii": "1(a)" }];

/** Facts that say next to nothing, and note what they are asked for. */
function askedFacts(asked: Set<string>, answers: Record<string, string>): Facts {
  const of = (base: string): object =>
    new Proxy(
      {},
      {
        get(_target, key) {
          if (typeof key !== "string") return undefined;
          const name = base === "" ? key : `${base}.${key}`;
          if (base === "" && TABLES.has(key)) return of(key);
          asked.add(name);
          return answers[name];
        },
      },
    );
  return { ...NO_FACTS, report: of("") as Facts["report"] };
}

describe("which documents ask for which fact", () => {
  it("is as the file for the editor says", async () => {
    const facts: Record<string, string[]> = Object.fromEntries(
      FACT_FIELDS.map((field) => [factName(field.path), []]),
    );
    for (const document of DOCUMENTS) {
      const asked = new Set(EVERYWHERE);
      for (const evidence of [EMPTY, await fullEvidence()])
        for (const answers of ANSWERS) document.build(evidence, askedFacts(asked, answers));
      for (const name of [...asked, ...(BY_COMMANDS[document.id] ?? [])]) facts[name]?.push(document.id);
    }
    const expected = {
      documents: DOCUMENTS.map(({ id, title }) => ({ id, title })),
      facts: Object.fromEntries(
        Object.entries(facts).map(([name, ids]) => [name, ids.length === DOCUMENTS.length ? ["*"] : ids]),
      ),
    };
    await expect(`${JSON.stringify(expected, null, 2)}\n`).toMatchFileSnapshot(FILE);
    expect(Object.entries(expected.facts).filter(([, ids]) => ids.length === 0)).toEqual([]);
  });
});
