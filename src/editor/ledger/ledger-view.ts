/** What the ledger's page shows, from what the command line prints. Pure. */

import * as z from "zod/mini";
import type { DetailView, LedgerView } from "../../../webview/ledger/protocol.ts";
import type { Translate } from "../words.ts";
import { entryParts } from "./entry-parts.ts";

const line = z.object({
  hash: z.string(),
  time: z.string(),
  type: z.string(),
  what: z.string(),
  correctedBy: z.array(z.string()),
  decisions: z.array(z.string()),
});

/** `fairwatt ledger log --json` */
export const logOutput = z.array(line);

/** `fairwatt ledger verify --json` */
export const verifyOutput = z.object({
  intact: z.boolean(),
  ledgers: z.array(
    z.object({
      entries: z.number(),
      journals: z.number(),
      signatures: z.number(),
      problems: z.array(z.object({ message: z.string() })),
      notices: z.array(z.string()),
    }),
  ),
});

/** `fairwatt ledger show --json` */
export const showOutput = z.object({
  hash: z.string(),
  time: z.string(),
  type: z.string(),
  parents: z.array(z.string()),
  body: z.record(z.string(), z.unknown()),
  signatureCheck: z.optional(
    z.object({
      state: z.enum(["good", "bad", "unchecked"]),
      key: z.optional(z.string()),
      principal: z.optional(z.string()),
      why: z.optional(z.string()),
    }),
  ),
});

/** Entries that the page lists. */
export const LISTED = 1000;

export interface LedgerOutputs {
  project: string;
  title: string;
  log: z.infer<typeof logOutput>;
  /** Undefined where the ledger could not be read; `failure` says why. */
  verification?: z.infer<typeof verifyOutput>;
  failure?: string;
}

export function ledgerView(
  { project, title, log, verification, failure }: LedgerOutputs,
  t: Translate,
): LedgerView {
  const ledgers = verification?.ledgers ?? [];
  const sum = (of: (ledger: (typeof ledgers)[number]) => number) =>
    ledgers.reduce((total, ledger) => total + of(ledger), 0);
  const entries = sum((ledger) => ledger.entries);
  const counted = t(
    "entries {0}, journals compared {1}, signatures right {2}",
    entries,
    sum(({ journals }) => journals),
    sum(({ signatures }) => signatures),
  );
  const verdict: LedgerView["verdict"] = !verification
    ? { state: "unknown", sentence: failure ?? "" }
    : verification.intact
      ? { state: "intact", sentence: t("The ledger is as it was written: {0}.", counted) }
      : { state: "changed", sentence: t("The ledger is not as it was written: {0}.", counted) };
  return {
    project,
    title,
    verdict,
    problems: ledgers.flatMap(({ problems }) => problems.map(({ message }) => message)),
    notices: ledgers.flatMap(({ notices }) => notices),
    entries: log.map(({ hash, time, type, what, correctedBy, decisions }) => ({
      hash,
      time: time.slice(0, 16).replace("T", " "),
      type,
      typeLabel: typeLabel(type, t),
      what,
      decisions,
      isWrong: correctedBy.length > 0,
    })),
    more: Math.max(0, entries - log.length),
  };
}

export function detailView(entry: z.infer<typeof showOutput>, t: Translate): DetailView {
  const { hash, time, type, parents, body, signatureCheck } = entry;
  const { author } = body;
  return {
    hash,
    facts: [
      [t("Hash"), hash],
      [t("Written"), time.replace("T", " ").replace(/\.\d+Z$|Z$/, " UTC")],
      ...(typeof author === "string" ? [[t("By"), author] as [string, string]] : []),
      [t("Cites"), parents.join(", ") || t("nothing: it is the first")],
      ...(signatureCheck ? [[t("Signature"), signatureWords(signatureCheck, t)] as [string, string]] : []),
    ],
    parts: entryParts(type, time, hash, body),
    body: JSON.stringify(body, null, 2),
  };
}

function signatureWords(
  { state, key = "", principal, why = "" }: NonNullable<z.infer<typeof showOutput>["signatureCheck"]>,
  t: Translate,
): string {
  if (state === "bad") return t("wrong: {0}", why);
  if (state === "unchecked") return t("not checked: {0}", why);
  return principal
    ? t("right, by {0} of {1}, as git's allowed signers say", key, principal)
    : t("right, by {0}; git's allowed signers do not say whose key that is", key);
}

function typeLabel(type: string, t: Translate): string {
  const labels: Record<string, string> = {
    run: t("Run"),
    audit: t("Audit"),
    drift: t("Drift"),
    challenge: t("Challenge"),
    bench: t("Bench"),
    reasons: t("Reasons"),
    report: t("Report"),
    approval: t("Decision"),
    correction: t("Correction"),
    version: t("Version"),
    imported: t("Imported"),
  };
  return Object.hasOwn(labels, type) ? labels[type]! : type;
}
