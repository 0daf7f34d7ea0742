/** From a file's text to facts: scripts, cell scripts and notebooks; nothing for texts without machine learning. */

import { mentionsMachineLearning } from "../python/prefilter.ts";
import type { PythonFacts } from "../python/python-facts.ts";
import type { PythonReader } from "../python/reader.ts";
import { programOfNotebook } from "./program.ts";
import { programOfScript } from "./script-cells.ts";
import { manifestsIn } from "./written-files.ts";

/** A reader for files read once, or the document of one that is edited. */
type Reads = Pick<PythonReader, "read">;

/** `undefined`: no import of the script is of interest, so it was not parsed. */
export function factsOfScript(reader: Reads, path: string, text: string): PythonFacts | undefined {
  return mentionsMachineLearning(text)
    ? reader.read({ ...programOfScript(path, text), written: manifestsIn(text) })
    : undefined;
}

/** `undefined`: no notebook, of another language, or without machine learning. */
export function factsOfNotebook(reader: Reads, path: string, text: string): PythonFacts | undefined {
  const program = programOfNotebook(path, text);
  if (program === undefined) return undefined;
  const written = [...program.written, ...manifestsIn(program.text)];
  const isRead = written.length > 0 || mentionsMachineLearning(program.text);
  return isRead ? reader.read({ ...program, written }) : undefined;
}
