import { describe, expect, it } from "vitest";
import { suggestedDocuments } from "../../../../src/editor/report/suggest.ts";
import { documentNamed } from "../../../../src/report/documents/index.ts";

describe("suggestedDocuments", () => {
  const all = { runs: true, audits: true, models: true };

  it("names documents that there are", () => {
    for (const id of suggestedDocuments(all)) expect(documentNamed(id)?.id).toBe(id);
  });

  it("names what the record has something to say in", () => {
    expect(suggestedDocuments({ runs: false, audits: false, models: false })).toEqual([]);
    expect(suggestedDocuments({ ...all, audits: false })).not.toContain("fairness-audit");
    expect(suggestedDocuments({ ...all, runs: false, models: false })).toEqual(["fairness-audit"]);
  });
});
