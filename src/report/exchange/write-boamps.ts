/**
 * A run as a report in the format of BoAmps (Boavizta, CC BY 4.0): https://github.com/Boavizta/BoAmps, model/ of version 1.1.0.
 * What only people know is asked for, never guessed.
 */

import type { Component } from "../../energy/meters/meter.ts";
import type { RunSummary } from "../../energy/run.ts";
import { JOULES_PER_KWH } from "../../quantity.ts";
import { energyOf } from "../run-words.ts";

export const DATA_TYPES = [
  "tabular",
  "audio",
  "boolean",
  "image",
  "video",
  "object",
  "text",
  "token",
  "word",
  "other",
] as const;
export const INFRASTRUCTURES = ["publicCloud", "privateCloud", "onPremise", "other"] as const;

/** What the format requires and no meter tells. */
export interface BoampsFacts {
  /** "training", "finetuning", "inference", ... */
  taskStage: string;
  /** "text classification", "image generation", ... */
  taskFamily: string;
  /** "random forest", "llm", ... */
  algorithm: string;
  dataType: (typeof DATA_TYPES)[number];
  infrastructure: (typeof INFRASTRUCTURES)[number];
}

export interface BoampsContext {
  fairwatt: string;
  now: Date;
  country?: string;
}

/** Undefined for a run whose energy is not known: the format has no place for that. */
export function boampsReport(run: RunSummary, facts: BoampsFacts, context: BoampsContext) {
  const energy = energyOf(run);
  if (!energy) return undefined;
  const epochs = run.marks.filter(({ kind }) => kind === "epoch").length;
  const python = /python|pypy/.test(run.argv[0] ?? "");
  const half = energy.value > 0 ? (energy.high - energy.low) / 2 / energy.value : 1;
  const quality = half <= 0.1 ? "high" : half <= 0.25 ? "medium" : half <= 0.5 ? "low" : undefined;
  return {
    header: {
      formatVersion: "1.1.0",
      formatVersionSpecificationUri: "https://github.com/Boavizta/BoAmps/tree/main/model",
      reportId: run.id,
      reportDatetime: stamp(context.now),
      reportStatus: "draft",
    },
    task: {
      taskStage: facts.taskStage,
      taskFamily: facts.taskFamily,
      algorithms: [{ algorithmName: facts.algorithm, ...(epochs > 0 && { epochsNumber: epochs }) }],
      dataset: [{ dataUsage: "input", dataType: facts.dataType }],
      taskDescription: `${run.name}; ${run.attached ? "from the moment it was attached to; " : ""}not measured: ${run.notCovered.join(", ") || "nothing"}`,
    },
    measures: [
      {
        measurementMethod: `fairwatt, ${energy.method}: ${energy.instrument}`,
        version: context.fairwatt,
        ...tracking("cpuTrackingMode", run, "cpu"),
        ...tracking("gpuTrackingMode", run, "gpu"),
        powerConsumption: energy.value / JOULES_PER_KWH,
        measurementDuration: run.duration,
        measurementDateTime: stamp(new Date(run.startedAt)),
      },
    ],
    ...(run.hardware && { system: { os: run.hardware.os } }),
    ...(python && { software: { language: "python" } }),
    infrastructure: { infraType: facts.infrastructure, components: componentsOf(run) },
    ...(run.grid && {
      environment: {
        country: context.country ?? run.grid.name,
        powerSourceCarbonIntensity: run.grid.gramsPerKwh,
      },
    }),
    ...(quality && { quality }),
  };
}

function tracking<K extends string>(
  key: K,
  run: RunSummary,
  component: Component,
): Partial<Record<K, string>> {
  const words = run.meters
    .filter(({ meter }) => meter.component === component)
    .map(({ meter }) => `${meter.method}: ${meter.instrument}`);
  return words.length > 0 ? ({ [key]: [...new Set(words)].join("; ") } as Record<K, string>) : {};
}

/** At least one: the format wants the processor's. */
function componentsOf({ hardware, meters }: RunSummary) {
  const gpus = meters
    .filter(({ meter }) => meter.component === "gpu")
    .map(({ meter }) => ({ componentName: meter.label, componentType: "gpu", nbComponent: 1 }));
  return [
    { ...(hardware && { componentName: hardware.cpu }), componentType: "cpu", nbComponent: 1 },
    ...(hardware
      ? [
          {
            componentType: "ram",
            nbComponent: 1,
            memorySize: Math.round(hardware.memoryBytes / 2 ** 30),
          },
        ]
      : []),
    ...gpus,
  ];
}

/** "2026-11-22 12:00:00", UTC. */
function stamp(date: Date): string {
  return date.toISOString().slice(0, 19).replace("T", " ");
}
