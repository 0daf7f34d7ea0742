/** `fairwatt runs`: the runs of this project, newest first. */

import { fairwattFolders, findProjectFolder } from "../energy/run-folder.node.ts";
import { closeInterrupted } from "../ledger/close-run.node.ts";
import { formatDuration, formatQuantity } from "../quantity.ts";
import { formatChange } from "../report/compare-runs.ts";
import { runRecord } from "../report/run-record.ts";
import { commitWords, energyOf, footprintOf } from "../report/run-words.ts";
import { printable } from "./printable.ts";
import { type FoundRun, findRuns } from "./runs-find.ts";
import { dim, formatTable, print, printJson, red } from "./table.ts";

const NEWEST = 20;

export async function runs(options: {
  all?: boolean;
  json?: boolean;
  imported?: boolean;
  cwd: string;
}): Promise<number> {
  if (options.imported) return (await import("./runs-imported.ts")).runsImported(options);
  // A runner that was killed could not write its ledger entry: it is written now.
  const closed = await closeInterrupted(fairwattFolders(findProjectFolder(options.cwd)));
  for (const problem of closed.flatMap(({ problems }) => problems)) {
    process.stderr.write(`fairwatt: ${printable(problem)}
`);
  }
  const found = await findRuns(options.cwd);
  const shown = options.all ? found.runs : found.runs.slice(0, NEWEST);
  if (options.json) await printJson(shown.map(({ summary }) => runRecord(summary)));
  else if (found.runs.length > 0) await print(listOf(shown, found.runs));
  else if (found.unreadable.length === 0) {
    await print([`No run in ${printable(found.folder)} yet. Start one with: fairwatt run COMMAND`]);
  }
  for (const { reason } of found.unreadable) process.stderr.write(`fairwatt: ${printable(reason)}\n`);
  return found.unreadable.length > 0 ? 1 : 0;
}

function listOf(shown: readonly FoundRun[], all: readonly FoundRun[]): string[] {
  const columns = [
    { title: "id" },
    { title: "started" },
    { title: "name" },
    { title: "commit" },
    { title: "duration", align: "right" },
    { title: "energy", align: "right" },
    { title: "CO2e", align: "right" },
    { title: "change", align: "right" },
    { title: "method" },
    { title: "outcome" },
  ] as const;
  const rows = shown.map((run) => {
    const { summary } = run;
    const energy = energyOf(summary);
    const footprint = footprintOf(summary);
    return [
      summary.id,
      new Date(summary.startedAt).toISOString().slice(0, 16).replace("T", " "),
      summary.name,
      commitWords(summary) ?? "",
      formatDuration(summary.duration),
      energy ? formatQuantity(energy) : "not metered",
      footprint ? formatQuantity(footprint) : summary.grid ? "" : "zone?",
      changeAgainstPrevious(run, all),
      energy?.method ?? "",
      summary.attached ? `${summary.state}, attached` : summary.state,
    ];
  });
  const [heading, ...lines] = formatTable(columns, rows);
  const coloured = lines.map((line, index) => {
    const { state } = shown[index]!.summary;
    return state === "failed" || state === "interrupted" ? red(line) : line;
  });
  const notes: string[] = [];
  if (all.length > shown.length) notes.push(`${all.length - shown.length} older ones: fairwatt runs --all`);
  notes.push("Times are UTC. change: energy against the run before it of the same name and command.");
  if (shown.some(({ summary }) => !summary.grid)) {
    notes.push(
      'zone?: no CO2e, the grid zone was not known. Set zone = "..." in fairwatt.toml or give --zone.',
    );
  }
  return [heading!, ...coloured, "", ...notes.map(dim)];
}

function changeAgainstPrevious(run: FoundRun, all: readonly FoundRun[]): string {
  const command = run.summary.argv.join("\0");
  const before = all.slice(all.indexOf(run) + 1).find(({ summary: { name, argv, attached } }) => {
    // What was attached to is a part of a program's life, and another part each time.
    return !attached && name === run.summary.name && argv.join("\0") === command;
  });
  if (!before || run.summary.attached || before.summary.energy.value <= 0 || run.summary.state === "running")
    return "";
  return formatChange(run.summary.energy.value / before.summary.energy.value - 1);
}
