/** Versions of models, with everything that the ledger knows about each. Pure. */

import type { AuditBody } from "./entries/audit.ts";
import type { BenchBody } from "./entries/bench.ts";
import type { RunBody } from "./entries/run.ts";
import { type HistoryEntry, knownEntry } from "./history.ts";

/** Endings of the files in which frameworks keep models. */
const MODEL_FILE =
  /\.(?:joblib|pkl|pickle|skops|pt|pth|ckpt|safetensors|onnx|keras|h5|pb|tflite|gguf|ubj|bst|cbm|mlmodel|engine|llamafile)$/i;
/** Where MLflow keeps what a run of its own logged: mlruns/<experiment>/<run>/artifacts/... */
const MLFLOW_ARTEFACT = /(?:^|\/)mlruns\/[^/]+\/([0-9a-f]{32})\/artifacts\//;

export interface ModelVersion {
  /** SHA-256 of the file. */
  artefact: string;
  /** Relative to the run's working folder. */
  path: string;
  bytes: number;
  /** Given by `fairwatt models name`; the newest counts. */
  name?: string;
  version?: string;
  /** Id of MLflow's run, from the path. */
  mlflowRun?: string;
  /** The run that wrote it: where several wrote the same bytes, the first. */
  run: { hash: string; body: RunBody };
  /** Audits of tables that the run wrote, oldest first. */
  audits: { hash: string; body: AuditBody }[];
  /** Measured inference of the file, oldest first. */
  benches: { hash: string; body: BenchBody }[];
  /** Reports made from the run or its audits. */
  reports: { hash: string; title: string }[];
  /** "approved by Ada Lovelace (head of risk), signed", with the entry that is meant. */
  decisions: {
    subject: string;
    decision: "approved" | "rejected";
    name: string;
    role: string;
    signed: boolean;
  }[];
}

/** Newest run first. Entries that a correction takes back count for nothing. `entries`: oldest first. */
export function modelVersions(entries: readonly HistoryEntry[]): ModelVersion[] {
  const known = entries.flatMap(({ hash, envelope }) => {
    const entry = knownEntry(envelope);
    return entry ? [{ hash, entry }] : [];
  });
  const wrong = new Set(
    known.flatMap(({ entry }) => (entry.type === "correction" ? [entry.body.corrects] : [])),
  );
  const versions = new Map<string, ModelVersion>();
  const ofRun = new Map<string, ModelVersion[]>();
  /** By the hash of a table that the run wrote. */
  const ofTable = new Map<string, ModelVersion[]>();
  const ofEntry = new Map<string, ModelVersion[]>();
  const link = (entry: string, to: readonly ModelVersion[]) =>
    ofEntry.set(entry, [...new Set([...(ofEntry.get(entry) ?? []), ...to])]);
  for (const { hash, entry } of known) {
    if (wrong.has(hash)) continue;
    if (entry.type === "run") {
      const models = modelsOf(hash, entry.body).map((model) => versions.get(model.artefact) ?? model);
      for (const model of models) versions.set(model.artefact, model);
      ofRun.set(entry.body.run, models);
      for (const { sha256 } of entry.body.artefacts) if (sha256) ofTable.set(sha256, models);
      link(hash, models);
    } else if (entry.type === "audit") {
      const { run, sha256 } = entry.body;
      const models = (run !== undefined && ofRun.get(run)) || ofTable.get(sha256) || [];
      for (const model of models) model.audits.push({ hash, body: entry.body });
      link(hash, models);
    } else if (entry.type === "bench") {
      const model = entry.body.model && versions.get(entry.body.model.artefact);
      if (!model) continue;
      model.benches.push({ hash, body: entry.body });
      link(hash, [model]);
    } else if (entry.type === "report") {
      const models = [...new Set(entry.body.entries.flatMap((each) => ofEntry.get(each) ?? []))];
      for (const model of models) model.reports.push({ hash, title: entry.body.title });
      link(hash, models);
    } else if (entry.type === "approval") {
      const { subject, decision, name, role, signature } = entry.body;
      for (const model of ofEntry.get(subject) ?? []) {
        model.decisions.push({ subject, decision, name, role, signed: signature !== undefined });
      }
    } else if (entry.type === "version") {
      const model = versions.get(entry.body.artefact);
      if (model) Object.assign(model, { name: entry.body.name, version: entry.body.version });
    }
  }
  return [...versions.values()].reverse();
}

function modelsOf(hash: string, body: RunBody): ModelVersion[] {
  return body.artefacts.flatMap(({ path, bytes, sha256 }) => {
    if (!sha256 || !MODEL_FILE.test(path)) return [];
    const mlflowRun = MLFLOW_ARTEFACT.exec(path)?.[1];
    return [
      {
        artefact: sha256,
        path,
        bytes,
        ...(mlflowRun !== undefined && { mlflowRun }),
        run: { hash, body },
        audits: [],
        benches: [],
        reports: [],
        decisions: [],
      },
    ];
  });
}
