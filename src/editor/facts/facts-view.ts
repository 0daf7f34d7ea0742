/** What the page of facts shows, from the text of a project file. Pure. */

import type { FactsView, FieldView } from "../../../webview/facts/protocol.ts";
import { parseProject } from "../../config/parse.ts";
import type { ProjectFileKind } from "../../config/project-files.ts";
import { withFact } from "../../config/report-facts-edit.ts";
import {
  FACT_FIELDS,
  type FactField,
  factName,
  factText,
  factValue,
} from "../../config/report-facts-fields.ts";
import factDocuments from "../../report/data/fact-documents.json" with { type: "json" };
import type { Translate } from "../words.ts";

export interface FactsSource {
  /** Folder of the project, and its name. */
  project: string;
  name: string;
  kind: ProjectFileKind;
  /** Of the file; "" where there is none. */
  text: string;
  /** Restricted Mode writes nothing. */
  isTrusted: boolean;
}

const FACTS: Record<string, readonly string[]> = factDocuments.facts;
/** Facts that stand in no table of their own. */
const FIRST = "report";

export function factsView({ project, name, kind, text, isTrusted }: FactsSource, t: Translate): FactsView {
  const { config, problems } = parseProject(text, kind);
  const sections = new Map<string, FieldView[]>();
  for (const field of FACT_FIELDS) {
    const id = field.path.length > 1 ? field.path[0]! : FIRST;
    sections.set(id, [...(sections.get(id) ?? []), fieldView(field, valueAt(config.report, field.path))]);
  }
  const titles: Record<string, string> = {
    report: t("The system and who answers for it"),
    "annex-iv": t("AI Act: technical documentation (Annex IV)"),
    "art-4a": t("AI Act: special categories of data (Art. 4a)"),
    compute: t("Computation"),
    gpai: t("General-purpose models: Model Documentation Form"),
    ghg: t("GHG data sheet"),
    "sci-boundary": t("Software Carbon Intensity: boundary"),
    fairness: t("Fairness audit"),
    ll144: t("NYC Local Law 144"),
    ecoa: t("Adverse-action notices (Regulation B)"),
    "budget-sheet": t("Carbon budget and the company's target"),
    register: t("Register of AI systems"),
    "evidence-matrix": t("Evidence matrix"),
    "model-card": t("Model card and ML-BOM"),
  };
  return {
    project,
    title: t("Report facts of {0}", name),
    file: kind,
    readOnly: isTrusted
      ? ""
      : t("In Restricted Mode the facts are shown and nothing is written: trust the folder first."),
    problems: problems.map(({ line, message }) => `${kind}:${line + 1}: ${message}`),
    // What stands in brackets is the law, which the documents themselves name.
    documents: factDocuments.documents.map(({ id, title }) => ({ id, title: title.replace(/ [(–].*$/, "") })),
    sections: [...sections].map(([id, fields]) => ({ id, title: titles[id] ?? label(id), fields })),
  };
}

/** The file's text with the fact as a person has written it. Throws an Error that says what to write. */
export function withWrittenFact(text: string, kind: ProjectFileKind, name: string, value: string): string {
  const field = FACT_FIELDS.find(({ path }) => factName(path) === name);
  if (!field) throw new Error(`there is no fact ${name}`);
  return withFact(text, kind, field.path, factValue(field, value));
}

function fieldView({ path, kind, choices, sentence }: FactField, value: unknown): FieldView {
  const name = factName(path);
  return {
    name,
    label: label(path.at(-1)!),
    kind,
    choices: [...(choices ?? [])],
    hint: capital(sentence.replace(/^\S+ must be /, "")),
    documents: [...(FACTS[name] ?? [])],
    value: factText(value),
  };
}

const valueAt = (from: unknown, path: readonly string[]): unknown =>
  path.reduce((value, key) => (value as Record<string, unknown> | undefined)?.[key], from);

/** "boundary-approach" -> "Boundary approach", "annex-iii" -> "Annex III" */
const label = (key: string): string =>
  capital(key.replaceAll("-", " ")).replace(/\b(?:i{1,3}|iv|ai|eu|us|url|id|flop)\b/g, (word) =>
    word.toUpperCase(),
  );

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
