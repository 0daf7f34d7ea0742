/** The models of a system as rows of its register: the newest version of each, with what is known and who approved it. Pure. */

import type { ModelVersion } from "../../ledger/model-versions.ts";
import { formatQuantity, type Quantity } from "../../quantity.ts";
import type { Evidence } from "../evidence.ts";
import { named, rate } from "./audit-values.ts";
import type { Block } from "./blocks.ts";

export interface RegisterModel {
  /** "credit-scorer 1.4.0", or the file where nobody has named it. */
  name: string;
  /** First letters of the hash of its file. */
  artefact: string;
  /** Day on which the run began that wrote it. */
  trained: string;
  energy: string;
  audit: string;
  lowestRatio: string;
  decisions: string;
}

/** Ids of the documents that are registers. */
const REGISTERS: readonly string[] = ["register", "register-of-projects"];

/** Entries on registers that were written. */
export const registerEntries = ({ reports }: Evidence): Set<string> =>
  new Set(reports.filter(({ body }) => REGISTERS.includes(body.document)).map(({ hash }) => hash));

/** Of models with the same name, or of the same file while they have none, the newest. */
export function registerModels(evidence: Evidence): RegisterModel[] {
  const { models } = evidence;
  const left = registerEntries(evidence);
  const newest = new Map<string, ModelVersion>();
  for (const model of models) {
    const key = model.name === undefined ? `file ${model.path}` : `name ${model.name}`;
    if (!newest.has(key)) newest.set(key, model);
  }
  return [...newest.values()].map((model) => {
    const { name, version, path, artefact, run, audits, decisions } = model;
    const { energy, footprint } = run.body;
    const audit = audits.at(-1)?.body;
    const broken = audit?.limits.filter((limit) => limit.broken).length ?? 0;
    const lowest = audit?.measures
      .filter(({ ratio }) => ratio.value !== null)
      .sort((a, b) => a.ratio.value! - b.ratio.value!)[0];
    const amounts = [energy, ...(footprint ? [footprint] : [])].map((each) =>
      formatQuantity(each as Quantity),
    );
    const people = decisions
      .filter(({ subject }) => !left.has(subject))
      .map((each) => `${each.decision} by ${each.name} (${each.role})${each.signed ? ", signed" : ""}`);
    return {
      name: name === undefined ? named(path) : `${named(name)} ${version}`,
      artefact: artefact.slice(0, 12),
      trained: run.body.startedAt.slice(0, 10),
      energy: run.body.meters.length > 0 ? amounts.join(", ") : "not measured",
      audit: audit
        ? `${named(audit.file)}: ${audit.limits.length === 0 ? "no limits" : `${broken} of ${audit.limits.length} limits broken`}`
        : "none",
      lowestRatio: lowest
        ? `${rate(lowest.ratio.value!)}: ${lowest.measure} by ${lowest.by.map(named).join(" x ")}`
        : "none",
      decisions: [...new Set(people)].join("; ") || "none",
    };
  });
}

export function modelBlocks(models: readonly RegisterModel[]): Block[] {
  if (models.length === 0) return [{ text: "No run in the ledger wrote a model file." }];
  return [
    {
      table: {
        caption:
          "A row for each model that runs wrote, in its newest version; decisions are those on its run, audits and documents.",
        columns: [
          { title: "Model" },
          { title: "File's hash" },
          { title: "Trained" },
          { title: "Training" },
          { title: "Last audit" },
          { title: "Lowest ratio" },
          { title: "Decisions" },
        ],
        rows: models.map((model) => [
          model.name,
          model.artefact,
          model.trained,
          model.energy,
          model.audit,
          model.lowestRatio,
          model.decisions,
        ]),
      },
    },
  ];
}
