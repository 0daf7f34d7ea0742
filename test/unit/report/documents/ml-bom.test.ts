import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { composeDocument } from "../../../../src/report/compose-document.ts";
import type { Facts } from "../../../../src/report/documents/document.ts";
import { mlBom } from "../../../../src/report/documents/ml-bom.ts";
import type { Evidence } from "../../../../src/report/evidence.ts";
import {
  EMPTY,
  FACTS_TOML,
  factsOf,
  fullEvidence,
  hashOf,
  hostileEvidence,
  hostileFacts,
  NO_FACTS,
} from "./evidence.ts";

const SCHEMAS = path.resolve(import.meta.dirname, "../../../fixtures/schemas/cyclonedx");
const schema = (name: string) => {
  const read = JSON.parse(readFileSync(path.join(SCHEMAS, `${name}.SNAPSHOT.schema.json`), "utf8"));
  return { ...read, $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json` };
};

function validator(version: "1.6" | "1.7") {
  const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: true });
  addFormats.default(ajv);
  for (const format of ["iri-reference", "idn-email"]) ajv.addFormat(format, true);
  for (const name of ["spdx", "jsf-0.82", "cryptography-defs"]) ajv.addSchema(schema(name));
  return ajv.compile(schema(`bom-${version}`));
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
// biome-ignore lint/suspicious/noExplicitAny: the schema says what it is
const bomOf = (evidence: Evidence, facts: Facts): any =>
  JSON.parse(composeDocument(mlBom, evidence, facts, sha256).own!.render("fairwatt-seal DRAFT 0"));

describe.each(["1.6", "1.7"] as const)("CycloneDX %s", (version) => {
  const facts = factsOf(`${FACTS_TOML}cyclonedx = "${version}"\n`);
  const validate = validator(version);

  it("is valid by the published schema, whatever the evidence", async () => {
    const hostile = hostileFacts();
    hostile.report!["model-card"]!.cyclonedx = version;
    for (const [evidence, given] of [
      [EMPTY, { ...NO_FACTS, report: { "model-card": { cyclonedx: version } } }],
      [await fullEvidence(), facts],
      [await hostileEvidence(), hostile],
    ] as const) {
      const bom = bomOf(evidence, given);
      expect(bom.specVersion).toBe(version);
      expect(validate(bom) ? [] : validate.errors).toEqual([]);
    }
  });

  it("is a check that can fail", async () => {
    const bom = bomOf(await fullEvidence(), facts);
    bom.components[0].modelCard.considerations.environmentalConsiderations.energyConsumptions[0].co2CostEquivalent.unit =
      "kgCO2eq";
    expect(validate(bom)).toBe(false);
  });
});

describe("what the BOM says", () => {
  it("has kWh and tonnes of the runs, metrics as strings, the model's hash", async () => {
    const evidence = await fullEvidence();
    const [component] = bomOf(evidence, factsOf(FACTS_TOML)).components;
    const joules = evidence.runs.reduce((sum, { body }) => sum + body.energy.value, 0);
    const grams = evidence.runs.reduce((sum, { body }) => sum + (body.footprint?.value ?? 0), 0);
    const [use] = component.modelCard.considerations.environmentalConsiderations.energyConsumptions;
    expect(use).toMatchObject({ activity: "training", activityEnergyCost: { unit: "kWh" } });
    expect(use.activityEnergyCost.value).toBeCloseTo(joules / 3.6e6, 9);
    expect(use.co2CostEquivalent?.value).toBeCloseTo(grams / 1e6, 12);
    expect(component.hashes).toEqual([{ alg: "SHA-256", content: hashOf(0xabc) }]);
    const metrics = component.modelCard.quantitativeAnalysis.performanceMetrics;
    expect(metrics).toContainEqual({
      type: "demographic_parity-difference",
      value: "0.11",
      slice: "between groups by sex",
      confidenceInterval: { lowerBound: "0.07", upperBound: "0.15" },
    });
    expect(metrics).toContainEqual({
      type: "selection_rate",
      value: "0.4",
      slice: "sex=male",
      confidenceInterval: { lowerBound: "0.372", upperBound: "0.428" },
    });
    // Left out, and counted among too few.
    expect(metrics.filter(({ type }: { type: string }) => type === "accuracy")).toEqual([]);
    expect(component).not.toHaveProperty("co2CostOffset");
  });
});
