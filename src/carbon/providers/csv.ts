/** The user's own file: hours and their intensities as CSV. Times with a zone, or else UTC. */

import Papa from "papaparse";
import {
  type IntensitySeries,
  type Point,
  resolutionOf,
  type SlotKind,
  slotsOf,
} from "../intensity/series.ts";
import {
  errorOf,
  type FileProvider,
  type IntensityRequest,
  type ProviderAccess,
  ProviderFault,
} from "./provider.ts";

const HOUR = 3_600_000;
const FORM =
  "it needs a heading and the columns time (2026-11-22T09:00Z) and gco2e_per_kwh, and may have end, low, high and kind (actual or forecast)";

/** Headings by what they are, also those of Electricity Maps' exports. */
const COLUMNS: Record<"time" | "end" | "value" | "low" | "high" | "kind", RegExp> = {
  time: /^(time|datetime|from|start|date ?time \(utc\)|datetime \(utc\)|timestamp)$/i,
  end: /^(end|to|until)$/i,
  value: /^(gco2e?_per_kwh|g_per_kwh|gco2e?\/kwh|intensity|carbon[ _]intensity.*)$/i,
  low: /^low$/i,
  high: /^high$/i,
  kind: /^kind$/i,
};

export const csvFile: FileProvider = {
  name: "csv",
  label: "the project's own file",
  basis: "file",
  baseUrl: "",
  licence: "the project's own",
  secrets: [],
  placeHelp: "any name",
  placeNeeded: false,
  horizonHours: 24 * 366,
  local: true,
  fetch: async (request, access) => readSeries(request, access),
};

async function readSeries(request: IntensityRequest, access: ProviderAccess): Promise<IntensitySeries> {
  const { file } = request;
  if (!file) {
    throw new ProviderFault(
      "settings",
      'provider "csv" needs the file\'s name: write  file = "intensity.csv"  under [grid]',
    );
  }
  const text = await access.readFile(file);
  const parsed = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: "greedy" });
  const [heading = [], ...rows] = parsed.data;
  const column = (name: keyof typeof COLUMNS) => heading.findIndex((cell) => COLUMNS[name].test(cell.trim()));
  const at = {
    time: column("time"),
    end: column("end"),
    value: valueColumn(heading, request),
    low: column("low"),
  };
  const high = column("high");
  const kindAt = column("kind");
  if (at.time < 0 || at.value < 0) throw new ProviderFault("settings", `${file} cannot be read: ${FORM}`);
  const bounds = new Map<number, { low: number; high: number }>();
  const points = rows.map((cells, index): Omit<Point, "kind"> & { kind?: SlotKind } => {
    const line = index + 2;
    const time = timeIn(cells[at.time], file, line);
    const gramsPerKwh = numberIn(cells[at.value], file, line);
    const kind = kindIn(kindAt < 0 ? undefined : cells[kindAt], file, line);
    if (at.low >= 0 && high >= 0 && cells[at.low]?.trim() && cells[high]?.trim()) {
      const range = { low: numberIn(cells[at.low], file, line), high: numberIn(cells[high], file, line) };
      if (range.low > gramsPerKwh || range.high < gramsPerKwh) {
        throw new ProviderFault("settings", `${file}:${line}: low, figure and high are not in this order`);
      }
      bounds.set(time, range);
    }
    const until = at.end >= 0 && cells[at.end]?.trim() ? timeIn(cells[at.end], file, line) : undefined;
    return { at: time, gramsPerKwh, kind, ...(until === undefined ? {} : { until }) };
  });
  if (points.length === 0)
    throw new ProviderFault("settings", `${file} has no lines below its heading: ${FORM}`);
  const resolution = resolutionOf(
    points.map((point) => point.at),
    HOUR,
  );
  const error = errorOf(undefined, 0, request.assumedError, file);
  // An hour that goes on is not over: its figure is a forecast where the file does not say.
  const told = points.map((point): Point => {
    const over = (point.until ?? point.at + resolution) <= request.now;
    return { ...point, kind: point.kind ?? (over ? "actual" : "forecast") };
  });
  const slots = slotsOf(told, resolution, error.relative).map((slot) => ({
    ...slot,
    ...bounds.get(slot.from),
  }));
  const name = request.place ?? file;
  return {
    basis: request.basis ?? "average",
    zone: name,
    name,
    factors: request.factors ?? "not stated",
    source: file,
    fetchedAt: request.now,
    resolution,
    error,
    notices: [],
    slots,
  };
}

/** Electricity Maps' exports have a column for each kind of factors: the one that was asked for. */
function valueColumn(heading: readonly string[], { factors }: IntensityRequest): number {
  const all = heading.flatMap((cell, index) => (COLUMNS.value.test(cell.trim()) ? [index] : []));
  const wanted = factors === "direct" ? /direct/i : /life ?-?cycle/i;
  return all.find((index) => wanted.test(heading[index]!)) ?? all[0] ?? -1;
}

/** A time without a zone is UTC: the machine's own would make the file mean something else elsewhere. */
function timeIn(cell: string | undefined, file: string, line: number): number {
  const text = cell?.trim().replace(" ", "T") ?? "";
  const time = Date.parse(/T.*(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  if (!text || Number.isNaN(time)) {
    throw new ProviderFault(
      "settings",
      `${file}:${line}: ${JSON.stringify(cell ?? "")} is not a time such as 2026-11-22T09:00Z`,
    );
  }
  return time;
}

function numberIn(cell: string | undefined, file: string, line: number): number {
  const value = cell?.trim() ? Number(cell) : Number.NaN;
  if (!Number.isFinite(value) || value < 0) {
    throw new ProviderFault(
      "settings",
      `${file}:${line}: ${JSON.stringify(cell ?? "")} is not a number of gCO2e/kWh`,
    );
  }
  return value;
}

function kindIn(cell: string | undefined, file: string, line: number): SlotKind | undefined {
  const kind = cell?.trim().toLowerCase();
  if (!kind) return undefined;
  if (kind === "actual" || kind === "forecast" || kind === "estimated" || kind === "typical") return kind;
  throw new ProviderFault(
    "settings",
    `${file}:${line}: kind must be actual, estimated, forecast or typical, not ${JSON.stringify(cell)}`,
  );
}
