/** The register of several projects: a row for each system, its models below, findings by rule. Pure. */

import { formatQuantity } from "../../quantity.ts";
import { type Evidence, newestTime, totalOf } from "../evidence.ts";
import { annexIiiWords, conformityRoute } from "./ai-act-terms.ts";
import { type Block, missingText } from "./blocks.ts";
import type { Facts, ReportDocument } from "./document.ts";
import { register } from "./register.ts";
import { modelBlocks, registerEntries, registerModels } from "./register-models.ts";
import { applicationDay, daysBetween, registerRules } from "./register-rules.ts";

export interface RegisteredProject {
  /** Its folder's name. */
  project: string;
  evidence: Evidence;
  facts: Facts;
}

interface System extends RegisteredProject {
  /** What people call it. */
  name: string;
  asOf: string | null;
}

/** Everything is held against one day: the newest of all projects' own, else of their ledgers. */
export function registerOf(projects: readonly RegisteredProject[]): ReportDocument {
  const days = projects.flatMap(({ evidence, facts }) => {
    const day = facts.report?.register?.["as-of"] ?? newestTime(evidence)?.slice(0, 10);
    return day === undefined ? [] : [day];
  });
  const asOf = days.sort().at(-1) ?? null;
  const systems = projects.map((each) => ({
    ...each,
    name: each.facts.report?.system ?? each.project,
    asOf,
  }));
  return {
    ...register,
    id: "register-of-projects",
    title: "Register of AI systems",
    summary: "a row for each system of several projects, with models, findings by rule and approvals",
    several: {
      command: `fairwatt report --projects ${projects.map(({ project }) => project).join(" ")}`,
      facts: projects.map(({ facts }) => facts),
    },
    build: () => ({ blocks: blocksOf(systems, asOf) }),
  };
}

function blocksOf(systems: readonly System[], asOf: string | null): Block[] {
  const table = (caption: string, titles: readonly string[], cells: (system: System) => string[]): Block => ({
    table: {
      caption,
      columns: ["System", ...titles].map((title) => ({ title })),
      rows: systems.map((system) => [system.name, ...cells(system)]),
    },
  });
  return [
    { heading: "1. For the governing body", level: 2 },
    {
      facts: [
        ["Systems", String(systems.length)],
        ["Held against", asOf ?? "no day: no entry in any ledger"],
        ...totals(systems, asOf),
      ],
    },
    findings(systems),
    { heading: "2. Who answers for what", level: 2 },
    table(
      "Owners, purpose and status.",
      ["Id, version", "Owner, executive", "Provider", "Intended purpose", "Status"],
      ({ facts }) => {
        const { report = {}, "intended-use": use } = facts;
        const row = report.register ?? {};
        return [
          both(row.id, report.version),
          both(row.owner, row.executive),
          row.provider ?? report.organisation ?? MISSING,
          report["intended-purpose"] ?? use ?? MISSING,
          row.status ?? MISSING,
        ];
      },
    ),
    { heading: "3. Law", level: 2 },
    table(
      "What each system is under, and from when.",
      [
        "Role",
        "Annex III",
        "Applies from",
        "Route",
        "EU database, Member States",
        "United States",
        "Assessments",
      ],
      ({ facts }) => {
        const { report = {} } = facts;
        const row = report.register ?? {};
        const day = applicationDay(facts);
        const left = day && asOf ? daysBetween(asOf, day) : 0;
        return [
          report.role ?? MISSING,
          annexIiiWords(report["annex-iii"]) ?? MISSING,
          day ? `${day}${left > 0 ? `, in ${left} days; until then preparatory` : ""}` : "not known or none",
          conformityRoute(facts) ?? MISSING,
          both(row["eu-database-id"], row["member-states"]?.join(", ")),
          row["us-rules"]?.join(", ") ?? "none stated",
          row["impact-assessments"] ?? MISSING,
        ];
      },
    ),
    { heading: "4. Figures", level: 2 },
    table(
      "From the ledgers: energy and CO2e of the year so far, location-based; fairness of the newest audit.",
      ["Runs", "Energy", "CO2e", "Last audit", "Approved documents"],
      (system) => {
        const total = totalOf(ofYear(system));
        return [
          String(total.runs),
          total.energy ? formatQuantity(total.energy) : "not measured",
          total.footprint ? formatQuantity(total.footprint) : "not known",
          system.evidence.audits.at(-1)?.time.slice(0, 10) ?? "none",
          approvedWords(system.evidence),
        ];
      },
    ),
    { heading: "5. Models", level: 2 },
    ...systems.flatMap(({ name, evidence }): Block[] => [
      { heading: name, level: 3 },
      ...modelBlocks(registerModels(evidence)),
    ]),
    { heading: "6. Risks and reviews", level: 2 },
    table(
      "What people keep.",
      ["Incidents", "Open risks", "Last review", "Next review", "Retention, decommissioning"],
      ({ facts }) => {
        const row = facts.report?.register ?? {};
        return [
          row.incidents ?? MISSING,
          row["open-risks"] ?? MISSING,
          row["last-review"] ?? MISSING,
          row["next-review"] ?? MISSING,
          both(row.retention, row.decommissioning),
        ];
      },
    ),
  ];
}

const MISSING = missingText({ label: "", source: "U", completedBy: "the system's owner" });

const both = (one: string | undefined, other: string | undefined): string =>
  one === undefined && other === undefined ? MISSING : `${one ?? MISSING}; ${other ?? MISSING}`;

const ofYear = ({ evidence, asOf }: System) =>
  evidence.runs.filter(
    ({ body: { startedAt } }) =>
      asOf !== null && startedAt.startsWith(asOf.slice(0, 4)) && startedAt.slice(0, 10) <= asOf,
  );

function totals(systems: readonly System[], asOf: string | null): [string, string][] {
  const total = totalOf(systems.flatMap(ofYear));
  const year = asOf?.slice(0, 4) ?? "the year";
  return [
    [`Energy of ${year} so far`, total.energy ? formatQuantity(total.energy) : "not measured"],
    [
      `CO2e of ${year} so far, location-based`,
      total.footprint
        ? `${formatQuantity(total.footprint)}${total.unplaced > 0 ? `; of ${total.unplaced} runs not known` : ""}`
        : "not known",
    ],
  ];
}

/** Red and amber alone, the red ones first. */
function findings(systems: readonly System[]): Block {
  const found = systems.flatMap(({ name, evidence, facts, asOf }) =>
    registerRules(evidence, facts, asOf).map((result) => ({ name, ...result })),
  );
  const of = (level: string) => found.filter((each) => each.level === level);
  const rows = [...of("red"), ...of("amber")].map(({ name, level, rule, finding }) => [
    name,
    level,
    rule,
    finding,
  ]);
  if (rows.length === 0)
    return { text: "No rule found anything red or amber; that is no statement that a law is met." };
  return {
    table: {
      caption: `${of("red").length} red, ${of("amber").length} amber, by rule alone; ${of("not evaluated").length} rules could not be evaluated.`,
      columns: [{ title: "System" }, { title: "Level" }, { title: "Rule" }, { title: "Finding" }],
      rows,
    },
  };
}

/** Of the documents as they were last written. */
function approvedWords(evidence: Evidence): string {
  const { reports, approvals } = evidence;
  const left = registerEntries(evidence);
  const others = reports.filter(({ hash }) => !left.has(hash));
  const newest = new Map(others.map((each) => [each.body.document, each]));
  const last = (hash: string) => approvals.filter(({ body }) => body.subject === hash).at(-1);
  const approved = [...newest.values()].flatMap(({ hash }) => {
    const decision = last(hash);
    return decision?.body.decision === "approved" ? [decision] : [];
  });
  const names = [...new Set(approved.map(({ body }) => `${body.name} (${body.role})`))];
  return newest.size === 0
    ? "none written"
    : `${approved.length} of ${newest.size}${names.length > 0 ? `, by ${names.join(", ")}` : ""}`;
}
