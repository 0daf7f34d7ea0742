/** One NVIDIA GPU: its energy, its power, and the processes on it. */

import * as fs from "node:fs";
import * as path from "node:path";
import type { VisibleCandidate } from "./cuda-visible.ts";
import type { GpuProcesses, Reading, RejectedMeter } from "./meter.ts";
import { type Answer, type Device, isValue } from "./nvml-binding.node.ts";
import { NVML, nvmlMeaning, nvmlRemedy } from "./nvml-errors.ts";
import type { MigInstance, NvmlLibrary } from "./nvml-library.node.ts";
import { sharedAnswer } from "./shared-answer.ts";
import { readText } from "./sysfs.node.ts";

export interface Probe {
  usable: boolean;
  /** Why it is not, with NVML's code where there is one. */
  reason?: string;
  code?: number;
}

/** Without a limit from the driver: more than any board has drawn so far (a GB200 module is rated 1200 W per GPU). */
const FALLBACK_MAX_WATTS = 2500;
/** Peaks above the limit are short; averages over a step stay below this. */
const ABOVE_LIMIT = 1.3;
const PROBE_STEPS = 3;
const PROBE_STEP_MS = 40;
/** Inode of the first pid namespace (PROC_PID_INIT_INO of the kernel). */
const HOST_PID_NAMESPACE = "pid:[4026531836]";

type Asker = "energy" | "power";

export class Gpu implements VisibleCandidate {
  readonly name: string;
  readonly mig: readonly string[];
  private readonly instances: readonly MigInstance[] | null;
  /** W. */
  readonly maxPower: number;
  private readonly pidsAreForeign: boolean;
  private lastSeen = 0;
  /** Who used the GPU since the last call, null where the driver does not tell. */
  readonly processes: (asker: Asker) => GpuProcesses | null = sharedAnswer(() => this.readProcesses());
  /** Processes that compute for others: those are who used the GPU. */
  private readonly servers = new Map<number, boolean>();

  constructor(
    private readonly nvml: NvmlLibrary,
    private readonly device: Device,
    readonly index: number,
    readonly uuid: string,
    private readonly proc: string,
  ) {
    const name = nvml.name(device);
    this.name = isValue(name) ? name.value : "NVIDIA GPU";
    this.instances = nvml.migInstances(device);
    this.mig = this.instances?.map((instance) => instance.uuid) ?? [];
    const limit = nvml.powerLimit(device);
    this.maxPower = isValue(limit) ? (limit.value / 1000) * ABOVE_LIMIT : FALLBACK_MAX_WATTS;
    this.pidsAreForeign = isOtherNamespace(proc);
  }

  get isDivided(): boolean {
    return this.instances !== null;
  }

  /** mJ; null when unreadable. */
  energy(): Reading {
    return valueOrNull(this.nvml.totalEnergy(this.device));
  }

  /** mW; null when unreadable. */
  power(): Reading {
    return valueOrNull(this.nvml.power(this.device));
  }

  probePower(): Probe {
    return probe(this.nvml.power(this.device));
  }

  /**
   * A counter that answers is believed; only one that says 0 is watched, for 120 ms at most: it is new, or the driver
   * fills it with nothing. One that stands still later is found by the fold, which compares it with the power.
   */
  probeEnergy(): Probe {
    let answer = this.nvml.totalEnergy(this.device);
    const power = this.nvml.power(this.device);
    const drawsPower = isValue(power) && power.value > 0;
    for (let i = 0; i < PROBE_STEPS && drawsPower && isValue(answer) && answer.value === 0; i++) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PROBE_STEP_MS);
      answer = this.nvml.totalEnergy(this.device);
    }
    if (drawsPower && isValue(answer) && answer.value === 0) {
      return { usable: false, reason: "it stays at 0 while the GPU draws power" };
    }
    return probe(answer);
  }

  rejections(energy: Probe, power: Probe): RejectedMeter[] {
    const entry = (what: Asker, label: string, { reason, code }: Probe): RejectedMeter => ({
      id: `nvml:${this.uuid}:${what}`,
      component: "gpu",
      label: `GPU ${this.index}, ${this.name}`,
      reason: `${label} cannot be used: ${reason}.`,
      remedy: code === undefined ? undefined : nvmlRemedy(code),
    });
    return [
      ...(energy.usable ? [] : [entry("energy", "Energy counter", energy)]),
      ...(power.usable ? [] : [entry("power", "Power reading", power)]),
    ];
  }

  private readProcesses(): GpuProcesses | null {
    const found = this.instances
      ? this.byInstances(this.instances)
      : (this.byUtilization() ?? this.byMemory() ?? this.byNobody());
    if (!found || (this.pidsAreForeign && !this.allLiveHere(found.weights.keys()))) return null;
    return found;
  }

  private byUtilization(): GpuProcesses | undefined {
    const answer = this.nvml.processUtilization(this.device, this.lastSeen);
    if (!isValue(answer)) return undefined;
    const weights = new Map<number, number>();
    for (const { pid, smUtil } of answer.value) {
      // Pid 0 is an unused place of the driver's ring buffer.
      if (pid === 0 || smUtil === 0 || this.isServer(pid)) continue;
      weights.set(pid, (weights.get(pid) ?? 0) + smUtil);
    }
    this.lastSeen = answer.value.reduce(
      (latest, sample) => Math.max(latest, sample.timeStamp),
      this.lastSeen,
    );
    return weights.size > 0 ? { weights, basis: "utilisation" } : undefined;
  }

  private byMemory(): GpuProcesses | undefined {
    const answer = this.nvml.computeProcesses(this.device);
    if (!isValue(answer)) return undefined;
    const clients = answer.value.filter(({ pid }) => !this.isServer(pid));
    const alone = clients.length === 1;
    if (!alone && clients.some(({ bytes }) => bytes === undefined)) return undefined;
    const weights = new Map(clients.map(({ pid, bytes }) => [pid, alone ? 1 : (bytes ?? 0)]));
    return [...weights.values()].some((weight) => weight > 0) ? { weights, basis: "memory" } : undefined;
  }

  /**
   * Nobody is on it: an empty list of processes of a GPU that rests. Where it works (WSL, hidden processes) or where
   * pids are those of another namespace, an empty list says nothing.
   */
  private byNobody(): GpuProcesses | undefined {
    if (this.pidsAreForeign) return undefined;
    const listed = this.nvml.computeProcesses(this.device);
    const busy = this.nvml.gpuUtilization(this.device);
    const rests = isValue(listed) && listed.value.length === 0 && isValue(busy) && busy.value === 0;
    return rests ? { weights: new Map(), basis: "utilisation" } : undefined;
  }

  /** NVIDIA's Multi-Process Service appears beside its clients, or instead of them (before Volta). */
  private isServer(pid: number): boolean {
    let known = this.servers.get(pid);
    if (known === undefined) {
      // The kernel keeps 15 letters of nvidia-cuda-mps-server.
      known = readText(path.join(this.proc, String(pid), "comm"))?.startsWith("nvidia-cuda-mps") ?? false;
      this.servers.set(pid, known);
    }
    return known;
  }

  /**
   * A divided GPU tells neither utilisation nor the power of its instances: each instance in use stands for its
   * multiprocessors, equally among its processes.
   */
  private byInstances(instances: readonly MigInstance[]): GpuProcesses | undefined {
    const weights = new Map<number, number>();
    for (const { device, multiprocessors } of instances) {
      const answer = this.nvml.computeProcesses(device);
      if (multiprocessors === undefined || !isValue(answer)) return undefined;
      for (const { pid } of answer.value) {
        weights.set(pid, (weights.get(pid) ?? 0) + multiprocessors / answer.value.length);
      }
    }
    return weights.size > 0 ? { weights, basis: "instances" } : undefined;
  }

  /** In a container the driver may list the host's pids, which mean nothing here. */
  private allLiveHere(pids: Iterable<number>): boolean {
    return [...pids].every((pid) => fs.existsSync(path.join(this.proc, String(pid))));
  }
}

function valueOrNull(answer: Answer<number>): Reading {
  return isValue(answer) ? answer.value : null;
}

function probe(answer: Answer<number>): Probe {
  if (isValue(answer)) return { usable: true };
  const { code } = answer;
  const reason =
    code === NVML.notSupported ? "this GPU or its driver does not have it (NVML code 3)" : nvmlMeaning(code);
  return { usable: false, reason, code };
}

function isOtherNamespace(proc: string): boolean {
  try {
    return fs.readlinkSync(path.join(proc, "self/ns/pid")) !== HOST_PID_NAMESPACE;
  } catch {
    return false;
  }
}
