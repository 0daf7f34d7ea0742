/** `fairwatt models`: the models that the project's runs wrote, and what is known about each; `models name` gives one a version. */

import { gitAuthor } from "../energy/git-author.node.ts";
import { type ModelVersion, modelVersions } from "../ledger/model-versions.ts";
import { writeEntry } from "../ledger/write-entry.node.ts";
import { formatQuantity, formatSignificant, type Quantity } from "../quantity.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { readProjectLedger } from "./ledger/project-ledger.ts";
import { printable } from "./printable.ts";
import { dim, print, printJson } from "./table.ts";

/** The pattern that semver.org gives, shortened to what it captures. */
const SEMVER =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;
const LEAST_LETTERS = 4;

/** 0: listed. */
export async function models(options: { cwd: string; json?: boolean }): Promise<number> {
  const { items } = await readProjectLedger(options.cwd);
  const versions = modelVersions(items);
  if (options.json) await printJson(versions);
  else if (versions.length > 0) await print(versions.flatMap(describe));
  else {
    await print([
      "No run in the ledger wrote a model file (.joblib, .pt, .safetensors, .onnx and others) below its working folder.",
    ]);
  }
  return 0;
}

/** Gives `reference` (a file's path or the first letters of its hash) a name and a number. 0: written; 1: cannot be; 2: no such model. */
export async function nameModel(reference: string, label: string, options: { cwd: string }): Promise<number> {
  const refuse = (sentence: string) => {
    process.stderr.write(`fairwatt: ${printable(sentence)}\n`);
    return 2;
  };
  const at = label.lastIndexOf("@");
  const [name, version] = [label.slice(0, Math.max(at, 0)), label.slice(at + 1)];
  if (!name || !SEMVER.test(version)) {
    return refuse(`"${label}" is not a name and a version; write for example credit-scorer@1.4.0`);
  }
  const { project, items } = await readProjectLedger(options.cwd);
  const versions = modelVersions(items);
  const meant = versions.filter(
    ({ artefact, path }) =>
      path === reference ||
      (reference.length >= LEAST_LETTERS && artefact.startsWith(reference.toLowerCase())),
  );
  // The newest comes first: of a path it is the one that is on the disk.
  const model = meant[0];
  if (!model) return refuse(`no model of the ledger is ${reference}; list them with: fairwatt models`);
  const taken = versions.find((other) => other !== model && other.name === name && other.version === version);
  if (taken)
    return refuse(`${label} is ${taken.path} ${taken.artefact.slice(0, 12)} already; give another number`);
  const item = items.find(({ hash }) => hash === model.run.hash)!;
  const author = await gitAuthor(project);
  try {
    await writeEntry(item.fairwatt, {
      type: "version",
      time: new Date().toISOString(),
      body: {
        artefact: model.artefact,
        run: model.run.hash,
        name,
        version,
        ...(author !== undefined && { author }),
        fairwatt: FAIRWATT_VERSION,
      },
    });
  } catch (error) {
    refuse(`the ledger cannot be written: ${(error as Error).message}`);
    return 1;
  }
  await print([printable(`${model.path} ${model.artefact.slice(0, 12)} is ${label}`)]);
  return 0;
}

function describe(model: ModelVersion): string[] {
  const { path, artefact, name, version, mlflowRun, run, audits, benches, reports, decisions } = model;
  const { body } = run;
  const commit = body.git
    ? `commit ${body.git.commit.slice(0, 7)}${body.git.dirty ? " with changes" : ""}`
    : "not in git";
  const amounts = [body.energy, ...(body.footprint ? [body.footprint] : [])].map((quantity) =>
    formatQuantity(quantity as Quantity),
  );
  const title = name === undefined ? path : `${name} ${version}  ${path}`;
  const lines = [
    `run     ${body.name} ${body.run}, ${body.startedAt.slice(0, 16).replace("T", " ")} UTC, ${commit}, ${amounts.join(", ")}`,
    ...(mlflowRun === undefined ? [] : [`MLflow  run ${mlflowRun}`]),
    ...audits.map(({ body: audit }) => {
      const broken = audit.limits.filter((limit) => limit.broken).length;
      const outcome =
        audit.limits.length === 0 ? "no limits" : `${broken} of ${audit.limits.length} limits broken`;
      return `audit   ${audit.file} by ${audit.columns.sensitive.join(", ")}: ${outcome}`;
    }),
    ...(audits.length === 0 ? ["audit   none"] : []),
    ...benches.map(({ body: { unit, energyPer1000, throughput } }) => {
      const energy = energyPer1000 ? formatQuantity(energyPer1000 as Quantity) : "energy not measured";
      return `bench   ${energy} per 1,000 ${unit}, ${formatSignificant(throughput.value, 3)} per second`;
    }),
    ...reports.map((report) => `report  ${report.title}`),
    ...decisions.map(
      ({ decision, name: who, role, signed }) =>
        `${decision} by ${who} (${role}), ${signed ? "signed" : "not signed"}`,
    ),
  ];
  return [
    `${printable(title)}  ${dim(artefact.slice(0, 12))}`,
    ...lines.map((line) => `  ${printable(line)}`),
  ];
}
