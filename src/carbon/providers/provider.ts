/** What a source of grid intensities is, and how one says that it cannot answer. Pure: the network is handed in. */

import type * as z from "zod/mini";
import type { GridProviderName } from "../../config/carbon-settings.ts";
import type { AverageSeries, MarginalSeries } from "../intensity/series.ts";

/** What is asked for. Unix milliseconds. */
export interface IntensityRequest {
  /** The provider's name of the place. */
  place?: string;
  factors?: "lifecycle" | "direct";
  /** Of a file: where it is, and what it holds. */
  file?: string;
  basis?: "average" | "marginal";
  from: number;
  to: number;
  now: number;
  /** Used where the error of a forecast cannot be computed: half-width, as a part of the figure. */
  assumedError: number;
}

/** What a provider needs from outside. */
export interface ProviderAccess {
  /** GET, parsed JSON. Throws a `ProviderFault`. `base` is the provider's own address unless another is set. */
  getJson(path: string, headers?: Record<string, string>): Promise<unknown>;
  /** A secret by the name of its environment variable. Throws a `ProviderFault` where there is none. */
  secret(name: string): Promise<string>;
  /** Text of a file of the project. Throws a `ProviderFault`. */
  readFile(file: string): Promise<string>;
}

export type FaultKind = "offline" | "timeout" | "key" | "plan" | "place" | "limit" | "answer" | "settings";

/** A provider cannot answer. The message is a sentence that says what to do. */
export class ProviderFault extends Error {
  constructor(
    readonly kind: FaultKind,
    message: string,
    /** Not to be asked again before, seconds from now. */
    readonly waitSeconds?: number,
  ) {
    super(message);
  }
}

interface ProviderFacts {
  name: GridProviderName;
  /** "NESO Carbon Intensity API". */
  label: string;
  baseUrl: string;
  /** Whom to name, and under which licence. */
  licence: string;
  /** Names of the environment variables that hold its key; empty where none is needed. */
  secrets: readonly string[];
  /** How to get one. */
  getKey?: string;
  /** What `place` is; undefined where the provider knows one place only. */
  placeHelp: string;
  placeNeeded: boolean;
  /** How far its forecast reaches, hours. */
  horizonHours: number;
  /** Whether what is there is the same for an hour that is over as for one to come: files are read anew each time. */
  local?: boolean;
}

/** Publishes averages: may be used for footprints. */
export interface AverageProvider extends ProviderFacts {
  basis: "average";
  fetch(request: IntensityRequest, access: ProviderAccess): Promise<AverageSeries>;
}

/** Publishes marginal figures: for when to run only. */
export interface MarginalProvider extends ProviderFacts {
  basis: "marginal";
  fetch(request: IntensityRequest, access: ProviderAccess): Promise<MarginalSeries>;
}

/** The user's own file says itself what it holds. */
export interface FileProvider extends ProviderFacts {
  basis: "file";
  fetch(request: IntensityRequest, access: ProviderAccess): Promise<AverageSeries | MarginalSeries>;
}

export type GridProvider = AverageProvider | MarginalProvider | FileProvider;

/** The answer was not of the documented form. */
export function oddAnswer(label: string, detail: string): ProviderFault {
  return new ProviderFault(
    "answer",
    `${label} answered in a form that is not documented (${detail}); a newer Fairwatt may know it`,
  );
}

/** An answer by its schema; throws an `oddAnswer` that says where it differs. */
export function readAnswer<T extends z.ZodMiniType>(label: string, schema: T, answer: unknown): z.infer<T> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw oddAnswer(label, `at ${result.error.issues[0]?.path.join(".") || "its root"}`);
}

const HOUR = 3_600_000;

/** Half-width of a forecast's error: computed from pairs where there are enough, else what the project or Fairwatt assumes. */
export function errorOf(computed: number | undefined, hours: number, assumed: number, label: string) {
  return computed === undefined
    ? {
        relative: assumed,
        how: `assumed: ${label} publishes no error of its forecast ([grid] forecast-error changes it)`,
      }
    : {
        relative: computed,
        how: `nine in ten of its forecasts of the last ${hours} hours were nearer to what came`,
      };
}

/** "2026-11-22T09:00:00.000Z" -> Unix ms; throws an `oddAnswer`. */
export function timeOf(text: string, label: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw oddAnswer(label, `time ${JSON.stringify(text.slice(0, 40))}`);
  return time;
}

/** Whether the request reaches past now. */
export const looksAhead = ({ to, now }: IntensityRequest): boolean => to > now;
export const hoursAhead = ({ to, now }: IntensityRequest): number =>
  Math.max(1, Math.ceil((to - now) / HOUR));
