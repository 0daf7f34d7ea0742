/** `fairwatt gate`: whether what the project asks for holds; for CI. */

import * as fs from "node:fs";
import * as path from "node:path";
import { type BudgetSettings, type BudgetState, budgetState } from "../carbon/budget/budget.ts";
import { auditTableOf } from "../config/audit-lookup.ts";
import { DEFAULT_GATE, type GateConfig } from "../config/gate-settings.ts";
import { loadProject } from "../config/load.node.ts";
import type { LintConfig, ProjectConfig } from "../config/project.ts";
import { fairwattFolders, findProjectFolder } from "../energy/run-folder.node.ts";
import { limitName, limitsOf } from "../fairness/audit/limits.ts";
import { hashFile } from "../ledger/hash-file.node.ts";
import { pathInProject } from "../ledger/record-audit.node.ts";
import { projectActivities } from "../ledger/run-activities.node.ts";
import { verifyLedger } from "../ledger/verify.node.ts";
import { discover } from "../lint/discover.node.ts";
import type { Selection } from "../lint/select.ts";
import { type GateInput, type GateResult, type LintFinding, runGate } from "../report/gate/gate.ts";
import { gateSarif } from "../report/gate/gate-sarif.ts";
import { gateLines, gateMarkdown } from "../report/gate/gate-text.ts";
import { newestAudits } from "../report/gate/newest-audits.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { ledgersOf, readProjectLedger } from "./ledger/project-ledger.ts";
import { lintTree } from "./lint-tree.ts";
import { printable } from "./printable.ts";
import { recordedIn } from "./recorded-evidence.ts";
import { print } from "./table.ts";

export interface GateOptions {
  cwd: string;
  format: string;
  /** Write the result there; standard output then has the text. */
  out?: string;
  /** Append the Markdown summary to this file (GITHUB_STEP_SUMMARY). */
  summary?: string;
}

const FORMATS = ["text", "json", "sarif", "markdown"];

/** 0: the gate is open; 1: it is closed; 2: fairwatt was called wrongly, or a file cannot be written. */
export async function gate(options: GateOptions): Promise<number> {
  if (!FORMATS.includes(options.format)) {
    return complain(`there is no format "${options.format}"; the formats are ${FORMATS.join(", ")}`);
  }
  const project = findProjectFolder(options.cwd);
  const { config, problems, file } = loadProject(project);
  const { items } = await readProjectLedger(options.cwd);
  const settings: GateConfig = config.gate ?? DEFAULT_GATE;
  const result = runGate({
    settings,
    settingsProblems: problems.map(({ file: wrong, line, message }) => ({
      file: pathInProject(project, wrong),
      line: line + 1,
      message,
    })),
    entries: items,
    ledgerProblems: await problemsOfLedgers(project),
    files: await auditedFiles(project, items),
    limits: limitsNow(config, items),
    lint: settings.lint === "off" || config.lint?.enable === false ? [] : await lintOf(project, config.lint),
    budget: config.budget && (await budgetOf(project, { ...config, budget: config.budget })),
    now: Date.now(),
  });
  const text = written(result, options.format, path.basename(file ?? "fairwatt.toml"));
  try {
    if (options.summary !== undefined) fs.appendFileSync(options.summary, gateMarkdown(result));
    if (options.out !== undefined) fs.writeFileSync(options.out, `${text}\n`);
  } catch (error) {
    return complain((error as Error).message);
  }
  if (options.out === undefined && options.format !== "text") await print([text]);
  else await print(gateLines(result).map(printable));
  return result.passes ? 0 : 1;
}

function written(result: GateResult, format: string, projectFile: string): string {
  if (format === "json") return JSON.stringify(result, null, 2);
  if (format === "sarif") return JSON.stringify(gateSarif(result, FAIRWATT_VERSION, projectFile), null, 2);
  if (format === "markdown") return gateMarkdown(result);
  return gateLines(result).join("\n");
}

async function problemsOfLedgers(project: string): Promise<string[]> {
  const found: string[] = [];
  for (const fairwatt of ledgersOf(project)) {
    found.push(...(await verifyLedger(fairwatt)).problems.map(({ message }) => message));
  }
  return found;
}

/** Of the audited tables, what the project file asks of them now. */
function limitsNow(config: ProjectConfig, entries: GateInput["entries"]): GateInput["limits"] {
  return new Map(
    newestAudits(entries).map(({ body: { file } }) => {
      const { limits = {} } = auditTableOf(config, file)?.settings ?? {};
      return [file, limitsOf(limits).map(limitName)];
    }),
  );
}

async function auditedFiles(
  project: string,
  entries: GateInput["entries"],
): Promise<Map<string, string | null>> {
  const files = new Map<string, string | null>();
  for (const { body } of newestAudits(entries)) {
    const hash = await hashFile(path.resolve(project, body.file)).catch(() => null);
    files.set(body.file, hash?.sha256 ?? null);
  }
  return files;
}

async function lintOf(root: string, config: LintConfig | undefined): Promise<LintFinding[]> {
  const selection: Selection = { ...config, perFileIgnores: config?.["per-file-ignores"] };
  const { files } = discover([root]);
  const { reports } = await lintTree({ root, files, selection, recorded: () => recordedIn(root) });
  return reports.flatMap(({ file, findings }) =>
    findings.flatMap(({ finding, at }) =>
      finding.severity === "error" || finding.severity === "warning"
        ? [
            {
              rule: finding.rule,
              severity: finding.severity,
              message: finding.message,
              file,
              line: at.line + 1,
            },
          ]
        : [],
    ),
  );
}

async function budgetOf(project: string, settings: BudgetSettings): Promise<BudgetState> {
  const { activities } = await projectActivities(fairwattFolders(project));
  return budgetState(activities, settings, Date.now());
}

function complain(sentence: string): number {
  process.stderr.write(`fairwatt: ${printable(sentence)}\n`);
  return 2;
}
