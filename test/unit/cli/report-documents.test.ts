import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { report } from "../../../src/cli/report.ts";
import { fairwattFolder } from "../../../src/energy/run-folder.node.ts";
import { recordApproval, recordCorrection } from "../../../src/ledger/statements.node.ts";
import { writeEntry } from "../../../src/ledger/write-entry.node.ts";
import { DOCUMENTS } from "../../../src/report/documents/index.ts";
import { AUDIT, FACTS_TOML, runBody } from "../report/documents/evidence.ts";
import { captureOutput } from "./capture-output.ts";
import { LONG, SHORT } from "./fixture-runs.ts";

let project: string;
let runEntry: string;
let out: string;
let err: string;

beforeEach(async () => {
  project = mkdtempSync(path.join(tmpdir(), "fairwatt-documents-"));
  vi.stubEnv("XDG_STATE_HOME", path.join(project, "state"));
  writeFileSync(path.join(project, "fairwatt.toml"), FACTS_TOML);
  const ledger = fairwattFolder(project);
  const time = "2024-11-21T19:10:00.000Z";
  runEntry = (await writeEntry(ledger, { type: "run", time, body: await runBody(LONG) })).hash;
  await writeEntry(ledger, { type: "run", time, body: await runBody(SHORT) });
  await writeEntry(ledger, { type: "audit", time, body: AUDIT });
  [out, err] = ["", ""];
  captureOutput(
    (text) => {
      out += text;
    },
    (text) => {
      err += text;
    },
  );
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  rmSync(project, { recursive: true, force: true });
});

const call = (options: Omit<Parameters<typeof report>[1], "cwd">) =>
  report(undefined, { cwd: project, ...options });
const written = () =>
  JSON.parse(out) as { file: string; status: string; id: string; entry?: string; outcome: string }[];
const fileOf = (name: string) => path.join(project, "reports", name);

describe("fairwatt report --document", () => {
  it("lists the documents", async () => {
    expect(await call({ list: true })).toBe(0);
    for (const { id } of DOCUMENTS) expect(out).toContain(id);
  });

  it("prints the schema of their JSON", async () => {
    expect(await call({ schema: true })).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ $id: expect.stringContaining("report-document-1") });
  });

  it("writes every document as HTML, Markdown and JSON", async () => {
    expect(await call({ all: true, format: ["html", "md", "json"] })).toBe(0);
    expect(out.trim().split("\n")).toHaveLength(3 * DOCUMENTS.length);
    expect(readFileSync(fileOf("ai-act-compute.html"), "utf8")).toContain("credit-scorer");
    expect(JSON.parse(readFileSync(fileOf("ml-bom.cdx.json"), "utf8")).bomFormat).toBe("CycloneDX");
  });

  it("writes the same bytes again, in any time zone, whatever the clock says, and enters them once", async () => {
    expect(await call({ document: ["annex-iv"], json: true })).toBe(0);
    const [first] = written();
    const bytes = readFileSync(first!.file);
    out = "";
    vi.stubEnv("TZ", "Pacific/Kiritimati");
    vi.useFakeTimers({ now: new Date("2031-05-05T05:05:05Z"), toFake: ["Date"] });
    try {
      expect(await call({ document: ["annex-iv"], json: true })).toBe(0);
    } finally {
      vi.useRealTimers();
    }
    expect(readFileSync(first!.file).equals(bytes)).toBe(true);
    expect(written()[0]!.entry).toBe(first!.entry);
  });

  it("keeps what somebody changed, until it is forced", async () => {
    await call({ document: ["ghg"] });
    const file = fileOf("ghg.html");
    writeFileSync(file, readFileSync(file, "utf8").replace("credit-scorer", "scorer of ours"));
    expect(await call({ document: ["ghg"] })).toBe(1);
    expect(readFileSync(file, "utf8")).toContain("scorer of ours");
    expect(err).toContain("it was changed since it was written");
    expect(await call({ document: ["ghg"], force: true })).toBe(0);
    expect(readFileSync(file, "utf8")).not.toContain("scorer of ours");
  });

  it("writes over a draft of its own when the evidence has grown", async () => {
    await call({ document: ["ghg"] });
    await writeEntry(fairwattFolder(project), {
      type: "run",
      time: "2024-11-22T19:10:00.000Z",
      body: { ...(await runBody(SHORT)), run: "01JD5N9TG0BBBBBBBBBBBBBBB9", name: "another" },
    });
    expect(await call({ document: ["ghg"] })).toBe(0);
    expect(readFileSync(fileOf("ghg.html"), "utf8")).toContain("another");
  });

  it("is final once a person approved its entry, and then stays", async () => {
    await call({ document: ["sci"], json: true });
    const [draft] = written();
    expect(draft!.status).toBe("DRAFT");
    await recordApproval(fairwattFolder(project), {
      subject: draft!.entry!,
      decision: "approved",
      name: "Ada Lovelace",
      role: "head of model risk",
      fairwatt: "0.1.0",
    });
    out = "";
    await call({ document: ["sci"], json: true });
    expect(written()[0]).toMatchObject({ status: "FINAL", id: draft!.id, outcome: "written" });
    expect(readFileSync(draft!.file, "utf8")).toContain("Ada Lovelace");
    await recordCorrection(fairwattFolder(project), {
      corrects: runEntry,
      reason: "wrong machine",
      fairwatt: "0.1.0",
    });
    out = "";
    expect(await call({ document: ["sci"], json: true })).toBe(1);
    expect(written()[0]).toMatchObject({ status: "DRAFT", outcome: "kept", reason: "it is signed" });
    expect(err).toContain("a correction says that they are wrong");
  });

  it("does not use what was changed in the ledger, and says so", async () => {
    const file = path.join(fairwattFolder(project), "ledger", `${runEntry}.json`);
    const text = readFileSync(file, "utf8").replace('"finished"', '"failed"');
    writeFileSync(file, text);
    utimesSync(file, new Date(), new Date());
    await call({ document: ["ai-act-compute"] });
    expect(err).toContain("1 entry of the ledger could not be trusted");
  });

  it("writes the model card into a README", async () => {
    const readme = path.join(project, "README.md");
    writeFileSync(readme, "# Ours\n");
    expect(await call({ document: ["model-card"], into: "README.md" })).toBe(0);
    expect(readFileSync(readme, "utf8")).toMatch(/^---\nlicense: apache-2.0\n[\s\S]*# Ours\n/);
    writeFileSync(readme, "---\n[\n---\n");
    expect(await call({ document: ["model-card"], into: "README.md" })).toBe(2);
    expect(readFileSync(readme, "utf8")).toBe("---\n[\n---\n");
  });

  it.each([
    ["a document that there is not", { document: ["../../etc/passwd"] }, 'no document "../../etc/passwd"'],
    ["a format that there is not", { document: ["ghg"], format: ["docx"] }, 'no format "docx"'],
    ["neither run nor document", {}, "name a run"],
  ])("refuses %s", async (_name, options, message) => {
    expect(await call(options)).toBe(2);
    expect(err).toContain(message);
  });
});
