/** Every word of the ledger's page that is not part of the ledger, in the editor's language. */

import type { PageStrings } from "../../../webview/ledger/protocol.ts";
import type { Translate } from "../words.ts";

export function ledgerStrings(t: Translate): PageStrings {
  return {
    "page.title": t("Ledger"),
    "page.loading": t("Reading the ledger"),
    "page.gone": t("The folder of this ledger is not open any more. Run Show Ledger again."),
    "action.refresh": t("Verify again"),
    "action.export": t("Export"),
    "action.approve": t("Approve or reject"),
    "action.correct": t("Say that it is wrong"),
    "action.copy": t("Copy hash"),
    "entries.title": t("Entries"),
    "entries.none": t("Nothing has happened yet. A measured run writes the first entry."),
    "entries.noneOfType": t("There are no entries of this kind."),
    "entries.more": t("{0} older ones are not listed: fairwatt ledger log"),
    "entries.type": t("Show"),
    "entries.all": t("everything"),
    "entries.wrong": t("does not hold"),
    "entry.time": t("Time (UTC)"),
    "entry.kind": t("Kind"),
    "entry.what": t("What"),
    "entry.decisions": t("Decisions"),
    "entry.show": t("Show what it says"),
    "entry.hide": t("Hide what it says"),
    "detail.title": t("What the entry says"),
    "detail.body": t("Everything in it"),
    "detail.gone": t("The entry cannot be read any more. Verify the ledger."),
    "problems.title": t("What does not match"),
    "notices.title": t("Not checked, or good to know"),
  };
}
