import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { readRun } from "../../../src/energy/read-run.node.ts";
import type { RunSummary } from "../../../src/energy/run.ts";

/** Ids of the runs that test/fixtures/runs/make-runs.mjs writes. */
export const LONG = "01JD5KQ0M0AAAAAAAAAAAAAAA1";
export const SHORT = "01JD5N9TG0BBBBBBBBBBBBBBB2";
export const HOSTILE = "01JD5QVHB0CCCCCCCCCCCCCCC3";

const PROJECT = path.resolve(import.meta.dirname, "../../fixtures/runs/project");

export const runDirectory = (id: string, project = PROJECT): string =>
  path.join(project, ".fairwatt/runs", id);

export async function fixtureRun(id: string): Promise<RunSummary> {
  return (await readRun(runDirectory(id))).summary;
}

/** A copy of the fixture project, and of nothing else: the user's state folder is an empty one beside it. */
export function projectCopy(): { project: string; state: string; remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), "fairwatt-cli-"));
  const project = path.join(folder, "project");
  cpSync(PROJECT, project, { recursive: true });
  return {
    project,
    state: path.join(folder, "state"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
