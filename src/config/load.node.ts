/** Finds and reads a project's settings. */

import * as fs from "node:fs";
import * as path from "node:path";
import { type ParsedProject, parseProject } from "./parse.ts";
import { type ConfigProblem, DEFAULT_PROJECT, type LoadedProject } from "./project.ts";
import { PROJECT_FILES } from "./project-files.ts";

/** Bytes of a project file that are read at most; UTF-8, so never fewer than its characters. */
const MAX_CONFIG_BYTES = 4_000_000;

/**
 * Settings of the project in `folder`: `fairwatt.toml`, else `[tool.fairwatt]` of `pyproject.toml`, else the defaults.
 * With both, `fairwatt.toml` is used and a problem points at the other. Never throws.
 */
export function loadProject(folder: string): LoadedProject {
  const [own, shared] = PROJECT_FILES.map((kind) => readProject(path.join(folder, kind), kind));
  const problems: ConfigProblem[] = [];
  if (own) {
    problems.push(...own.problems);
    if (shared?.at) {
      const message =
        "fairwatt.toml lies beside this file and is the one that is used; [tool.fairwatt] is not read";
      problems.push({ file: path.join(folder, "pyproject.toml"), ...shared.at, message });
    }
    return { file: path.join(folder, "fairwatt.toml"), config: own.config, problems };
  }
  if (!shared || (!shared.at && shared.problems.length === 0))
    return { config: { ...DEFAULT_PROJECT }, problems };
  return {
    file: path.join(folder, "pyproject.toml"),
    config: shared.config,
    problems: shared.problems,
  };
}

/** Undefined when there is no such file. */
function readProject(file: string, kind: (typeof PROJECT_FILES)[number]): ParsedProject | undefined {
  const failed = (message: string): ParsedProject => ({
    config: { ...DEFAULT_PROJECT },
    problems: [{ file, line: 0, column: 0, endLine: 0, endColumn: 0, message }],
  });
  let text: string;
  try {
    const stat = fs.statSync(file);
    if (!stat.isFile())
      return kind === "fairwatt.toml" ? failed("this is not a file; the defaults are used") : undefined;
    if (stat.size > MAX_CONFIG_BYTES) {
      return failed(
        `the file is larger than ${MAX_CONFIG_BYTES / 1e6} MB; it was not read and the defaults are used`,
      );
    }
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(fs.readFileSync(file));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    if (error instanceof TypeError && code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
      return failed("the file is not UTF-8 text; save it as UTF-8. The defaults are used");
    }
    return failed(`the file cannot be read (${code ?? String(error)}); the defaults are used`);
  }
  const parsed = parseProject(text, kind);
  return { ...parsed, problems: parsed.problems.map((problem) => ({ ...problem, file })) };
}
