/**
 * Windows' Energy Meter Interface: the processor's energy counters without a driver of ours and without being an
 * administrator (Windows 11 on hardware). Written to the documented interface, tested against a library that answers like it.
 */

import { readProcessor } from "../hardware.node.ts";
import { EMI_INTERFACE, type EmiChannel, emiChannels, MEASUREMENT_BYTES } from "./emi-layout.ts";
import type { Discovery, Meter, MeterDescriptor, RejectedMeter, Roots } from "./meter.ts";
import { loadKoffi } from "./nvml-binding.node.ts";
import { raplErrorOf } from "./rapl-error.ts";

const LABEL = { id: "emi", component: "cpu", label: "CPU energy counters (Windows EMI)" } as const;

const GET_VERSION = 0x224000;
const GET_METADATA_SIZE = 0x224004;
const GET_METADATA = 0x224008;
const GET_MEASUREMENT = 0x22400c;
const GENERIC_READ = 0x80000000;
const SHARE_READ_WRITE = 3;
const OPEN_EXISTING = 3;
/** Joules in a picowatt hour. */
const PICOWATT_HOUR = 3.6e-9;
/** Two sockets' counters that agree this well are one counter shown twice. */
const MIRRORED = 1e-6;

export function discoverEmi(roots: Roots): Discovery {
  if ((roots.platform ?? process.platform) !== "win32") return { accepted: [], rejected: [] };
  let windows: Windows;
  try {
    windows = new Windows(roots.windows);
  } catch (error) {
    return reject(`Windows' libraries could not be loaded: ${(error as Error).message}`);
  }
  const paths = windows.devices();
  if (paths.length === 0) {
    return reject(
      "Windows shows no energy meter: it has them from Windows 11 on, on hardware whose firmware offers them, and not in virtual machines.",
    );
  }
  const found: Discovery = { accepted: [], rejected: [] };
  for (const [i, path] of paths.entries()) {
    const device = windows.open(path);
    const version = device?.ask(GET_VERSION, 2)?.readUInt16LE();
    const size = device?.ask(GET_METADATA_SIZE, 4)?.readUInt32LE();
    const metadata = size ? device?.ask(GET_METADATA, size) : undefined;
    const channels = version && metadata ? emiChannels(version, metadata) : [];
    if (!device || channels.length === 0) {
      device?.close();
      found.rejected.push({ ...LABEL, id: `emi:${i}`, reason: "An energy meter of Windows cannot be read." });
    } else found.accepted.push(...metersOf(device, channels, i, roots));
  }
  return found;
}

function reject(reason: string): Discovery {
  const rejected: RejectedMeter = { ...LABEL, reason };
  return { accepted: [], rejected: [rejected] };
}

function metersOf(device: Device, channels: readonly EmiChannel[], which: number, roots: Roots): Meter[] {
  const bytes = MEASUREMENT_BYTES * channels.length;
  const read = (index: number) => {
    const measured = device.ask(GET_MEASUREMENT, bytes);
    return measured && measured.length >= (index + 1) * MEASUREMENT_BYTES
      ? Number(measured.readBigUInt64LE(index * MEASUREMENT_BYTES))
      : null;
  };
  const { name: processor } = readProcessor(roots);
  const vendor = /\bAMD\b/.test(processor) ? "AuthenticAMD" : "GenuineIntel";
  const packages: number[] = [];
  let open = channels.length;
  return channels.map(({ index, name, unit }): Meter => {
    const [, socket = name, kind = ""] = /^RAPL_Package(\d+)_(\w+)$/.exec(name) ?? [];
    const value = read(index);
    let reason: string | undefined;
    if (unit !== 0) reason = "its unit is not known";
    else if (kind === "PKG" && value !== null && value > 0) {
      if (packages.some((other) => Math.abs(other - value) <= MIRRORED * other)) {
        reason = "the same counter as another package's";
      } else packages.push(value);
    } else if (kind !== "PKG" && kind !== "DRAM") {
      reason = kind ? "part of the package" : "nothing tells what it measures";
    }
    const { error, errorSource } = raplErrorOf(kind === "DRAM" ? "dram" : "package", vendor);
    const descriptor: MeterDescriptor = {
      id: `emi:${which}:${name}`,
      component: kind === "DRAM" ? "dram" : "cpu",
      parts: [
        kind === "DRAM" ? `dram:${socket}` : kind === "PKG" ? `cpu:${socket}` : `cpu:${socket}:${kind}`,
      ],
      label: kind === "PKG" ? `CPU package ${socket}` : kind === "DRAM" ? `RAM of package ${socket}` : name,
      kind: "counter",
      method: "measured",
      instrument: `${name} (Windows EMI)`,
      unit: PICOWATT_HOUR,
      maxPower: kind === "DRAM" ? 400 : 1000,
      error,
      errorSource: `${errorSource}; not yet tested on Windows hardware`,
      attribution: kind === "DRAM" ? "resident-memory" : "cpu-time",
      counted: reason === undefined,
      uncountedReason: reason,
    };
    const close = () => {
      if (--open === 0) device.close();
    };
    return { descriptor, read: () => read(index), close };
  });
}

interface Device {
  /** Answer to a control code that takes no input; undefined where it fails. */
  ask(code: number, size: number): Buffer | undefined;
  close(): void;
}

type Native = (...args: unknown[]) => number;

class Windows {
  private readonly listSize: Native;
  private readonly list: Native;
  private readonly createFile: Native;
  private readonly control: Native;
  private readonly closeHandle: Native;

  constructor(library: string | undefined) {
    const koffi = loadKoffi();
    const config = koffi.load(library ?? "cfgmgr32.dll");
    const kernel = koffi.load(library ?? "kernel32.dll");
    const p = "void *";
    const u = "uint32_t";
    this.listSize = config.func("CM_Get_Device_Interface_List_SizeW", u, [p, p, p, u]);
    this.list = config.func("CM_Get_Device_Interface_ListW", u, [p, p, p, u, u]);
    this.createFile = kernel.func("CreateFileW", "intptr_t", ["str16", u, u, p, u, u, p]);
    this.control = kernel.func("DeviceIoControl", "int", ["intptr_t", u, p, u, p, u, p, p]);
    this.closeHandle = kernel.func("CloseHandle", "int", ["intptr_t"]);
  }

  /** Paths of the energy meters that are present. */
  devices(): string[] {
    const length = new Uint32Array(1);
    if (this.listSize(length, EMI_INTERFACE, null, 0) !== 0 || length[0]! < 2) return [];
    const text = Buffer.alloc(length[0]! * 2);
    if (this.list(EMI_INTERFACE, null, text, length[0], 0) !== 0) return [];
    return text.toString("utf16le").split("\0").filter(Boolean);
  }

  open(path: string): Device | undefined {
    const handle = this.createFile(path, GENERIC_READ, SHARE_READ_WRITE, null, OPEN_EXISTING, 0, null);
    if (Number(handle) === -1) return undefined;
    const returned = new Uint32Array(1);
    return {
      ask: (code, size) => {
        const out = Buffer.alloc(size);
        const ok = this.control(handle, code, null, 0, out, size, returned, null);
        return ok ? out.subarray(0, returned[0]) : undefined;
      },
      close: () => {
        this.closeHandle(handle);
      },
    };
  }
}
