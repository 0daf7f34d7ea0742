/** Puts around a document's own blocks what all documents have: id, status, hashes, completeness, signature. Pure. */

import { canonicalJson } from "../ledger/canonical.ts";
import { FAIRWATT_VERSION } from "../version.ts";
import type { Block } from "./documents/blocks.ts";
import type { DocumentContent, Facts, Format, ReportDocument } from "./documents/document.ts";
import { decisionOn, type Evidence, newestRun, newestTime } from "./evidence.ts";
import { forbiddenIn, LEFT_OUT_CLAIM, withoutForbidden } from "./forbidden-phrases.ts";

const DISCLAIMER =
  "Draft prepared with a software tool from measured and user-provided data. It is not a conformity assessment, verification, certification or legal advice. Items marked 'estimated' carry the stated uncertainty. The issuing organisation is responsible for completeness and correctness (see Art. 99(5) of Regulation (EU) 2024/1689 for information supplied to authorities and notified bodies).";

export interface Composed {
  content: DocumentContent;
  /** The document's own format, its texts looked through. */
  own?: { format: Format; file: string; value: unknown; render(seal: string): string };
}

/** @param sha256 hex digest of a text's UTF-8 bytes */
export function composeDocument(
  document: ReportDocument,
  evidence: Evidence,
  facts: Facts,
  sha256: (text: string) => string,
): Composed {
  const body = document.build(evidence, facts);
  const report = facts.report ?? {};
  const entries = [...evidence.runs, ...evidence.audits, ...evidence.benches, ...evidence.reasons]
    .map(({ hash }) => hash)
    .sort();
  const dataHash = sha256(
    canonicalJson({ entries, facts, ...(document.several && { several: document.several.facts }) }),
  );
  const claims = new Set<string>();
  const cleaned = <T>(value: T): T => withoutClaims(value, claims);
  const git = document.several ? undefined : newestRun(evidence)?.body.git;
  const system = cleaned({
    name: report.system ?? null,
    version: report.version ?? null,
    commit: git?.commit ?? null,
    dirty: git?.dirty ?? null,
    organisation: report.organisation ?? null,
    contact: report.contact ?? null,
  });
  const blocks = cleaned(body.blocks);
  const ownValue = body.own && cleaned(body.own.value);
  const subject = {
    document: document.id,
    form: document.form,
    fairwatt: FAIRWATT_VERSION,
    dataHash,
    blocks,
    system,
  };
  const id = sha256(canonicalJson(JSON.parse(JSON.stringify(subject))));
  const decision = decisionOn(evidence, id);
  const approved = decision?.body.decision === "approved" ? decision : undefined;
  const notices: string[] = [];
  if (evidence.unsound > 0) {
    notices.push(
      `${entriesWords(evidence.unsound)} of the ledger could not be trusted and were not used: fairwatt ledger verify names them.`,
    );
  }
  if (evidence.corrected > 0) {
    notices.push(
      `Not used, because a correction says that they are wrong: ${entriesWords(evidence.corrected)}.`,
    );
  }
  if (claims.size > 0) {
    notices.push(
      `A text from the project contained a claim that this document cannot make; it was left out where "${LEFT_OUT_CLAIM}" stands.`,
    );
  }
  if (decision && !approved) {
    notices.push(
      cleaned(
        `Rejected by ${decision.body.name} (${decision.body.role}) on ${decision.time.slice(0, 10)}: ${decision.body.remark ?? "no remark"}.`,
      ),
    );
  }
  const content: DocumentContent = {
    v: 1,
    document: document.id,
    title: document.title,
    form: document.form,
    legalTextAsOf: document.legalTextAsOf ?? null,
    status: approved ? "FINAL" : "DRAFT",
    id,
    evidenceAt: newestTime(evidence),
    fairwatt: FAIRWATT_VERSION,
    system,
    evidence: {
      dataHash,
      entries,
      runs: evidence.runs.map(({ body: { run } }) => run).sort(),
      unsound: evidence.unsound,
    },
    completeness: completenessOf(blocks, system),
    blocks,
    signature: approved
      ? cleaned({
          name: approved.body.name,
          function: approved.body.role,
          place: approved.body.place ?? "place not stated",
          date: approved.time.slice(0, 10),
          entry: approved.hash,
          scheme: approved.body.signature?.scheme ?? null,
        })
      : null,
    reproduce: [
      ...(git && /^[0-9a-f]{7,64}$/.test(git.commit) ? [`git checkout ${git.commit}`] : []),
      "fairwatt ledger verify",
      document.several?.command ?? `fairwatt report --document ${document.id}`,
    ],
    notices,
    disclaimer: DISCLAIMER,
  };
  const { own } = body;
  return {
    content,
    ...(own && {
      own: {
        format: own.format,
        file: own.file,
        value: ownValue,
        render: (seal: string) => own.render(ownValue, content, seal),
      },
    }),
  };
}

const entriesWords = (count: number) => (count === 1 ? "1 entry" : `${count} entries`);

/** Every text in the value without forbidden phrases, whose names go into `found`. */
function withoutClaims<T>(value: T, found: Set<string>): T {
  if (typeof value === "string") {
    const phrases = forbiddenIn(value);
    if (phrases.length === 0) return value;
    for (const phrase of phrases) found.add(phrase);
    return withoutForbidden(value) as T;
  }
  if (Array.isArray(value)) return value.map((item) => withoutClaims(item, found)) as T;
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, withoutClaims(item, found)]),
    ) as T;
  }
  return value;
}

/** As missingText writes it into a cell of a table. */
const MISSING_IN_TABLE = /\[TO BE COMPLETED BY ([^\]:]+)/;

/** Counts the fields that are not fixed text, those of the first page, and what a table says to be missing. */
function completenessOf(
  blocks: readonly Block[],
  system: DocumentContent["system"],
): DocumentContent["completeness"] {
  const missing: DocumentContent["completeness"]["missing"] = [];
  let required = 0;
  const need = (section: string, label: string, filled: boolean, completedBy: string) => {
    required++;
    if (!filled) missing.push({ section, label, completedBy });
  };
  const first = "First page";
  need(first, "System", system.name !== null, "the provider");
  need(first, "Version", system.version !== null, "the provider");
  need(first, "Organisation", system.organisation !== null, "the provider");
  need(first, "Contact", system.contact !== null, "the provider");
  let section = first;
  for (const each of blocks) {
    if ("heading" in each) section = each.heading;
    if ("table" in each) {
      const { columns, rows } = each.table;
      for (const row of rows)
        for (const [index, cell] of row.entries()) {
          const by = MISSING_IN_TABLE.exec(cell)?.[1];
          if (by !== undefined)
            need(section, `${row[0]}: ${columns[index]?.title ?? ""}`, false, by.toLowerCase());
        }
    }
    if (!("fields" in each)) continue;
    for (const row of each.fields.rows) {
      if (row.source !== "X")
        need(section, row.label, row.value !== undefined, row.completedBy ?? "the provider");
    }
  }
  return { filled: required - missing.length, required, missing };
}
