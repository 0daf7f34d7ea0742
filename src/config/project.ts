/** The project's settings: `fairwatt.toml`, or `[tool.fairwatt]` in `pyproject.toml`. What is personal lives in the editor's settings. */

import * as z from "zod/mini";

/** Keys are the ones a person writes; later capabilities add their tables here. */
export const projectConfig = z.strictObject({
  /** Grid zone: ISO 3166 country ("DE"), or a subregion of data/subregions.json ("US-CA", "SE-SE3"). */
  zone: z.optional(z.string().check(z.minLength(2))),
  /** Power usage effectiveness of the place where it runs: facility energy / IT energy. */
  pue: z._default(z.number().check(z.gte(1), z.lte(5)), 1),
  /** Sampling interval: "1s", "500ms", "2s"; between 100 ms and 60 s. */
  interval: z._default(z.string(), "1s"),
  /** "process": the run's part of the machine; "machine": all of it. */
  attribution: z._default(z.enum(["process", "machine"]), "process"),
});

export type ProjectConfig = z.infer<typeof projectConfig>;

/** Where a setting is wrong, for the terminal and for the editor's diagnostics. Lines and columns from 0. */
export interface ConfigProblem {
  file: string;
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
  message: string;
}

export interface LoadedProject {
  /** The file that the settings were read from; absent when there is none. */
  file?: string;
  config: ProjectConfig;
  /** Settings with a problem keep their default. */
  problems: ConfigProblem[];
}

export const DEFAULT_PROJECT: ProjectConfig = { pue: 1, interval: "1s", attribution: "process" };
