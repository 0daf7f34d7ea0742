/** The last page: how to do it again, what the numbers were computed from, and who answers for them. */

import type { RunSummary } from "../../energy/run.ts";
import { type Html, html, table } from "../render/html.ts";
import { commandWords } from "../run-words.ts";
import type { RunReportInput } from "./run-report.ts";

export function lastPage({ run, journals, entry }: RunReportInput): Html {
  const artefacts = entry?.body.artefacts ?? [];
  return html`<section class="last"><h2>How to reproduce it</h2>
<pre><code>${steps(run, entry?.body.cwd)}</code></pre>
<p>Another machine, another load beside it or another year of the grid gives another number. The numbers of this document can be computed again from the journals alone: <code>fairwatt report ${run.id}</code>.</p>
<h2>Hashes</h2>
${table(
  "What this document was computed from.",
  [{ title: "File" }, { title: "SHA-256" }, { title: "Against the ledger" }],
  [
    ...Object.entries(journals).map(([name, hash]) => [
      name,
      html`<span class="hash">${hash}</span>`,
      againstLedger(entry?.body.journals, name, hash),
    ]),
    ...Object.keys(entry?.body.journals ?? {})
      .filter((name) => !(name in journals))
      .map((name) => [name, "", "named in the ledger, and missing"]),
  ],
)}
<p>Ledger entry: ${entry ? html`<span class="hash">${entry.hash}</span>` : "none yet"}</p>
${
  artefacts.length > 0
    ? table(
        "Files that the run wrote.",
        [{ title: "File" }, { title: "Bytes", align: "right" }, { title: "SHA-256" }],
        artefacts.map((file) => [
          file.path,
          file.bytes,
          file.sha256 ? html`<span class="hash">${file.sha256}</span>` : (file.note ?? "not hashed"),
        ]),
      )
    : null
}
<h2>Signature</h2>
<table class="signature"><caption>Blank: this document is a draft.</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Function</th><th scope="col">Place, date</th><th scope="col">Signature</th></tr></thead>
<tbody><tr><td></td><td></td><td></td><td></td></tr></tbody></table>
<p class="small">Draft prepared with a software tool from measured and user-provided data. It is not a conformity assessment, verification, certification or legal advice. Items marked modelled or estimated carry the stated range. The issuing organisation is responsible for completeness and correctness.</p></section>`;
}

function steps(run: RunSummary, cwd: string | undefined): string {
  const lines: string[] = [];
  if (run.git) lines.push(`git checkout ${run.git.commit}`);
  if (run.git?.dirty) lines.push("# and the changes that were not committed, which no hash names");
  if (cwd && cwd !== ".") lines.push(`cd ${commandWords([cwd])}`);
  const options = [`--interval ${run.interval}s`, run.grid ? `--zone ${run.grid.zone}` : ""].filter(Boolean);
  lines.push(`fairwatt run ${options.join(" ")} -- ${commandWords(run.argv)}`);
  return lines.join("\n");
}

function againstLedger(journals: Record<string, string> | undefined, name: string, hash: string): string {
  if (!journals) return "no entry yet";
  const expected = journals[name];
  if (expected === undefined) return "not named there";
  return expected === hash ? "as entered" : "CHANGED since it was entered";
}
