import { setTimeout as sleep } from "node:timers/promises";

/** One look: what was wanted, if it is there, and what there was instead, for the error message. */
export interface Look<T> {
  found: T | undefined;
  seen: unknown;
}

/**
 * Looks every 100 ms until something is found.
 *
 * @throws Error after `timeoutMs` that says what was wanted and what was seen last
 */
export async function poll<T>(wanted: string, timeoutMs: number, look: () => Promise<Look<T>>): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (;;) {
    const { found, seen } = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) {
      throw new Error(
        `There was no ${wanted} within ${timeoutMs / 1000} s; there was: ${JSON.stringify(seen)}`,
      );
    }
    await sleep(100);
  }
}
