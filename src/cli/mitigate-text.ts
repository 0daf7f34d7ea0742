/** A mitigation for the terminal: before and after, what it cost in accuracy and in energy, what it is made of. */

import type { LibraryAdapter } from "../fairness/libraries/library-answer.ts";
import type { MitigationOutcome, MitigationSettings } from "../fairness/libraries/mitigation.ts";
import type { MitigationEffect } from "../fairness/libraries/mitigation-effect.ts";
import { quantityWords } from "../report/run-words.ts";
import { digits, estimate, probability } from "./audit-numbers.ts";
import type { MitigationEnergy } from "./mitigate-energy.ts";
import { printable } from "./printable.ts";
import { bold, dim, formatTable, yellow } from "./table.ts";

export interface MitigationReport {
  schema: "fairwatt.mitigation/1";
  source: string;
  sensitive: string[];
  settings: MitigationSettings;
  adapter: LibraryAdapter;
  interpreterFrom: string;
  /** Without the rows: those are in the file of --out. */
  outcome: Omit<MitigationOutcome, "train" | "test" | "before" | "after" | "weights">;
  trainRows: number;
  testRows: number;
  /** null where only weights were computed. */
  effect: MitigationEffect | null;
  energy: MitigationEnergy | null;
  /** Whether a model was trained for `before`, so that its training can be compared with. */
  trained: boolean;
  notes: string[];
}

export function describeMitigation(report: MitigationReport): string[] {
  const { settings, adapter, outcome, effect, energy } = report;
  const method =
    settings.method === "reweighing" ? "reweighing" : `${settings.method}, ${settings.constraint}`;
  const lines = [
    bold(printable(`${report.source}: ${method} by ${report.sensitive.join(" x ")}`)),
    `${report.trainRows.toLocaleString("en")} rows to fit, ${report.testRows.toLocaleString("en")} to compare before and after`,
    ...report.notes.map((note) => yellow(`note: ${printable(note)}`)),
  ];
  if (effect) lines.push(...describeEffect(effect));
  lines.push(...describeRules(outcome));
  lines.push("", ...describeEnergy(energy, report.trained));
  lines.push(
    dim(
      `${adapter.library} ${adapter.version} in Python ${adapter.python} (${adapter.executable}, from ${report.interpreterFrom}), seed ${settings.seed}`,
    ),
  );
  return lines;
}

function describeEffect({ accuracy, groupings }: MitigationEffect): string[] {
  const lines: string[] = [];
  for (const { attributes, measures } of groupings)
    lines.push(
      "",
      bold(printable(`by ${attributes.join(" x ")}`)),
      ...formatTable(
        ["largest gap", "before", "after"].map((title) => ({ title })),
        measures.map(({ label, before, after }) => [label, estimate(before), estimate(after)]),
      ),
    );
  const { before, after, test } = accuracy;
  const change = `${after > before ? "+" : ""}${digits(after - before)}`;
  return [
    ...lines,
    "",
    `accuracy ${digits(before)} before, ${digits(after)} after (${change}; ${probability(test.p)}, McNemar)`,
  ];
}

function describeRules({ factors, thresholds, trainings, models }: MitigationReport["outcome"]): string[] {
  const lines: string[] = [];
  if (factors)
    lines.push(
      "",
      ...formatTable(
        [{ title: "group" }, { title: "label" }, { title: "weight", align: "right" }],
        factors.map(({ group, label, weight }) => [
          group,
          label === 1 ? "positive" : "negative",
          typeof weight === "number" ? weight.toFixed(6) : "no such row",
        ]),
      ),
    );
  if (thresholds)
    lines.push(
      "",
      ...formatTable(
        [{ title: "group" }, { title: "predicted positive" }],
        thresholds.map(({ group, p0, operation0, p1, operation1, p_ignore, prediction_constant }) => [
          group,
          `score ${operation0} with chance ${digits(p0)}, ${operation1} with ${digits(p1)}` +
            (p_ignore
              ? `; in ${digits(p_ignore)} of cases at random with ${digits(prediction_constant ?? 0)}`
              : ""),
        ]),
      ),
    );
  if (trainings !== undefined) lines.push("", `${trainings} trainings, ${models} models in the mixture`);
  return lines;
}

function describeEnergy(energy: MitigationEnergy | null, trained: boolean): string[] {
  if (!energy) return [yellow("the energy is not known: the run could not be kept")];
  const { before, mitigation, total } = energy;
  const lines = [`energy of the whole run: ${total ? quantityWords(total) : "not metered"}`];
  if (mitigation) {
    const { energy: joules, seconds } = mitigation;
    const what = joules ? quantityWords(joules) : "no reading lies within";
    lines.push(`of which the mitigation, ${seconds.toFixed(2)} s: ${what}`);
  }
  if (trained && before)
    lines.push(
      `training without it, ${before.seconds.toFixed(2)} s: ${before.energy ? quantityWords(before.energy) : "no reading lies within"}`,
    );
  return [...lines, dim(`fairwatt show ${energy.run}`)];
}
