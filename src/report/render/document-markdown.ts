/** A document as Markdown. */

import type { DocumentContent } from "../documents/document.ts";
import { blockMarkdown, escapeMarkdown } from "./blocks-markdown.ts";
import { firstPage, lastPage } from "./common-blocks.ts";

export function documentMarkdown(content: DocumentContent): string {
  const status = content.status === "DRAFT" ? "**DRAFT** until a person has signed it" : "**FINAL**";
  return [
    `# ${escapeMarkdown(content.title)}`,
    status,
    ...[...firstPage(content), ...content.blocks, ...lastPage(content)].map(blockMarkdown),
    "",
  ].join("\n\n");
}
