/** `fairwatt lint -`: one text from standard input, its findings or, where fixing was asked for, the fixed text. */

import * as path from "node:path";
import { createLinter } from "../lint/engine.ts";
import { relativePath, reportsOf } from "../lint/lint-files.node.ts";
import { writeReports } from "../lint/output/index.ts";
import { countFindings, type FileReport, skippedReport } from "../lint/output/report.ts";
import { PLAIN } from "../lint/output/text.ts";
import { fileEvidence } from "../lint/project/file-evidence.ts";
import { touchedEvidence } from "../lint/project/touched-evidence.ts";
import { textOf } from "../lint/read-source.node.ts";
import { createReaders } from "../lint/readers.node.ts";
import { RULES } from "../lint/rules/index.ts";
import type { Selection } from "../lint/select.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import { fixText } from "./lint-fix.ts";
import { complain, writeOut } from "./lint-output.ts";
import { indexAround } from "./lint-tree.ts";
import { printable } from "./printable.ts";
import { recordedIn } from "./recorded-evidence.ts";

export interface StandardInput {
  cwd: string;
  fix?: boolean;
  unsafeFixes?: boolean;
  /** What the text is called; its kind is known by that. */
  stdinFilename?: string;
}

/** Returns how many findings there are, or are left after fixing. */
export async function lintStandardInput(
  root: string,
  selection: Selection,
  options: StandardInput,
  write: (reports: readonly FileReport[]) => Promise<void>,
): Promise<number> {
  const name = options.stdinFilename ?? "stdin.py";
  const linter = createLinter(await createReaders());
  const file = path.resolve(options.cwd, name);
  const isFixed = options.fix || options.unsafeFixes;
  const bytes = await readStandardInput();
  const read = textOf(bytes);
  if ("skipped" in read || (isFixed && read.damaged)) {
    // What is not understood is handed on as it came.
    if (isFixed) await writeOut(bytes);
    const why = "skipped" in read ? read.skipped.why : "not fixed: it is not UTF-8 text";
    if (isFixed) complain(`${name}: ${why}`, 0);
    else await write([skippedReport(name, { why, failed: false })]);
    return 0;
  }
  const source = { path: relativePath(root, file), text: read.text };
  // The project is looked at only for a text whose rules ask what it says.
  const { evidence: nothing, touched } = touchedEvidence();
  const { facts } = linter.lint(source, { ...selection, evidence: nothing });
  const says = fileEvidence(source.path, source.text, facts);
  const evidence = touched()
    ? (await indexAround({ root, file, says, recorded: () => recordedIn(root) })).evidenceFor(source.path)
    : undefined;
  const known = { ...selection, evidence };
  if (isFixed) {
    // As other tools do: the fixed text goes to standard output, what is left to say to standard error.
    const fixed = fixText(linter, source, known, options.unsafeFixes ? "unsafe" : "safe");
    await writeOut(fixed.text);
    const left = { ...fixed.report, file: name };
    process.stderr.write(
      writeReports([left], "text", {
        rules: RULES,
        version: FAIRWATT_VERSION,
        style: { ...PLAIN, shown: printable },
      }),
    );
    return left.findings.length;
  }
  const reports = reportsOf(source, linter.lint(source, known)).map((report) => ({ ...report, file: name }));
  await write(reports);
  return countFindings(reports);
}

async function readStandardInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
