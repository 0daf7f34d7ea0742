/** Files that may be the model behind a table: what the run that wrote the table wrote besides, by the ledger. */

import * as path from "node:path";
import { fairwattFolder } from "../../energy/run-folder.node.ts";
import { MODEL_FILE } from "../../fairness/thresholds/model/model-spec.ts";
import { hashFile } from "../../ledger/hash-file.node.ts";
import { readEntries, runBodyOf } from "../../ledger/read.node.ts";

export interface RunModel {
  /** Absolute. */
  file: string;
  /** The run's name. */
  run: string;
}

/** Of the latest run that wrote the table as it is now; without those that have changed since. Never throws. */
export async function modelsOfRun(project: string, table: string): Promise<RunModel[]> {
  try {
    const { sha256 } = await hashFile(table);
    let latest: { time: string; name: string; cwd: string; artefacts: { path: string; sha256?: string }[] } =
      {
        ...{ time: "", name: "", cwd: "", artefacts: [] },
      };
    for await (const entry of readEntries(fairwattFolder(project), "hash")) {
      const body = runBodyOf(entry);
      if (!body || body.startedAt <= latest.time) continue;
      if (body.artefacts.some((artefact) => artefact.sha256 === sha256))
        latest = { ...body, time: body.startedAt };
    }
    const models = latest.artefacts
      .filter((artefact) => MODEL_FILE.test(artefact.path))
      .map((artefact) => ({ ...artefact, file: path.resolve(project, latest.cwd, artefact.path) }));
    const now = await Promise.all(models.map(({ file }) => hashFile(file).catch(() => undefined)));
    return models
      .filter((model, at) => model.sha256 !== undefined && now[at]?.sha256 === model.sha256)
      .map(({ file }) => ({ file, run: latest.name }));
  } catch {
    return [];
  }
}
