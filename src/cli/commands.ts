/** The commands, in the order of the help. One file each in commands/; a command's definition and its code are loaded when it is called. */

import type { Command } from "commander";

export interface CommandEntry {
  name: string;
  /** One line in the list of commands. */
  summary: string;
  load: () => Promise<{ define(command: Command): void }>;
}

export const COMMANDS: readonly CommandEntry[] = [
  { name: "run", summary: "measure a command", load: () => import("./commands/run.ts") },
  {
    name: "attach",
    summary: "measure a process that runs already",
    load: () => import("./commands/attach.ts"),
  },
  { name: "runs", summary: "list the project's runs", load: () => import("./commands/runs.ts") },
  {
    name: "show",
    summary: "show one run and where its numbers come from",
    load: () => import("./commands/show.ts"),
  },
  { name: "compare", summary: "compare two runs", load: () => import("./commands/compare.ts") },
  {
    name: "bench",
    summary: "measure inference: energy for 1,000 units, latency, throughput",
    load: () => import("./commands/bench.ts"),
  },
  {
    name: "tradeoff",
    summary: "show candidates for deployment side by side: quality, fairness, latency, energy, cost",
    load: () => import("./commands/tradeoff.ts"),
  },
  {
    name: "report",
    summary: "write the report of a run, or documents of the project",
    load: () => import("./commands/report.ts"),
  },
  {
    name: "when",
    summary: "say when a run emits least within a deadline",
    load: () => import("./commands/when.ts"),
  },
  {
    name: "wait",
    summary: "wait for that moment",
    load: () => import("./commands/wait.ts"),
  },
  {
    name: "account",
    summary: "account for the runs of a period: location-based, market-based, SCI",
    load: () => import("./commands/account.ts"),
  },
  {
    name: "budget",
    summary: "show what is used of the project's budget",
    load: () => import("./commands/budget.ts"),
  },
  {
    name: "import",
    summary: "take over what CodeCarbon, carbontracker, Zeus or Eco2AI recorded",
    load: () => import("./commands/import.ts"),
  },
  {
    name: "export",
    summary: "write runs as CodeCarbon's CSV or BoAmps JSON",
    load: () => import("./commands/export.ts"),
  },
  { name: "doctor", summary: "show the meters of this machine", load: () => import("./commands/doctor.ts") },
  {
    name: "calibrate",
    summary: "measure this machine's idle power and its power by load",
    load: () => import("./commands/calibrate.ts"),
  },
  { name: "init", summary: "write a commented fairwatt.toml", load: () => import("./commands/init.ts") },
  {
    name: "ledger",
    summary: "the record of what happened: verify, log, show, approve, correct, export",
    load: () => import("./commands/ledger.ts"),
  },
  {
    name: "models",
    summary: "list the models that runs wrote, and what is known about each",
    load: () => import("./commands/models.ts"),
  },
  {
    name: "gate",
    summary: "for CI: stop where a check, an audit or a limit is missing or broken",
    load: () => import("./commands/gate.ts"),
  },
  {
    name: "lint",
    summary: "find the step that is missing from the code",
    load: () => import("./commands/lint.ts"),
  },
  {
    name: "rule",
    summary: "show a rule of lint, or the list of them",
    load: () => import("./commands/rule.ts"),
  },
  { name: "audit", summary: "compare how a model treats groups", load: () => import("./commands/audit.ts") },
  {
    name: "drift",
    summary: "compare how a model treats groups in two tables",
    load: () => import("./commands/drift.ts"),
  },
  {
    name: "challenge",
    summary: "decide whether a new model may replace the present one",
    load: () => import("./commands/challenge.ts"),
  },
  {
    name: "thresholds",
    summary: "choose thresholds of a score for groups",
    load: () => import("./commands/thresholds.ts"),
  },
  {
    name: "mitigate",
    summary: "make decisions more alike between groups, and say what that costs",
    load: () => import("./commands/mitigate.ts"),
  },
  {
    name: "reasons",
    summary: "state the principal reasons for adverse actions",
    load: () => import("./commands/reasons.ts"),
  },
  {
    name: "columns",
    summary: "show the columns of a table and what an audit would take them for",
    load: () => import("./commands/columns.ts"),
  },
];
