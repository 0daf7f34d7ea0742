/** Options of `fairwatt bench`, read and checked before anything is started. */

import * as fs from "node:fs";
import * as path from "node:path";
import { countPattern } from "../tradeoff/bench/line-counter.ts";
import type { LoadPlan } from "../tradeoff/bench/load.ts";

export interface BenchOptions {
  cwd: string;
  url?: string;
  concurrency?: string;
  rate?: string;
  duration?: string;
  method?: string;
  header?: string[];
  body?: string;
  timeout?: string;
  pid?: string;
  /** The whole machine counts, not the command's or server's part. */
  machine?: boolean;
  count?: string;
  requestLog?: string;
  unit?: string;
  warmUp?: string;
  name?: string;
  model?: string;
  interval?: string;
  zone?: string;
  defaultZone?: string;
  ledger?: boolean;
  /** File that takes the result; standard output may be the command's. */
  json?: string;
}

const DURATION = /^\s*(\d+(?:\.\d*)?|\.\d+)\s*(ms|s|m|min|h)?\s*$/;
const SECONDS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, min: 60, h: 3600 };
const DEFAULT_SECONDS = 30;
const DEFAULT_TIMEOUT = 60;

/** "30s", "2m", "500ms", "30" -> seconds. Throws a RangeError. */
export function secondsOf(option: string, text: string, least = 0): number {
  const found = DURATION.exec(text);
  const seconds = found ? Number(found[1]) * SECONDS[found[2] ?? "s"]! : Number.NaN;
  if (!(seconds >= least))
    throw new RangeError(`${option} must be a time such as "30s" or "2m"; it is "${text}"`);
  return seconds;
}

function numberOf(option: string, text: string, least: number, what: string): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (!Number.isFinite(value) || value < least)
    throw new RangeError(`${option} must be ${what}; it is "${text}"`);
  return value;
}

export const pidOf = (text: string): number => {
  const pid = numberOf("--pid", text, 1, "a process's number");
  if (!Number.isInteger(pid)) throw new RangeError(`--pid must be a process's number; it is "${text}"`);
  return pid;
};

/** Throws a RangeError that says which options do not go together. */
export function checkOptions(options: BenchOptions, command: readonly string[]): void {
  const { url, requestLog, count } = options;
  if (url === undefined && command.length === 0)
    throw new RangeError(
      "name what is to be measured: fairwatt bench -- COMMAND, or fairwatt bench --url URL",
    );
  if (url !== undefined && command.length > 0)
    throw new RangeError("either a command or --url is measured, not both; start the server by itself");
  if (url !== undefined && requestLog !== undefined)
    throw new RangeError("--request-log is for a command: with --url the answers are counted");
  const served = ["concurrency", "rate", "duration", "method", "header", "body", "pid", "timeout"] as const;
  const foreign = url === undefined ? served.find((name) => options[name] !== undefined) : undefined;
  if (foreign) throw new RangeError(`--${foreign} is for a served model: add --url URL`);
  if (options.machine && options.pid !== undefined)
    throw new RangeError("--machine counts all of the machine, --pid one process: choose one");
  if (count !== undefined) countPattern(count);
}

/** The load of --url. Throws a RangeError, also where the body cannot be read. */
export function loadOf(options: BenchOptions & { url: string }): LoadPlan {
  const { concurrency, rate, duration, method, header = [], body, timeout, count, cwd } = options;
  let url: URL;
  try {
    url = new URL(options.url);
  } catch {
    throw new RangeError(
      `--url must be an address such as http://localhost:8000/predict; it is "${options.url}"`,
    );
  }
  if (!/^https?:$/.test(url.protocol)) throw new RangeError(`--url must begin with http:// or https://`);
  if (concurrency !== undefined && rate !== undefined)
    throw new RangeError(
      "--concurrency keeps so many requests under way, --rate starts so many per second: choose one",
    );
  const workers =
    concurrency === undefined ? 1 : numberOf("--concurrency", concurrency, 1, "a whole number, 1 or above");
  if (!Number.isInteger(workers)) throw new RangeError("--concurrency must be a whole number, 1 or above");
  const bodyFile = body === undefined ? undefined : path.resolve(cwd, body);
  if (bodyFile !== undefined) {
    try {
      fs.accessSync(bodyFile, fs.constants.R_OK);
    } catch (error) {
      throw new RangeError(
        `the request's body ${body} cannot be read (${(error as NodeJS.ErrnoException).code})`,
      );
    }
  }
  return {
    url: url.href,
    method: (method ?? (bodyFile === undefined ? "GET" : "POST")).toUpperCase(),
    headers: headersOf(header, body),
    ...(bodyFile !== undefined && { bodyFile }),
    ...(rate === undefined
      ? { concurrency: workers }
      : { rate: numberOf("--rate", rate, 0.001, "requests per second, above 0") }),
    seconds: duration === undefined ? DEFAULT_SECONDS : secondsOf("--duration", duration, 1),
    timeout: timeout === undefined ? DEFAULT_TIMEOUT : secondsOf("--timeout", timeout, 0.001),
    ...(count !== undefined && { pattern: count }),
  };
}

function headersOf(header: readonly string[], body: string | undefined): Record<string, string> {
  const headers: Record<string, string> = {};
  if (body !== undefined && /\.json$/i.test(body)) headers["content-type"] = "application/json";
  for (const line of header) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name))
      throw new RangeError(`--header must be "NAME: VALUE"; it is "${line}"`);
    headers[name] = line.slice(colon + 1).trim();
  }
  return headers;
}

/** Without user, password and query: it is written down. */
export function shownUrl(text: string): string {
  const url = new URL(text);
  return `${url.origin}${url.pathname}`;
}
