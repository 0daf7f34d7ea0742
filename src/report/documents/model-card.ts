/** Model card for the Hugging Face Hub: front matter and text; on its own, or as a part of a README (../readme.ts). */

import { type Evidence, newestAudits, totalOf } from "../evidence.ts";
import { modelCardText } from "../readme.ts";
import { groupBlocks } from "./audit-group-blocks.ts";
import { limitsTable, measuresTable, qualityWords } from "./audit-rows.ts";
import { named } from "./audit-values.ts";
import type { DocumentBody, Facts, ReportDocument } from "./document.ts";
import { computed, factor, given, number, recorded } from "./fields.ts";
import { hours, ranged } from "./figures.ts";
import {
  hardwareWords,
  type ModelCardMetadata,
  modelCardMetadata,
  trainingRuns,
} from "./model-card-metadata.ts";
import { PHASE_RULE } from "./phases.ts";
import { notCoveredWords } from "./workload-blocks.ts";

export const modelCard: ReportDocument = {
  id: "model-card",
  title: "Model card",
  summary: "Hugging Face: front matter and text; with --into merged into a README",
  form: 1,
  legalTextAsOf: "Hugging Face Hub model card metadata, 2026 (co2_eq_emissions in grams)",
  build,
};

function build(evidence: Evidence, facts: Facts): DocumentBody {
  const report = facts.report ?? {};
  const card = report["model-card"] ?? {};
  const fairness = report.fairness ?? {};
  const audits = newestAudits(evidence);
  const training = trainingRuns(evidence, facts);
  const total = totalOf(training);
  const limits = limitsTable(audits);
  const blocks: DocumentBody["blocks"] = [
    { heading: "Model details", level: 2 },
    {
      fields: {
        caption: "What it is.",
        rows: [
          given("Description", card.description),
          given("Developed by", report.organisation),
          given("Model type", card.architecture ?? card["architecture-family"]),
          given("Language", card.language?.join(", ")),
          given("Licence", card.license, "license"),
          given("Base model", card["base-model"], "base_model"),
        ],
      },
    },
    { heading: "Uses", level: 2 },
    {
      fields: {
        caption: "What it is for, and what not.",
        rows: [
          given("Direct use", card["direct-use"] ?? report["intended-purpose"] ?? facts["intended-use"]),
          given("Downstream use", card["downstream-use"]),
          given("Out of scope", card["out-of-scope-use"]),
        ],
      },
    },
    { heading: "Bias, risks and limitations", level: 2 },
    {
      fields: {
        caption: "Limits.",
        rows: [
          given("Limitations", card.limitations),
          given("What was not measured", fairness.limits),
          given("Mitigation", fairness.mitigation),
        ],
      },
    },
    { heading: "Training", level: 2 },
    {
      fields: {
        caption: "Data and runs.",
        rows: [
          given("Data sets", card.datasets, "datasets"),
          recorded("Runs", training.length > 0 ? `${training.length}, ${hours(total.seconds)} in all` : null),
        ],
      },
    },
    { text: PHASE_RULE },
    { heading: "Evaluation", level: 2 },
    ...(audits.length > 0
      ? audits.flatMap((audit) => [
          { list: qualityWords(audit.body).map((words) => `${named(audit.body.file)}: ${words}`) },
          { table: measuresTable(audit) },
          ...groupBlocks(audit),
        ])
      : [{ text: "No audit is in the ledger yet." }]),
    ...(limits ? [{ table: limits }] : []),
    { heading: "Environmental impact", level: 2 },
    {
      fields: {
        caption: "Of training.",
        rows: [
          recorded("Hardware type", hardwareWords(training), "hardware_used"),
          recorded("Hours used", training.length > 0 ? hours(total.seconds) : null),
          given("Cloud provider", card["cloud-provider"]),
          given("Compute region", card["geographical-location"], "geographical_location"),
          number(
            "Carbon emitted, location-based",
            total.footprint,
            "g",
            "co2_eq_emissions.emissions",
            "C",
            "a grid zone: zone in the project file",
          ),
          number("Energy of the computers", total.energy, "kWh"),
          computed("Not metered", training.length > 0 ? notCoveredWords(training) : null),
          factor(
            "Method",
            total.energy && total.footprint
              ? `${ranged(total.energy, "kWh")} x PUE x intensity of the zone, yearly average; ${total.footprint.basis}`
              : null,
          ),
        ],
      },
    },
    { heading: "Contact", level: 2 },
    { fields: { caption: "Whom to ask.", rows: [given("Contact", report.contact)] } },
  ];
  return {
    blocks,
    own: {
      format: "md",
      file: "model-card.md",
      value: modelCardMetadata(evidence, facts),
      render: (metadata, content, seal) => modelCardText(metadata as ModelCardMetadata, content, seal),
    },
  };
}
