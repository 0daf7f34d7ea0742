import { describe, expect, it } from "vitest";
import { modelVersions } from "../../../src/ledger/model-versions.ts";
import type { EntryContent } from "../../../src/ledger/write-entry.node.ts";
import { runBody } from "./fixtures.ts";

const fairwatt = "0.1.0";
const MODEL = "c".repeat(64);
const file = (path: string, sha256 = MODEL) => ({ path, bytes: 10, sha256 });
/** Entries in the order given; the hash is the place. */
const ledger = (...contents: (Pick<EntryContent, "type"> & { body: unknown })[]) =>
  contents.map((content, index) => ({
    hash: String(index).padStart(64, "0"),
    envelope: { v: 1, time: "2026-11-22T10:00:00.000Z", parents: [], ...content } as never,
  }));
const hash = (index: number) => String(index).padStart(64, "0");
const run = (id: string, ...artefacts: ReturnType<typeof file>[]) =>
  ({ type: "run", body: runBody(id, { artefacts }) }) as const;
const audit = (id: string | undefined, sha256 = "f".repeat(64)) =>
  ({
    type: "audit",
    body: {
      ...(id !== undefined && { run: id }),
      ...{ file: "p.csv", sha256, limits: [], columns: { sensitive: ["sex"] } },
    },
  }) as const;
const approval = (subject: string) =>
  ({
    type: "approval",
    body: { subject, decision: "approved", name: "Ada", role: "risk", fairwatt },
  }) as const;

describe("modelVersions", () => {
  it("joins what is known about a model: run, audits, reports, approvals, name", () => {
    const [version, ...others] = modelVersions(
      ledger(
        run("R", file("out/model.joblib"), file("p.csv", "d".repeat(64))),
        audit("R"),
        { type: "report", body: { title: "Audit", entries: [hash(1)], files: [] } },
        approval(hash(2)),
        {
          type: "version",
          body: { artefact: MODEL, run: hash(0), name: "credit", version: "1.0.0", fairwatt },
        },
      ),
    );
    expect(others).toEqual([]);
    expect(version).toMatchObject({
      artefact: MODEL,
      path: "out/model.joblib",
      name: "credit",
      version: "1.0.0",
      run: { hash: hash(0), body: { run: "R" } },
      audits: [{ hash: hash(1) }],
      reports: [{ title: "Audit" }],
      decisions: [{ subject: hash(2), decision: "approved", signed: false }],
    });
  });

  it("knows an audit that names no run by the table, which a run wrote", () => {
    const table = "d".repeat(64);
    const [version] = modelVersions(
      ledger(run("R", file("m.pt"), file("p.csv", table)), audit(undefined, table), audit(undefined)),
    );
    expect(version!.audits.map((each) => each.hash)).toEqual([hash(1)]);
  });

  it("does not count what was taken back", () => {
    const takenBack = (index: number) =>
      ({ type: "correction", body: { corrects: hash(index), reason: "x", fairwatt } }) as const;
    expect(modelVersions(ledger(run("R", file("m.pt")), takenBack(0)))).toEqual([]);
    const [version] = modelVersions(ledger(run("R", file("m.pt")), audit("R"), takenBack(1)));
    expect(version!.audits).toEqual([]);
  });

  it("takes the same bytes for one model, the newest first", () => {
    const found = modelVersions(
      ledger(run("A", file("m.pt")), run("B", file("copy.pt")), run("C", file("m.pt", "e".repeat(64)))),
    );
    expect(found.map(({ path, run: { body } }) => [path, body.run])).toEqual([
      ["m.pt", "C"],
      ["m.pt", "A"],
    ]);
  });

  it("reads the run of MLflow from the path, and passes by files without a hash", () => {
    const id = "0123456789abcdef0123456789abcdef";
    const logged = file(`mlruns/4711/${id}/artifacts/model/model.pkl`);
    expect(modelVersions(ledger(run("R", logged)))[0]!.mlflowRun).toBe(id);
    const unhashed = {
      type: "run",
      body: runBody("R", { artefacts: [{ path: "m.pt", bytes: 1, note: "too large" }] }),
    };
    expect(modelVersions(ledger(unhashed as never))).toEqual([]);
  });

  it("passes by entries that this version does not know", () => {
    expect(modelVersions(ledger({ type: "dream" as never, body: {} }))).toEqual([]);
  });
});
