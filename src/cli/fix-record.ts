/** What `doctor --fix` changed, kept so that --undo can take it back. */

import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod/mini";
import type { Change } from "../energy/meters/permission-fix.ts";
import { RAPL_GROUP } from "../energy/meters/powercap-reasons.ts";

const name = z.string().check(z.regex(/^[a-z_][\w.-]*\$?$/i));
const change = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("group-created"), group: z.literal(RAPL_GROUP) }),
  z.object({ kind: z.literal("member-added"), group: z.literal(RAPL_GROUP), user: name }),
  z.object({ kind: z.literal("file-written"), file: z.string().check(z.startsWith("/etc/")) }),
  z.object({ kind: z.literal("module-loaded"), module: z.string().check(z.regex(/^\w+$/)) }),
]);
const record = z.object({ v: z.literal(1), changes: z.array(change) });

/** Empty where there is none. What is not a record that --fix writes is not acted upon. */
export function readRecord(file: string): Change[] {
  try {
    return record.parse(JSON.parse(fs.readFileSync(file, "utf8"))).changes;
  } catch {
    return [];
  }
}

export function writeRecord(file: string, changes: readonly Change[]): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, `${JSON.stringify({ v: 1, changes }, null, 2)}\n`, { mode: 0o600 });
}
