/** Finds projects and reads what their ledgers and project files say. */

import * as fs from "node:fs";
import * as path from "node:path";
import { loadProject } from "../config/load.node.ts";
import { type ConfigProblem, formatConfigProblem } from "../config/project.ts";
import { fairwattFolder } from "../energy/run-folder.node.ts";
import { collectEvidence } from "./collect-evidence.node.ts";
import type { RegisteredProject } from "./documents/register-of-projects.ts";
import type { Evidence } from "./evidence.ts";

export interface CollectedProjects {
  projects: RegisteredProject[];
  /** Of all of them together. */
  evidence: Evidence;
  /** Sentences about project files. */
  problems: string[];
}

const isProject = (folder: string): boolean =>
  fs.existsSync(fairwattFolder(folder)) || loadProject(folder).file !== undefined;

/** The folder where it is a project, else those directly inside of it that are; each once, by their paths. Throws the system's error. */
export function findProjects(folders: readonly string[]): string[] {
  const found = folders.flatMap((folder) => {
    if (isProject(folder)) return [folder];
    return fs
      .readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => path.join(folder, name))
      .filter(isProject);
  });
  return [...new Set(found.map((folder) => fs.realpathSync(folder)))].sort();
}

export async function collectProjects(folders: readonly string[]): Promise<CollectedProjects> {
  const projects: RegisteredProject[] = [];
  const problems: ConfigProblem[] = [];
  for (const folder of folders) {
    const { config, problems: each } = loadProject(folder);
    problems.push(...each);
    projects.push({ project: path.basename(folder), evidence: await collectEvidence(folder), facts: config });
  }
  return {
    projects,
    evidence: together(projects.map(({ evidence }) => evidence)),
    problems: problems.map(formatConfigProblem),
  };
}

function together(all: readonly Evidence[]): Evidence {
  const join = <T>(of: (evidence: Evidence) => readonly T[]): T[] => all.flatMap(of);
  const sum = (of: (evidence: Evidence) => number) => all.reduce((total, each) => total + of(each), 0);
  return {
    project: all.map(({ project }) => project).join(", "),
    runs: join(({ runs }) => runs),
    audits: join(({ audits }) => audits),
    reasons: join(({ reasons }) => reasons),
    benches: join(({ benches }) => benches),
    models: join(({ models }) => models),
    reports: join(({ reports }) => reports),
    approvals: join(({ approvals }) => approvals),
    embodied: all[0]!.embodied,
    unsound: sum(({ unsound }) => unsound),
    corrected: sum(({ corrected }) => corrected),
  };
}
