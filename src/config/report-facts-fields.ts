/** Every fact of `[report]`, in the schema's order, for those who ask people for them. Pure. */

import type * as z from "zod/mini";
import { reportFacts } from "./report-facts.ts";
import { FACT_KINDS, type FactKind } from "./report-facts-kinds.ts";

export interface FactField extends FactKind {
  /** Below `[report]`: ["ecoa", "creditor"]. */
  path: readonly string[];
}

/** "ecoa.creditor" */
export const factName = (path: readonly string[]): string => path.join(".");

export const FACT_FIELDS: readonly FactField[] = fieldsIn(reportFacts, []);

interface SchemaNode {
  _zod: { def: { innerType?: SchemaNode; shape?: Record<string, z.ZodMiniType> } };
}

function fieldsIn(schema: z.ZodMiniType, path: readonly string[]): FactField[] {
  const kind = FACT_KINDS.get(schema);
  if (kind) return [{ ...kind, path }];
  const { def } = (schema as unknown as SchemaNode)._zod;
  const shape = def.shape ?? def.innerType?._zod.def.shape ?? {};
  return Object.entries(shape).flatMap(([key, inner]) => fieldsIn(inner, [...path, key]));
}

export type FactValue = string | number | boolean | readonly string[] | Readonly<Record<string, string>>;

/** As a person writes it into one field: a line for each text of a list, "name = text" for each name. */
export function factText(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value)) return value.map((each) => oneLine(String(each))).join("\n");
  if (typeof value === "object")
    return Object.entries(value)
      .map(([name, each]) => `${oneLine(name)} = ${oneLine(String(each))}`)
      .join("\n");
  return String(value);
}

const oneLine = (text: string): string => text.replace(/\s*\r?\n\s*/g, " ");

/** The other way round; undefined where there is nothing. Throws an Error that says what to write. */
export function factValue({ kind, sentence }: FactKind, text: string): FactValue | undefined {
  if (text.trim() === "") return undefined;
  const lines = text.split(/\r?\n/).flatMap((line) => line.trim() || []);
  switch (kind) {
    case "texts":
    case "choices":
      return lines;
    case "flag":
      if (text !== "true" && text !== "false") throw new Error(sentence);
      return text === "true";
    case "number": {
      const value = Number(text.trim());
      if (!Number.isFinite(value)) throw new Error(sentence);
      return value;
    }
    case "named":
      return Object.fromEntries(
        lines.map((line) => {
          const at = line.indexOf("=");
          if (at < 1 || line.slice(at + 1).trim() === "")
            throw new Error(`${JSON.stringify(line)} is no "name = text": ${sentence}`);
          return [line.slice(0, at).trim(), line.slice(at + 1).trim()];
        }),
      );
    default:
      return text.trim();
  }
}
