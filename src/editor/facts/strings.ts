/** Every word of the page of facts that is not part of the facts, in the editor's language. */

import type { PageStrings } from "../../../webview/facts/protocol.ts";
import type { Translate } from "../words.ts";

export function factsStrings(t: Translate): PageStrings {
  return {
    "page.title": t("Report facts"),
    "page.loading": t("Reading the project file"),
    "page.gone": t("The folder of these facts is not open any more. Run Edit Report Facts again."),
    "page.sentence": t(
      "What only people know and documents ask for. Each field is written into the project file when you leave it; what is left empty is printed as to be completed.",
    ),
    "action.open": t("Open {0}"),
    "problems.title": t("What is wrong in the file"),
    "documents.label": t("Facts for"),
    "documents.all": t("all documents"),
    "documents.every": t("Every document has it"),
    "documents.needed": t("Asked for by: {0}"),
    "section.filled": t("{0} of {1} stated"),
    "field.none": t("not stated"),
    "field.yes": t("yes"),
    "field.no": t("no"),
    "field.written": t("Written."),
  };
}
