/** What the documents around a file say: shared by the rules of this family. */

import type { DocumentFacts, Topic } from "../../project/document-facts.ts";
import type { ProjectEvidence } from "../../project/evidence.ts";

/** A model card, or a section about the model in another document. */
export function modelDocument(evidence: ProjectEvidence): DocumentFacts | undefined {
  const { documentation } = evidence;
  return (
    documentation.find(({ kind }) => kind === "model card") ??
    documentation.find(({ says }) => says.includes("model"))
  );
}

/** A datasheet, or a section about the data in another document. */
export function dataDocument(evidence: ProjectEvidence): DocumentFacts | undefined {
  const { documentation } = evidence;
  return (
    documentation.find(({ kind }) => kind === "datasheet") ??
    documentation.find(({ says }) => says.includes("data"))
  );
}

/** The document that says something of a topic. */
export function documentSaying(evidence: ProjectEvidence, topic: Topic): DocumentFacts | undefined {
  return evidence.documentation.find(({ says }) => says.includes(topic));
}

/** A new document goes beside the file; undefined for a file outside the project. */
export function besideFile(file: string, name: string): string | undefined {
  if (/^(?:\/|[A-Za-z]:|\.\.\/|untitled)/.test(file)) return undefined;
  return `${file.slice(0, file.lastIndexOf("/") + 1)}${name}`;
}
