/** What the documents around a file say: shared by the rules of this family. */

import type { DocumentFacts, Topic } from "../../project/document-facts.ts";
import type { ProjectEvidence } from "../../project/evidence.ts";

const OUTSIDE = /^(?:\/|[A-Za-z]:|\.\.\/|untitled)/;

/** The project's evidence for a file of it; `undefined` for one outside, whose surroundings nobody looked at. */
export function evidenceAround(
  file: string,
  evidence: ProjectEvidence | undefined,
): ProjectEvidence | undefined {
  return OUTSIDE.test(file) ? undefined : evidence;
}

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

/** A new document goes beside the file. */
export function besideFile(file: string, name: string): string {
  return `${file.slice(0, file.lastIndexOf("/") + 1)}${name}`;
}
