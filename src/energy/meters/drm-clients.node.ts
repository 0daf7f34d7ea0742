/**
 * Which processes compute on an AMD or Intel GPU, by the kernel's account of each open graphics device
 * (/proc/<pid>/fdinfo, Documentation/gpu/drm-usage-stats). Only processes that this user may look into are seen.
 */

import * as path from "node:path";
import type { GpuProcesses } from "./meter.ts";
import { linkTarget, listFolder, readText } from "./sysfs.node.ts";

/** One open device: duplicated descriptors share the client's number and its account. */
interface Client {
  file: string;
  pid: number;
  pci: string;
  /** Time or cycles on all engines so far; may fall for a moment, then the larger value stands. */
  busy: number;
  bytes: number;
}

/** Looking through all processes may take this part of the time. */
const SEARCH_SHARE = 0.01;

export class DrmClients {
  private clients = new Map<string, Client>();
  /** Device files ("renderD128") that somebody has open whose kernel keeps no account of it. */
  private unaccounted = new Set<string>();
  private isFirstSearch = true;
  private nextSearch = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly proc: string,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /**
   * Who used the GPU at a PCI address since this was last asked: by engine time, by memory held while nobody computed;
   * empty where nobody has it open. Null where somebody has, and the kernel does not say more (i915 before Linux 5.19,
   * amdgpu before 5.14). `devices`: its files below /dev/dri.
   */
  use(pci: string, devices: readonly string[]): GpuProcesses | null {
    this.search();
    if (devices.some((name) => this.unaccounted.has(name))) return null;
    const time = new Map<number, number>();
    const memory = new Map<number, number>();
    for (const [key, client] of this.clients) {
      if (client.pci !== pci) continue;
      const account = readAccount(client.file);
      if (!account) {
        this.clients.delete(key);
        continue;
      }
      const spent = Math.max(0, account.busy - client.busy);
      client.busy = Math.max(client.busy, account.busy);
      add(memory, client.pid, account.bytes);
      if (spent > 0) add(time, client.pid, spent);
    }
    return time.size > 0
      ? { weights: time, basis: "utilisation", ownNumbers: true }
      : { weights: memory, basis: "memory", ownNumbers: true };
  }

  /** A device that was opened since the last search began its account after that, so none of it is lost. */
  private search(): void {
    const started = this.now();
    if (started < this.nextSearch) return;
    const found = new Map<string, Client>();
    const unaccounted = new Set<string>();
    for (const name of listFolder(this.proc) ?? []) {
      if (!/^\d+$/.test(name)) continue;
      const open = path.join(this.proc, name, "fd");
      for (const fd of listFolder(open) ?? []) {
        const device = linkTarget(path.join(open, fd));
        if (!device?.startsWith("/dev/dri/")) continue;
        const file = path.join(this.proc, name, "fdinfo", fd);
        const account = readAccount(file);
        if (!account) {
          unaccounted.add(path.basename(device));
          continue;
        }
        const key = `${account.pci}/${account.client}`;
        if (found.has(key)) continue;
        const busy = this.clients.get(key)?.busy ?? (this.isFirstSearch ? account.busy : 0);
        found.set(key, { file, pid: Number(name), pci: account.pci, busy, bytes: account.bytes });
      }
    }
    this.clients = found;
    this.unaccounted = unaccounted;
    this.isFirstSearch = false;
    const finished = this.now();
    this.nextSearch = finished + (finished - started) / SEARCH_SHARE;
  }
}

function add(weights: Map<number, number>, pid: number, weight: number): void {
  weights.set(pid, (weights.get(pid) ?? 0) + weight);
}

interface Account {
  pci: string;
  client: string;
  busy: number;
  bytes: number;
}

function readAccount(file: string): Account | undefined {
  const text = readText(file);
  const field = (name: string) => new RegExp(`^${name}:\\s*(\\S+)`, "m").exec(text ?? "")?.[1];
  const pci = field("drm-pdev");
  const client = field("drm-client-id");
  if (text === undefined || pci === undefined || client === undefined) return undefined;
  // amdgpu and i915 give nanoseconds, xe cycles of one clock; panfrost gives both, of which one is enough.
  const busy =
    sum(text, /^drm-engine-(?!capacity-)\S+:\s*(\d+) ns/gm) || sum(text, /^drm-cycles-\S+:\s*(\d+)/gm);
  return { pci, client, busy, bytes: residentBytes(text) };
}

const UNITS: Readonly<Record<string, number>> = { KiB: 2 ** 10, MiB: 2 ** 20 };

/** Of the card's own memory; drivers before "resident" was defined say "memory" or "total". */
function residentBytes(text: string): number {
  for (const kind of ["resident", "memory", "total"]) {
    const lines = [
      ...text.matchAll(new RegExp(`^drm-${kind}-(?:vram|local|lmem)\\d*:\\s*(\\d+) ?(\\w*)`, "gm")),
    ];
    if (lines.length > 0) {
      return lines.reduce((bytes, [, value, unit = ""]) => bytes + Number(value) * (UNITS[unit] ?? 1), 0);
    }
  }
  return 0;
}

function sum(text: string, line: RegExp): number {
  return [...text.matchAll(line)].reduce((total, match) => total + Number(match[1]), 0);
}
