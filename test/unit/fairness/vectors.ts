/** The tables with the libraries' own output: those in this repository, and more where the folder with them is at hand. */

import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { buildScoredTable } from "../../../src/fairness/table/build-scored-table.ts";
import { readTable } from "../../../src/fairness/table/read-table.node.ts";
import { type Roles, readPlanOf } from "../../../src/fairness/table/roles.ts";
import type { BinaryTable } from "../../../src/fairness/table/scored-table.ts";

export interface VectorSpec {
  name: string;
  y_true: string;
  y_pred: string;
  score?: string;
  weight?: string;
  sensitive: string[];
  positive: string;
  privileged: Record<string, string>;
  features?: string[];
}

// biome-ignore lint/suspicious/noExplicitAny: what the libraries printed, of any shape
export type Json = any;

const HERE = fileURLToPath(new URL("vectors", import.meta.url));
const ELSEWHERE =
  process.env.FAIRWATT_VECTORS ?? path.resolve(HERE, "../../../../..", "shared", "vectors", "fairness");

/** Folder of each table by its name. */
export const VECTORS: ReadonlyMap<string, string> = new Map(
  [ELSEWHERE, HERE].flatMap((folder) =>
    fs.existsSync(folder)
      ? fs
          .readdirSync(folder)
          .filter((name) => fs.existsSync(path.join(folder, name, "spec.json")))
          .map((name): [string, string] => [name, path.join(folder, name)])
      : [],
  ),
);

export const readJson = (name: string, file: string): Json =>
  JSON.parse(fs.readFileSync(path.join(VECTORS.get(name)!, file), "utf8"));

export const readExtra = (file: string): Json =>
  JSON.parse(fs.readFileSync(path.join(HERE, "_extra", file), "utf8"));

export async function vectorTable(
  name: string,
  more: Partial<Roles> = {},
): Promise<{ spec: VectorSpec; table: BinaryTable }> {
  const spec = readJson(name, "spec.json") as VectorSpec;
  const roles: Roles = {
    task: "binary",
    label: spec.y_true,
    prediction: spec.y_pred,
    ...(spec.score && { score: spec.score }),
    ...(spec.weight && { weight: spec.weight }),
    sensitive: spec.sensitive,
    positive: spec.positive,
    ...more,
  };
  const raw = await readTable(path.join(VECTORS.get(name)!, "data.csv"), readPlanOf(roles));
  return { spec, table: buildScoredTable(raw, roles) as BinaryTable };
}

/** Compares every number of two trees to 1e-9; returns how many there were. NaN and infinities are strings in `expected`. */
export function expectSame(actual: Json, expected: Json, where: string): number {
  if (typeof expected === "object" && expected !== null) {
    expect(Object.keys(actual).sort(), where).toEqual(Object.keys(expected).sort());
    let count = 0;
    for (const key of Object.keys(expected))
      count += expectSame(actual[key], expected[key], `${where}/${key}`);
    return count;
  }
  if (expected === "NaN") expect(actual, where).toBeNaN();
  else if (expected === "Infinity" || expected === "-Infinity") expect(actual, where).toBe(Number(expected));
  // A root of the library's own rounding (2e-8 where the index is 4e-16 and should be 0) is compared by its square.
  else if (where.endsWith("coefficient_of_variation") && Math.abs(expected) < 1e-6)
    expect(Math.abs(actual ** 2 - expected ** 2), where).toBeLessThanOrEqual(1e-12);
  else if (typeof expected === "number")
    expect(Math.abs(actual - expected), `${where}: ${actual} is not ${expected}`).toBeLessThanOrEqual(
      1e-9 * Math.max(1, Math.abs(expected)),
    );
  else expect(actual, where).toEqual(expected);
  return 1;
}
