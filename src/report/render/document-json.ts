/** A document as JSON, by the published schema. */

import * as z from "zod/mini";
import { type DocumentContent, documentContent } from "../documents/document.ts";

export function documentJson(content: DocumentContent, seal: string): string {
  return `${JSON.stringify({ ...content, seal }, null, 2)}\n`;
}

/** The JSON Schema (2020-12) of the documents: what report-document.schema.json holds. */
export function documentSchema(): object {
  return {
    $id: "https://fairwatt.invalid/report-document-1.schema.json",
    title: "A document written by Fairwatt, version 1",
    ...z.toJSONSchema(documentContent),
  };
}
