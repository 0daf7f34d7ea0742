/** SARIF by the schema that OASIS publishes. */

import { readFileSync } from "node:fs";
import * as path from "node:path";
import Ajv from "ajv";
import addFormats from "ajv-formats";

const FILE = path.resolve(import.meta.dirname, "../fixtures/schemas/sarif/sarif-schema-2.1.0.json");

/** Ajv knows draft 7 and later; of draft 4 the schema uses nothing that they read otherwise but the name of `id`. */
const validate = (() => {
  const { $schema: _, id, ...schema } = JSON.parse(readFileSync(FILE, "utf8"));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  return ajv.compile({ ...schema, $id: id });
})();

/** What is not as the schema says; empty where all is. */
export function sarifProblems(value: unknown): string[] {
  validate(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
