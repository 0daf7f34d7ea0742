/** A manifest of labelled files: what each should give, and where its text lies. */

import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod/mini";

const Confidence = z.enum(["high", "medium", "low"]);

const Expected = z.object({
  missing_fairness_check: z.boolean(),
  unquantized_deployment: z.boolean(),
  /** Kinds that must be found; others in the record's list may be. */
  wasteful_training: z._default(z.array(z.string()), []),
});

const Label = z.object({
  id: z.string(),
  /** One flat name, unique in the manifest. */
  file: z.optional(z.string()),
  /** Base name to lint it under: rules key on some names. */
  lint_as: z.string(),
  repo: z.string(),
  path: z.string(),
  /** Where the text lies, for a folder of another shape: absolute, or relative to the manifest or the folder. */
  local: z.optional(z.string()),
  sha256: z.optional(z.string()),
  kind: z.enum(["python", "notebook", "config"]),
  expected: Expected,
  expected_project: z.omit(Expected, { wasteful_training: true }),
  wasteful_training: z._default(z.array(z.object({ finding: z.string(), confidence: Confidence })), []),
  rationale: z._default(z.record(z.string(), z.string()), {}),
  confidence: z.object({ fairness: Confidence, deployment: Confidence }),
  ambiguous: z._default(z.boolean(), false),
  traps: z._default(z.array(z.string()), []),
});

export type Label = z.infer<typeof Label>;

const Manifest = z.object({ files: z.array(Label) });

export interface LabelledFile {
  label: Label;
  /** Absolute. */
  file: string;
  text: string;
  /** Whether its bytes are those that were labelled; undefined when the manifest does not say. */
  sameBytes?: boolean;
}

export interface Corpus {
  files: LabelledFile[];
  /** Records whose text is not in the folder. */
  missing: Label[];
}

/** Throws with the record and the field when the manifest is not of this form. */
export function readCorpus(manifest: string, folder: string): Corpus {
  const corpus: Corpus = { files: [], missing: [] };
  for (const label of parseManifest(readFileSync(manifest, "utf8"))) {
    const found = locate(label, path.dirname(path.resolve(manifest)), path.resolve(folder));
    if (found) corpus.files.push(found);
    else corpus.missing.push(label);
  }
  return corpus;
}

export function parseManifest(text: string): Label[] {
  const parsed = Manifest.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data.files;
  const issues = parsed.error.issues.slice(0, 5).map(({ path, message }) => `${path.join(".")}: ${message}`);
  throw new Error(`this is not a manifest of labels (${issues.join("; ")})`);
}

/** The folder may hold files by id, by repository or flat; the place with the labelled bytes goes before the others. */
function locate(label: Label, beside: string, folder: string): LabelledFile | undefined {
  const { id, lint_as, repo, path: inRepo, local, file } = label;
  const places = [
    ...(local === undefined ? [] : [path.resolve(beside, local), path.resolve(folder, local)]),
    ...[
      path.join(id, lint_as),
      path.join("files", id, lint_as),
      path.join(id, inRepo),
      path.join(repo, inRepo),
    ],
    ...[path.join(repo.replace("/", "+"), inRepo), ...(file === undefined ? [] : [file])],
    ...[inRepo, lint_as],
  ].map((place) => path.resolve(folder, place));
  let first: LabelledFile | undefined;
  for (const place of new Set(places)) {
    if (!existsSync(place)) continue;
    const bytes = readFileSync(place);
    const found: LabelledFile = { label, file: place, text: bytes.toString("utf8") };
    if (label.sha256 === undefined) return found;
    found.sameBytes = createHash("sha256").update(bytes).digest("hex") === label.sha256;
    if (found.sameBytes) return found;
    // The bare base name may be any repository's file.
    if (place !== path.resolve(folder, lint_as)) first ??= found;
  }
  return first;
}
