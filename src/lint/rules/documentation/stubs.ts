/** Documents with what the project's files say, and plain words where they say nothing: nothing is made up. */

import { formatSignificant, inUnit, pickScale } from "../../../quantity.ts";
import type { ProjectEvidence } from "../../project/evidence.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import { caseOf } from "../fairness/case.ts";
import type { Release } from "./release-events.ts";

/** What stands where nothing is known; document-facts.ts takes it for an empty section. */
export const EMPTY = "Not filled in.";

/** Distributions whose versions belong in a card, by the module that is imported. */
const DISTRIBUTIONS: Readonly<Record<string, string>> = {
  sklearn: "scikit-learn",
  pytorch_lightning: "pytorch-lightning",
};

export function modelCardStub(facts: PythonFacts, release: Release, evidence: ProjectEvidence): string {
  const person = caseOf(facts)?.person;
  const columns = person?.protectedColumns.map(({ name }) => name) ?? [];
  const estimator = estimatorOf(facts);
  const base = baseModel(facts);
  const target = person?.target?.name;
  const data = dataOf(facts);
  const details = [
    `${release.kind === "published" ? "Published" : "Saved"} by \`${release.text}\` in \`${facts.file}\`.`,
    ...(estimator === undefined ? [] : [`Class: \`${estimator}\`.`]),
    ...(base === undefined ? [] : [`Loaded from: \`${base}\`.`]),
    ...(target === undefined ? [] : [`Predicts: \`${target}\`.`]),
    ...versionsOf(facts, evidence),
  ];
  return document("Model card", [
    ["Model details", details],
    [
      "Intended use",
      evidence.intendedUse === undefined
        ? []
        : [`${evidence.intendedUse.text.replace(/\s+/g, " ")} (${evidence.intendedUse.file})`],
    ],
    ["Uses that it is not meant for", []],
    [
      "Training data",
      data.length === 0 ? [] : [...data, "What they hold and how they were collected: not filled in."],
    ],
    ["Evaluation", metricsOf(facts)],
    [
      "Results by group",
      columns.length === 0
        ? []
        : [`Columns that name groups in the code: ${quoted(columns)}. Results: not filled in.`],
    ],
    ["Limitations and risks", []],
    ["Human oversight", []],
    ["Energy", energyOf(evidence)],
    ["Licence", licenceOf(evidence)],
  ]);
}

export function datasheetStub(facts: PythonFacts): string {
  const columns = caseOf(facts)?.person.protectedColumns.map(({ name }) => name) ?? [];
  return document("Datasheet", [
    ["Motivation", []],
    [
      "Composition",
      [
        ...dataOf(facts),
        ...(columns.length === 0
          ? []
          : [`Columns about persons' groups that the code names: ${quoted(columns)}.`]),
      ],
    ],
    ["Collection process and consent", []],
    ["Preprocessing and labelling", []],
    ["Who is missing or under-represented", []],
    ["Uses, and uses to avoid", []],
    ["Distribution and licence", []],
    ["Maintenance and contact", []],
  ]);
}

function document(title: string, sections: readonly (readonly [string, readonly string[]])[]): string {
  const note = `Begun by Fairwatt from what stands in the project's files. "${EMPTY}" means that nothing is known there yet.`;
  return `# ${title}\n\n${note}\n${sections
    .map(
      ([heading, lines]) =>
        `\n## ${heading}\n\n${lines.length === 0 ? EMPTY : lines.map((line) => `- ${line}`).join("\n")}\n`,
    )
    .join("")}`;
}

function estimatorOf(facts: PythonFacts): string | undefined {
  const fit = facts.calls.find(
    ({ method, callee }) =>
      method === "fit" &&
      /\.[A-Z]\w+\.fit$/.test(callee) &&
      !/Scaler|Encoder|Vectorizer|Imputer|SMOTE/.test(callee),
  );
  return fit?.callee.slice(0, -".fit".length);
}

function baseModel(facts: PythonFacts): string | undefined {
  const load = facts.calls.find(
    ({ method, callee }) =>
      method === "from_pretrained" && !/Tokenizer|Processor|Config|Extractor/.test(callee),
  );
  const id = load?.args[0]?.literal;
  return typeof id === "string" ? id : undefined;
}

function versionsOf(facts: PythonFacts, evidence: ProjectEvidence): string[] {
  const names = new Set(
    facts.imports
      .map(({ module }) => module.split(".")[0]!)
      .map((name) => DISTRIBUTIONS[name] ?? name.replaceAll("_", "-").toLowerCase()),
  );
  const pinned = [...names].flatMap((name) => {
    const version = evidence.versions[name];
    return version?.exact === undefined ? [] : [`${name} ${version.exact} (${version.file})`];
  });
  return pinned.length === 0 ? [] : [`Versions: ${pinned.join(", ")}.`];
}

function dataOf(facts: PythonFacts): string[] {
  return dataSources(facts).map((source) => `Read in \`${facts.file}\`: \`${source}\`.`);
}

const READS =
  /^(?:pandas|polars|dask\.dataframe|cudf|geopandas)\.read_\w+$|^(?:datasets\.load_dataset|numpy\.(?:load|loadtxt|genfromtxt))$|^pyspark\..*\.(?:csv|parquet|table)$/;

/** Files, tables and data sets that the program names where it reads data; at most five. */
export function dataSources(facts: PythonFacts): string[] {
  const found = new Set<string>();
  for (const { callee, args } of facts.calls) {
    const name = READS.test(callee) ? args[0]?.literal : undefined;
    if (typeof name === "string" && name.length < 200 && !name.includes("`") && !name.includes("\n"))
      found.add(name);
  }
  return [...found].slice(0, 5);
}

/** Metrics that the code computes. Their values stand in no file, so none are given. */
function metricsOf(facts: PythonFacts): string[] {
  const names = new Set(
    facts.calls.flatMap(({ callee, method }) =>
      /^(?:sklearn\.metrics|torchmetrics|evaluate)\./.test(callee) ? [method] : [],
    ),
  );
  if (names.size === 0) return [];
  return [`Computed in \`${facts.file}\`: ${quoted([...names].slice(0, 6))}. Results: not filled in.`];
}

function energyOf({ measured }: ProjectEvidence): string[] {
  if (!measured) return [];
  const symbol = pickScale("J", measured.energyJoules);
  const energy = `${formatSignificant(inUnit("J", measured.energyJoules, symbol), 2)} ${symbol}`;
  return [`Last measured run of the program: ${energy} (Fairwatt run ${measured.run}).`];
}

function licenceOf({ documents }: ProjectEvidence): string[] {
  const has = [...documents].some((name) => /^(?:licen[cs]e|copying)(?:\.|$)/.test(name));
  return has ? ["Of the code: see the project's licence file. Of the model: not filled in."] : [];
}

const quoted = (names: readonly string[]) =>
  names.map((name) => `\`${name.replaceAll("`", "")}\``).join(", ");
