import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { modelVersions } from "../../../../src/ledger/model-versions.ts";
import { composeDocument } from "../../../../src/report/compose-document.ts";
import { register } from "../../../../src/report/documents/register.ts";
import { type RegisteredProject, registerOf } from "../../../../src/report/documents/register-of-projects.ts";
import type { Evidence } from "../../../../src/report/evidence.ts";
import { documentMarkdown } from "../../../../src/report/render/document-markdown.ts";
import { LONG, SHORT } from "../../cli/fixture-runs.ts";
import { AUDIT, EMPTY, FACTS_TOML, factsOf, hashOf, NO_FACTS, runBody } from "./evidence.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const TIME = "2026-11-22T10:00:00.000Z";
const entry = (index: number, type: string, body: unknown) => ({
  hash: hashOf(index),
  envelope: { v: 1, type, time: TIME, parents: [], body } as never,
});
const approval = (subject: string) => ({
  ...{ subject, decision: "approved" as const, name: "Grace Hopper", role: "head of risk" },
  fairwatt: "0.1.0",
});

/** Two models of a project, of which one was audited, named and approved. */
async function project(): Promise<Evidence> {
  const table = "d".repeat(64);
  const runs = [
    await runBody(LONG, {
      run: "A",
      artefacts: [
        { path: "small.pkl", bytes: 1, sha256: hashOf(0xa) },
        { path: "scored.csv", bytes: 1, sha256: table },
      ],
    }),
    await runBody(SHORT, { run: "B", artefacts: [{ path: "large.pkl", bytes: 1, sha256: hashOf(0xb) }] }),
  ];
  const audit = { ...AUDIT, sha256: table };
  return {
    ...EMPTY,
    runs: runs.map((body, index) => ({ hash: hashOf(index + 1), time: TIME, body })),
    audits: [{ hash: hashOf(3), time: TIME, body: audit }],
    models: modelVersions([
      ...runs.map((body, index) => entry(index + 1, "run", body)),
      entry(3, "audit", audit),
      entry(4, "version", {
        ...{ artefact: hashOf(0xa), run: hashOf(1), name: "scorer", version: "2.0.0", fairwatt: "0.1.0" },
      }),
      entry(5, "approval", approval(hashOf(3))),
    ]),
  };
}

describe("the register", () => {
  it("has a row for each model of a project, with who approved it", async () => {
    const { content } = composeDocument(register, await project(), factsOf(FACTS_TOML), sha256);
    const text = documentMarkdown(content);
    expect(text).toMatch(
      /\| scorer 2\.0\.0 \| 0{10}.. \|.*scored\.csv.*approved by Grace Hopper \(head of risk\)/,
    );
    expect(text).toMatch(/\| large\.pkl \|.*\| none \| none \| none \|/);
  });

  it("of several projects has a row for each system, the red findings first, and counts what is missing", async () => {
    const projects: RegisteredProject[] = [
      { project: "churn", evidence: EMPTY, facts: NO_FACTS },
      { project: "credit", evidence: await project(), facts: factsOf(FACTS_TOML) },
    ];
    const compose = (of: RegisteredProject[]) =>
      composeDocument(registerOf(of), projects[1]!.evidence, NO_FACTS, sha256).content;
    const content = compose(projects);
    const text = documentMarkdown(content);
    expect(text).toContain("| credit-scorer | AI-017; 1.4.0 | credit risk department; ");
    expect(text).toMatch(/\| churn \| \\?.TO BE COMPLETED BY THE SYSTEM'S OWNER/);
    expect(text.indexOf("| credit-scorer | red |")).toBeLessThan(text.indexOf("| churn | amber |"));
    expect(content.reproduce).toEqual(["fairwatt ledger verify", "fairwatt report --projects churn credit"]);
    expect(content.system.commit).toBeNull();
    expect(content.completeness.missing).toContainEqual({
      section: "2. Who answers for what",
      label: "churn: Status",
      completedBy: "the system's owner",
    });
    const renamed = compose([
      { ...projects[0]!, facts: factsOf('[report]\nsystem = "attrition"\n') },
      projects[1]!,
    ]);
    expect(renamed.evidence.dataHash).not.toBe(content.evidence.dataHash);
  });
});
