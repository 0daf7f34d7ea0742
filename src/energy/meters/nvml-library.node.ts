/**
 * The NVIDIA management library, called through koffi. Layouts from nvml.h 13.3 (LP64 and Windows x64). Every call
 * returns NVML's code; a function that this driver version does not have answers 13 (FUNCTION_NOT_FOUND).
 */

import { createRequire } from "node:module";
import type * as Koffi from "koffi";
import { NVML } from "./nvml-errors.ts";

export type Device = unknown;

/** A value, or the NVML code that came instead. */
export type Answer<T> = { value: T } | { code: number };

export function isValue<T>(answer: Answer<T>): answer is { value: T } {
  return "value" in answer;
}

export interface ProcessSample {
  pid: number;
  /** µs, CPU clock. */
  timeStamp: number;
  /** Percent of the SMs' time. */
  smUtil: number;
}

const FUNCTION_NOT_FOUND = 13;
const POWER_INSTANT = 186;
const NAME_LENGTH = 96;
const UNKNOWN_MEMORY = 0xffff_ffff_ffff_ffffn;
const VALUE_UNSIGNED_INT = 1;

/** The structs that are read. Sizes 40, 32 and 24 bytes: checked against nvml.h by a test. */
export function nvmlStructs(koffi: typeof Koffi) {
  return {
    fieldValue: koffi.struct({
      fieldId: "uint32_t",
      scopeId: "uint32_t",
      timestamp: "int64_t",
      latencyUsec: "int64_t",
      valueType: "int32_t",
      nvmlReturn: "int32_t",
      value: "uint64_t",
    }),
    processSample: koffi.struct({
      pid: "uint32_t",
      timeStamp: "uint64_t",
      smUtil: "uint32_t",
      memUtil: "uint32_t",
      encUtil: "uint32_t",
      decUtil: "uint32_t",
    }),
    processInfo: koffi.struct({
      pid: "uint32_t",
      usedGpuMemory: "uint64_t",
      gpuInstanceId: "uint32_t",
      computeInstanceId: "uint32_t",
    }),
  };
}

/** koffi is native and not bundled: it is loaded at the first use, so that machines without NVIDIA never pay for it. */
export function loadKoffi(): typeof Koffi {
  return createRequire(import.meta.url)("koffi") as typeof Koffi;
}

export class NvmlLibrary {
  private readonly koffi = loadKoffi();
  private readonly library: Koffi.LibraryHandle;
  private readonly structs: ReturnType<typeof nvmlStructs>;
  private readonly functions = new Map<string, ((...args: unknown[]) => number) | undefined>();
  private readonly u32 = new Uint32Array(2);
  private readonly u64 = new BigUint64Array(1);

  /** Throws when the library cannot be loaded. */
  constructor(path: string) {
    this.library = this.koffi.load(path, { lazy: true });
    this.structs = nvmlStructs(this.koffi);
  }

  private call(name: string, types: string[], ...args: unknown[]): number {
    if (!this.functions.has(name)) {
      let found: ((...args: unknown[]) => number) | undefined;
      try {
        found = this.library.func(name, "int", types);
      } catch {
        // An older driver: the caller sees code 13.
      }
      this.functions.set(name, found);
    }
    return this.functions.get(name)?.(...args) ?? FUNCTION_NOT_FOUND;
  }

  init(): number {
    return this.call("nvmlInit_v2", []);
  }

  shutdown(): void {
    this.call("nvmlShutdown", []);
  }

  private u32Of(name: string, device: Device): Answer<number> {
    const code = this.call(name, ["void *", "void *"], device, this.u32);
    return code === NVML.success ? { value: this.u32[0]! } : { code };
  }

  private textOf(name: string, device: Device): Answer<string> {
    const text = Buffer.alloc(NAME_LENGTH);
    const code = this.call(name, ["void *", "void *", "uint32_t"], device, text, NAME_LENGTH);
    return code === NVML.success ? { value: text.toString("utf8", 0, text.indexOf(0)) } : { code };
  }

  deviceCount(): Answer<number> {
    const code = this.call("nvmlDeviceGetCount_v2", ["void *"], this.u32);
    return code === NVML.success ? { value: this.u32[0]! } : { code };
  }

  device(index: number): Answer<Device> {
    const handle = [null];
    const code = this.call("nvmlDeviceGetHandleByIndex_v2", ["uint32_t", "_Out_ void **"], index, handle);
    return code === NVML.success ? { value: handle[0] } : { code };
  }

  name(device: Device): Answer<string> {
    return this.textOf("nvmlDeviceGetName", device);
  }

  uuid(device: Device): Answer<string> {
    return this.textOf("nvmlDeviceGetUUID", device);
  }

  /** mJ since the driver was loaded; the whole board. Volta and later. */
  totalEnergy(device: Device): Answer<number> {
    const code = this.call("nvmlDeviceGetTotalEnergyConsumption", ["void *", "void *"], device, this.u64);
    return code === NVML.success ? { value: Number(this.u64[0]!) } : { code };
  }

  /** mW; by the field POWER_INSTANT where the plain call is not supported. */
  power(device: Device): Answer<number> {
    const plain = this.u32Of("nvmlDeviceGetPowerUsage", device);
    return isValue(plain) ? plain : this.instantPower(device, plain.code);
  }

  private instantPower(device: Device, plainCode: number): Answer<number> {
    const { fieldValue } = this.structs;
    const field = Buffer.alloc(this.koffi.sizeof(fieldValue));
    field.writeUInt32LE(POWER_INSTANT, 0);
    const code = this.call("nvmlDeviceGetFieldValues", ["void *", "int", "void *"], device, 1, field);
    if (code !== NVML.success) return { code: plainCode };
    const read = this.koffi.decode(field, fieldValue) as {
      nvmlReturn: number;
      valueType: number;
      value: number | bigint;
    };
    if (read.nvmlReturn !== NVML.success || read.valueType !== VALUE_UNSIGNED_INT) return { code: plainCode };
    return { value: Number(BigInt(read.value) & 0xffff_ffffn) };
  }

  /** Largest power limit that may be set, mW; the limit in force where the driver gives no range. */
  powerLimit(device: Device): Answer<number> {
    const code = this.call(
      "nvmlDeviceGetPowerManagementLimitConstraints",
      ["void *", "void *", "void *"],
      device,
      this.u32,
      this.u32.subarray(1),
    );
    if (code === NVML.success && this.u32[1]! > 0) return { value: this.u32[1]! };
    return this.u32Of("nvmlDeviceGetEnforcedPowerLimit", device);
  }

  /** UUIDs of the MIG instances; null when the GPU is not divided. */
  migInstances(device: Device): string[] | null {
    const types = ["void *", "void *", "void *"];
    const code = this.call("nvmlDeviceGetMigMode", types, device, this.u32, this.u32.subarray(1));
    if (code !== NVML.success || this.u32[0] !== 1) return null;
    const most = this.u32Of("nvmlDeviceGetMaxMigDeviceCount", device);
    const uuids: string[] = [];
    for (let i = 0; isValue(most) && i < most.value; i++) {
      const handle = [null];
      const instance = ["void *", "uint32_t", "_Out_ void **"];
      const found = this.call("nvmlDeviceGetMigDeviceHandleByIndex", instance, device, i, handle);
      const uuid = found === NVML.success ? this.uuid(handle[0]) : undefined;
      if (uuid && isValue(uuid)) uuids.push(uuid.value);
    }
    return uuids;
  }

  /** Samples of processes that used the SMs after `lastSeen` (µs); code 6 when there were none. */
  processUtilization(device: Device, lastSeen: number): Answer<ProcessSample[]> {
    return this.list(
      this.structs.processSample,
      (buffer, count) =>
        this.call(
          "nvmlDeviceGetProcessUtilization",
          ["void *", "void *", "void *", "uint64_t"],
          device,
          buffer,
          count,
          lastSeen,
        ),
      (raw: { pid: number; timeStamp: number | bigint; smUtil: number }) => ({
        pid: raw.pid,
        timeStamp: Number(raw.timeStamp),
        smUtil: raw.smUtil,
      }),
    );
  }

  /** Compute processes with the bytes they hold; undefined where the driver does not say (Windows desktop driver). */
  computeProcesses(device: Device): Answer<{ pid: number; bytes: number | undefined }[]> {
    return this.list(
      this.structs.processInfo,
      (buffer, count) =>
        this.call(
          "nvmlDeviceGetComputeRunningProcesses_v3",
          ["void *", "void *", "void *"],
          device,
          count,
          buffer,
        ),
      (raw: { pid: number; usedGpuMemory: number | bigint }) => ({
        pid: raw.pid,
        bytes: BigInt(raw.usedGpuMemory) === UNKNOWN_MEMORY ? undefined : Number(raw.usedGpuMemory),
      }),
    );
  }

  /** A list whose length the driver knows: a buffer for many, and once more with the size it asks for. */
  private list<Raw, T>(
    type: Koffi.TypeObject,
    fill: (buffer: Buffer, count: Uint32Array) => number,
    map: (raw: Raw) => T,
  ): Answer<T[]> {
    const size = this.koffi.sizeof(type);
    const count = new Uint32Array([64]);
    let buffer = Buffer.alloc(size * 64);
    let code = fill(buffer, count);
    if (code === NVML.insufficientSize && count[0]! > 0) {
      count[0] = count[0]! + 16;
      buffer = Buffer.alloc(size * count[0]);
      code = fill(buffer, count);
    }
    if (code !== NVML.success) return { code };
    const read = count[0] === 0 ? [] : (this.koffi.decode(buffer, type, count[0]!) as Raw[]);
    return { value: read.map(map) };
  }
}
