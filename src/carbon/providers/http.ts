/** Asks a service for JSON, and makes a sentence of whatever goes wrong. */

import { type FaultKind, type GridProvider, ProviderFault } from "./provider.ts";

const TIMEOUT_MS = 10_000;
/** Two days of five-minute figures are under 100 kB. */
const MAX_ANSWER = 8_000_000;
/** Asked again after a refusal for too many requests that names no time. */
const LIMIT_WAIT_SECONDS = 300;

type About = Pick<GridProvider, "label" | "secrets" | "getKey" | "placeHelp" | "name">;

export interface HttpOptions {
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** GET and parse. Throws a `ProviderFault`. No redirect is followed: a key goes to the address it is meant for. */
export async function getJson(
  about: About,
  url: string,
  headers: Record<string, string> = {},
  options: HttpOptions = {},
): Promise<unknown> {
  const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  const signal = options.signal ? AbortSignal.any([timeout, options.signal]) : timeout;
  let response: Response;
  let text: string;
  try {
    response = await fetch(url, {
      headers: { accept: "application/json", ...headers },
      signal,
      redirect: "error",
    });
    text = await textOf(response, about.label);
  } catch (error) {
    if (error instanceof ProviderFault) throw error;
    options.signal?.throwIfAborted();
    if (timeout.aborted) {
      throw new ProviderFault(
        "timeout",
        `${about.label} did not answer within ${(options.timeoutMs ?? TIMEOUT_MS) / 1000} s; try again later`,
      );
    }
    throw new ProviderFault(
      "offline",
      `${about.label} cannot be reached (${reasonOf(error)}); check the network, or name the zone by its yearly figure`,
    );
  }
  if (!response.ok) throw refusal(about, response, text);
  try {
    return JSON.parse(text);
  } catch {
    throw new ProviderFault(
      "answer",
      `${about.label} answered with something that is not JSON; try again later`,
    );
  }
}

async function textOf(response: Response, label: string): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  if (!response.body) return text;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > MAX_ANSWER) {
      await reader.cancel();
      throw new ProviderFault(
        "answer",
        `${label} answered with more than ${MAX_ANSWER / 1e6} MB; it was not read`,
      );
    }
  }
}

/** undici says "fetch failed" and has the reason in the cause. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: { code?: string; message?: string } };
  return cause?.code ?? cause?.message ?? message;
}

/** What services write into the body of a refusal: {error}, {message}, {detail}, {error: {message}}. */
function messageIn(text: string): string | undefined {
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return undefined;
  }
  const found = [body]
    .flatMap(fields)
    .flatMap((value) => (typeof value === "string" ? [value] : fields(value)));
  const message = found.find((value): value is string => typeof value === "string" && value.trim() !== "");
  return message?.trim().slice(0, 200);
}

function fields(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(fields);
  if (typeof value !== "object" || value === null) return [];
  const { error, message, detail, msg } = value as Record<string, unknown>;
  return [message, msg, detail, error].filter((field) => field !== undefined);
}

function refusal(about: About, response: Response, text: string): ProviderFault {
  const { status } = response;
  const said = messageIn(text);
  const quoted = said ? ` ("${said.replace(/[.\s]+$/, "")}")` : "";
  const fault = (kind: FaultKind, sentence: string, wait?: number) =>
    new ProviderFault(kind, `${about.label} ${sentence}`, wait);
  const key = about.secrets.join(" and ");
  switch (status) {
    case 401:
      return fault(
        "key",
        `refuses the key${quoted}; set ${key} anew${about.getKey ? `: ${about.getKey}` : ""}`,
      );
    case 403:
      return fault(
        "plan",
        `does not give this to the plan of your key${quoted}; name a place that the plan has under [grid], or choose another provider`,
      );
    case 400:
    case 404:
    case 422:
      return fault(
        "place",
        `has no figures for what was asked${quoted}; check place under [grid]: ${about.placeHelp}`,
      );
    case 429: {
      const wait = waitOf(response.headers.get("retry-after"));
      return fault("limit", `was asked too often${quoted}; it is asked again in ${inWords(wait)}`, wait);
    }
    default:
      return status >= 500
        ? fault("offline", `is out of order (HTTP ${status}${quoted}); try again later`, 60)
        : fault("answer", `answered with HTTP ${status}${quoted}, which is not documented`);
  }
}

/** Seconds, or a date, as HTTP has both. */
function waitOf(header: string | null): number {
  if (!header) return LIMIT_WAIT_SECONDS;
  const seconds = Number(header);
  const wait = Number.isFinite(seconds) ? seconds : (Date.parse(header) - Date.now()) / 1000;
  return Number.isFinite(wait) ? Math.min(3600, Math.max(1, Math.ceil(wait))) : LIMIT_WAIT_SECONDS;
}

const inWords = (seconds: number): string =>
  seconds < 120 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
