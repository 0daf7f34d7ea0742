/** The model as a component of a CycloneDX 1.6 or 1.7 bill of materials, with its model card; and the same for people. */

import type { Quantity } from "../../quantity.ts";
import { FAIRWATT_VERSION } from "../../version.ts";
import { type Evidence, newestAudits, newestRun, type RecordedAudit, totalOf } from "../evidence.ts";
import { measuresTable } from "./audit-rows.ts";
import { named } from "./audit-values.ts";
import type { DocumentBody, DocumentContent, Facts, ReportDocument } from "./document.ts";
import { computed, given, number, numberRecord, recorded } from "./fields.ts";
import { modelArtefact } from "./model-artefact.ts";
import { PHASE_RULE, type PhaseRuns, runsByPhase } from "./phases.ts";
import { energyBlocks } from "./workload-blocks.ts";

export const mlBom: ReportDocument = {
  id: "ml-bom",
  title: "Bill of materials of the model (CycloneDX ML-BOM)",
  summary: "CycloneDX: the model with its card, as JSON for machines and as a page",
  form: 1,
  legalTextAsOf: "CycloneDX 1.6 (ECMA-424) and 1.7",
  build,
};

type Component = Record<string, unknown>;

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const report = facts.report ?? {};
  const card = report["model-card"] ?? {};
  const model = modelArtefact(evidence, facts);
  const total = totalOf(evidence.runs);
  const audits = newestAudits(evidence);
  const phases = runsByPhase(evidence.runs, facts);
  return {
    blocks: [
      { text: "The same as JSON, for tools: fairwatt report --document ml-bom --format json" },
      { heading: "Component", level: 2 },
      {
        fields: {
          caption: "components[0], machine-learning-model.",
          rows: [
            recorded(
              "Model file",
              model &&
                `${model.artefact.path}, ${model.artefact.bytes} bytes, SHA-256 ${model.artefact.sha256 ?? model.artefact.note ?? "not known"}, written by run ${model.run.body.run}`,
              "hashes",
              "the provider: artefact in [report.model-card]",
            ),
            given("Licence", card.license, "licenses"),
            given("Approach", card.approach, "modelParameters.approach.type"),
            given("Task", card["pipeline-tag"], "modelParameters.task"),
            given("Architecture family", card["architecture-family"], "modelParameters.architectureFamily"),
            given("Architecture", card.architecture, "modelParameters.modelArchitecture"),
            given("Data sets", card.datasets, "modelParameters.datasets"),
            given("Users", card.users, "considerations.users"),
            given("Use", report["intended-purpose"] ?? facts["intended-use"], "considerations.useCases"),
            given("Technical limitations", card.limitations, "considerations.technicalLimitations"),
            number("IT energy", total.energy, "kWh", "environmentalConsiderations"),
            number(
              "CO2e, location-based",
              total.footprint,
              "t",
              "environmentalConsiderations",
              "C",
              "a grid zone: zone in the project file",
            ),
            computed(
              "Fairness assessments",
              audits.map(({ body }) => `${named(body.file)}: ${body.measures.length} measures`),
              "considerations.fairnessAssessments",
              "an audit: fairwatt audit TABLE",
            ),
          ],
        },
      },
      ...(phases.length > 0
        ? [{ heading: "Energy by phase", level: 2 as const }, ...energyBlocks(phases), { text: PHASE_RULE }]
        : []),
      ...audits.map((audit) => ({ table: measuresTable(audit) })),
    ],
    own: {
      format: "json",
      file: "ml-bom.cdx.json",
      value: component(evidence, facts),
      render: (value, content, seal) =>
        `${JSON.stringify(bom(value as Component, content, facts, seal), null, 2)}\n`,
    },
  };
}

function bom(component: Component, content: DocumentContent, facts: Facts, seal: string): object {
  const uuid = content.id;
  return {
    $schema: `http://cyclonedx.org/schema/bom-${specVersion(facts)}.schema.json`,
    bomFormat: "CycloneDX",
    specVersion: specVersion(facts),
    // The same content has the same number: version 8 is for ids made from a hash.
    serialNumber: `urn:uuid:${uuid.slice(0, 8)}-${uuid.slice(8, 12)}-8${uuid.slice(13, 16)}-8${uuid.slice(17, 20)}-${uuid.slice(20, 32)}`,
    version: 1,
    metadata: {
      ...(content.evidenceAt !== null && { timestamp: content.evidenceAt }),
      tools: { components: [{ type: "application", name: "Fairwatt", version: FAIRWATT_VERSION }] },
      properties: [
        { name: "fairwatt:status", value: content.status },
        { name: "fairwatt:document", value: content.id },
        { name: "fairwatt:dataHash", value: content.evidence.dataHash },
        { name: "fairwatt:seal", value: seal },
      ],
    },
    components: [component],
  };
}

const specVersion = (facts: Facts): "1.6" | "1.7" => facts.report?.["model-card"]?.cyclonedx ?? "1.6";

/** Keys without a value are left out: the schema knows no null. */
function component(evidence: Evidence, facts: Facts): Component {
  const report = facts.report ?? {};
  const card = report["model-card"] ?? {};
  const model = modelArtefact(evidence, facts);
  const git = newestRun(evidence)?.body.git;
  const audits = newestAudits(evidence);
  const version = report.version ?? git?.commit;
  return {
    type: "machine-learning-model",
    "bom-ref": "model-1",
    name: report.system ?? "[TO BE COMPLETED BY THE PROVIDER]",
    ...(version !== undefined && { version }),
    ...(report.organisation !== undefined && { manufacturer: { name: report.organisation } }),
    ...(card.description !== undefined && { description: card.description }),
    ...(model?.artefact.sha256 !== undefined && {
      hashes: [{ alg: "SHA-256", content: model.artefact.sha256 }],
    }),
    ...(card.license !== undefined && { licenses: [{ license: { name: card.license } }] }),
    modelCard: {
      modelParameters: {
        ...(card.approach !== undefined && { approach: { type: card.approach } }),
        ...(card["pipeline-tag"] !== undefined && { task: card["pipeline-tag"] }),
        ...(card["architecture-family"] !== undefined && { architectureFamily: card["architecture-family"] }),
        ...(card.architecture !== undefined && { modelArchitecture: card.architecture }),
        datasets: [
          ...(card.datasets ?? []).map((name) => ({ type: "dataset", name })),
          ...audits.map(({ body }) => ({
            type: "dataset",
            name: body.file,
            description: `Audited table of ${body.rows} rows`,
            contents: { properties: [{ name: "fairwatt:sha256", value: body.sha256 }] },
          })),
        ],
      },
      quantitativeAnalysis: { performanceMetrics: audits.flatMap(metricsOf) },
      considerations: considerations(evidence, facts, audits),
    },
  };
}

/** Differences and ratios as the schema has metrics: all values are strings. */
function metricsOf({ body }: RecordedAudit): object[] {
  return [...qualityMetrics(body), ...groupMetrics(body), ...gapMetrics(body)];
}

const metric = (
  type: string,
  slice: string,
  { value, low, high }: { value: number | null; low: number | null; high: number | null },
): object[] =>
  value === null
    ? []
    : [
        {
          type,
          value: decimal(value),
          slice,
          ...(low !== null &&
            high !== null && {
              confidenceInterval: { lowerBound: decimal(low), upperBound: decimal(high) },
            }),
        },
      ];

const qualityMetrics = ({ quality = [] }: RecordedAudit["body"]): object[] =>
  quality.flatMap((each) => metric(each.measure, "all rows", each));

const groupMetrics = ({ groups }: RecordedAudit["body"]): object[] =>
  (groups?.tables ?? []).flatMap(({ by, groups: each }) =>
    each.flatMap(({ group, rates }) =>
      rates.flatMap((figures) =>
        figures.small ? [] : metric(figures.measure, `${by.join(" x ")}=${group}`, figures),
      ),
    ),
  );

function gapMetrics(body: RecordedAudit["body"]): object[] {
  return body.measures.flatMap(({ measure, by, difference, ratio }) =>
    (
      [
        ["difference", difference],
        ["ratio", ratio],
      ] as const
    ).flatMap(([kind, estimate]) =>
      metric(`${measure}-${kind}`, `between groups by ${by.join(" x ")}`, estimate),
    ),
  );
}

const decimal = (value: number): string => String(Number(value.toPrecision(6)));

function considerations(evidence: Evidence, facts: Facts, audits: readonly RecordedAudit[]): object {
  const report = facts.report ?? {};
  const card = report["model-card"] ?? {};
  const use = report["intended-purpose"] ?? facts["intended-use"];
  const mitigation = report.fairness?.mitigation;
  const outcomes = report["annex-iv"]?.["unintended-outcomes"];
  return {
    ...(card.users && { users: card.users }),
    ...(use !== undefined && { useCases: [use] }),
    ...(card.limitations && { technicalLimitations: card.limitations }),
    ...(report["annex-iv"]?.["trade-offs"] !== undefined && {
      performanceTradeoffs: [report["annex-iv"]["trade-offs"]],
    }),
    fairnessAssessments: audits.flatMap(({ body }) =>
      body.columns.sensitive.map((attribute) => ({
        groupAtRisk: `groups by ${attribute}`,
        harms: harmsOf(body, attribute),
        ...(mitigation !== undefined && { mitigationStrategy: mitigation }),
      })),
    ),
    ...(outcomes !== undefined && {
      ethicalConsiderations: [
        { name: outcomes, ...(mitigation !== undefined && { mitigationStrategy: mitigation }) },
      ],
    }),
    environmentalConsiderations: {
      energyConsumptions: runsByPhase(evidence.runs, facts).flatMap((phase) => consumption(phase, facts)),
    },
  };
}

function harmsOf(body: RecordedAudit["body"], attribute: string): string {
  const own = body.measures.filter(
    ({ by, difference }) => by.includes(attribute) && difference.value !== null,
  );
  return own.length === 0
    ? `${body.file}: no difference could be estimated, or all are left out`
    : `${body.file}: ${own.map(({ measure, difference }) => `${measure} differs by ${decimal(difference.value!)}`).join(", ")}`;
}

/** Of the schema's activities. */
function activityOf(phase: PhaseRuns["phase"], facts: Facts): string {
  switch (phase) {
    case "training":
      return facts.report?.["model-card"]?.["training-type"] === "fine-tuning" ? "fine-tuning" : "training";
    case "test":
      return "validation";
    case "experiment":
    case "not assigned":
      return "other";
    default:
      return phase;
  }
}

/** Energy of the computers, in kWh and tCO2eq as the schema asks; nothing where nothing was metered. */
function consumption({ phase, runs }: PhaseRuns, facts: Facts): object[] {
  const { energy, footprint, unplaced, unmetered } = totalOf(runs);
  if (!energy) return [];
  const kwh = { value: numberRecord(energy, "kWh").value, unit: "kWh" };
  const zones = [
    ...new Set(
      runs.flatMap(({ body: { grid } }) =>
        grid ? [`${grid.name} (${grid.zone}), ${grid.gramsPerKwh} g/kWh, ${grid.year}, ${grid.source}`] : [],
      ),
    ),
  ].sort();
  const properties = [
    ["phase", phase],
    ["basis", "location-based"],
    ["gridIntensity", zones.join("; ") || "zone not known"],
    ["pue", [...new Set(runs.map(({ body }) => String(body.pue)))].sort().join(", ")],
    ["method", energy.method],
    ["uncertaintyPct", halfWidth(energy)],
    ["runsWithoutEnergy", String(unmetered)],
    ["runsWithoutZone", String(unplaced)],
  ];
  return [
    {
      activity: activityOf(phase, facts),
      energyProviders: [
        {
          description: zones.length > 0 ? `Grid mix: ${zones.join("; ")}` : "Grid, zone not known",
          organization: { name: "Grid (not supplier-specific)" },
          energySource: "unknown",
          energyProvided: kwh,
        },
      ],
      activityEnergyCost: kwh,
      ...(footprint &&
        unplaced === 0 && {
          co2CostEquivalent: { value: numberRecord(footprint, "t").value, unit: "tCO2eq" },
        }),
      properties: properties.map(([name, value]) => ({ name: `fairwatt:${name}`, value })),
    },
  ];
}

const halfWidth = ({ value, low, high }: Quantity): string =>
  value > 0 ? decimal(Number(((100 * (high - low)) / 2 / value).toPrecision(2))) : "0";
