/** A document as one HTML page that needs nothing else. */

import type { DocumentContent } from "../documents/document.ts";
import { blockHtml } from "./blocks-html.ts";
import { firstPage, lastPage } from "./common-blocks.ts";
import { html, page } from "./html.ts";
import { documentStyle } from "./style.ts";

export function documentHtml(content: DocumentContent): string {
  const { title, status } = content;
  const body = html`<main>
<header><p><span class="status">${status}</span>${status === "DRAFT" ? html` <span class="small">until a person has signed it</span>` : null}</p>
<h1>${title}</h1></header>
${[...firstPage(content), ...content.blocks].map(blockHtml)}
<div class="last">${lastPage(content).map(blockHtml)}</div>
</main>`;
  return page({ title, style: documentStyle(status), body });
}
