/** What providers answered, kept on disk: for when the network is gone, and so that nobody is asked too often. */

import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import * as z from "zod/mini";
import { homeFolder } from "../../config/home.node.ts";
import type { IntensitySeries } from "../intensity/series.ts";

const slot = z.object({
  from: z.number(),
  to: z.number(),
  gramsPerKwh: z.number(),
  low: z.number(),
  high: z.number(),
  kind: z.enum(["actual", "estimated", "forecast", "typical"]),
});
const series = z.object({
  basis: z.enum(["average", "marginal"]),
  zone: z.string(),
  name: z.string(),
  factors: z.enum(["lifecycle", "direct", "not stated"]),
  source: z.string(),
  fetchedAt: z.number(),
  resolution: z.number(),
  error: z.object({ relative: z.number(), how: z.string() }),
  notices: z.array(z.string()),
  slots: z.array(slot),
});
const kept = z.object({
  v: z.literal(1),
  series: z.optional(series),
  /** Not to be asked again before; Unix ms. */
  notBefore: z.optional(z.number()),
});

export interface Kept {
  series?: IntensitySeries;
  notBefore?: number;
}

/** `$XDG_CACHE_HOME/fairwatt/grid`, or what the system has instead. */
export function defaultCacheFolder(env = process.env): string {
  const base =
    env.XDG_CACHE_HOME ||
    (process.platform === "win32" && env.LOCALAPPDATA) ||
    (process.platform === "darwin"
      ? path.join(homeFolder(), "Library", "Caches")
      : path.join(homeFolder(), ".cache"));
  return path.join(base, "fairwatt", "grid");
}

/** One answer in a folder, by what was asked. The key of a service is no part of it. */
export class CacheFile {
  readonly #file: string;

  constructor(folder: string, asked: readonly unknown[]) {
    const name = createHash("sha256").update(JSON.stringify(asked)).digest("hex").slice(0, 32);
    this.#file = path.join(folder, `${name}.json`);
  }

  /** What is kept; empty where there is nothing that can be read. */
  read(): Kept {
    try {
      const parsed = kept.safeParse(JSON.parse(fs.readFileSync(this.#file, "utf8")));
      return parsed.success
        ? { series: parsed.data.series as IntensitySeries, notBefore: parsed.data.notBefore }
        : {};
    } catch {
      return {};
    }
  }

  /** Keeps it. A folder that cannot be written only means that the next time is asked again. */
  write(content: Kept): void {
    const temporary = `${this.#file}.${process.pid}.tmp`;
    try {
      fs.mkdirSync(path.dirname(this.#file), { recursive: true });
      fs.writeFileSync(temporary, JSON.stringify({ v: 1, ...content }));
      fs.renameSync(temporary, this.#file);
    } catch {
      fs.rmSync(temporary, { force: true });
    }
  }
}
