/** `npm run score`: lints the files of a manifest and says how right the linter was. */

import { statSync } from "node:fs";
import { parseArgs } from "node:util";
import { SCORED_RULES, type Setting } from "./families.ts";
import { type LintCorpus, lintCorpus } from "./lint-corpus.ts";
import { type Corpus, readCorpus } from "./manifest.ts";
import { reportOf } from "./report.ts";
import { type Score, scoreOf } from "./score.ts";

const USAGE = `npm run score -- MANIFEST FOLDER [options]
  MANIFEST  JSON with the labels of files, as lint-labeling.md says
  FOLDER    where the files lie: by id (004/name.py), by repository (owner/name/path) or flat
  --repos FOLDER   whole repositories (owner/name or owner+name) for the score within a project;
                   without it a project is the manifest's files of one repository
  --select LIST    rules to lint with, separated by commas (all that are scored)
  --only single|project
  --json           for programs`;

export async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      repos: { type: "string" },
      select: { type: "string" },
      only: { type: "string" },
      json: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const [manifest, folder] = positionals;
  const settings = settingsOf(values.only);
  if (values.help || manifest === undefined || folder === undefined || !settings) {
    console.error(USAGE);
    return values.help ? 0 : 2;
  }
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
    throw new Error(`${folder} is not a folder`);
  const corpus = readCorpus(manifest, folder);
  if (corpus.files.length === 0) throw new Error(`none of the manifest's files is in ${folder}`);
  const options: LintCorpus = {
    corpus,
    select: values.select?.split(",") ?? [...SCORED_RULES],
    ...(values.repos !== undefined && { repositories: values.repos }),
  };
  const results = [];
  for (const setting of settings) {
    const linted = await lintCorpus(options, setting);
    results.push({
      ...scoreOf(linted.answers, setting),
      milliseconds: linted.milliseconds,
      failures: linted.failures,
    });
  }
  console.log(
    values.json ? JSON.stringify({ ...stateOf(corpus), scores: results }, null, 2) : textOf(corpus, results),
  );
  return 0;
}

function settingsOf(only: string | undefined): Setting[] | undefined {
  if (only === undefined) return ["single", "project"];
  return only === "single" || only === "project" ? [only] : undefined;
}

const stateOf = ({ files, missing }: Corpus) => ({
  files: files.length,
  missing: missing.map(({ id, repo, path }) => ({ id, path: `${repo}/${path}` })),
  otherBytes: files.filter(({ sameBytes }) => sameBytes === false).map(({ label }) => label.id),
});

function textOf(corpus: Corpus, results: (Score & { milliseconds: number; failures: string[] })[]): string {
  const { files, missing, otherBytes } = stateOf(corpus);
  return [
    `${files} files linted`,
    ...missing.map(({ id, path }) => `not in the folder: ${id} ${path}`),
    ...otherBytes.map((id) => `not the bytes that were labelled: ${id}`),
    ...results.flatMap((score) => [
      "",
      reportOf(score),
      `${(score.milliseconds / 1000).toFixed(1)} s`,
      ...score.failures.map((failure) => `a rule failed: ${failure}`),
    ]),
  ].join("\n");
}
