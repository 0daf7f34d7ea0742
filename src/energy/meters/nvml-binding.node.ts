/**
 * Calls into the NVIDIA management library through koffi. Layouts from nvml.h 13.3 (LP64 and Windows x64). Every call
 * returns NVML's code; a function that this driver version does not have answers 13 (FUNCTION_NOT_FOUND).
 */

import { createRequire } from "node:module";
import type * as Koffi from "koffi";
import { NVML } from "./nvml-errors.ts";

/** An opaque handle. */
export type Device = unknown;

/** A value, or the NVML code that came instead. */
export type Answer<T> = { value: T } | { code: number };

export function isValue<T>(answer: Answer<T>): answer is { value: T } {
  return "value" in answer;
}

const FUNCTION_NOT_FOUND = 13;
const TEXT_LENGTH = 96;

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

export class NvmlBinding {
  protected readonly koffi = loadKoffi();
  private readonly library: Koffi.LibraryHandle;
  protected readonly structs: ReturnType<typeof nvmlStructs>;
  private readonly functions = new Map<string, ((...args: unknown[]) => number) | undefined>();
  protected readonly u32 = new Uint32Array(2);
  protected readonly u64 = new BigUint64Array(1);

  /** Throws when the library cannot be loaded. */
  constructor(path: string) {
    this.library = this.koffi.load(path, { lazy: true });
    this.structs = nvmlStructs(this.koffi);
  }

  protected call(name: string, types: string[], ...args: unknown[]): number {
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

  protected u32Of(name: string, device: Device): Answer<number> {
    const code = this.call(name, ["void *", "void *"], device, this.u32);
    return code === NVML.success ? { value: this.u32[0]! } : { code };
  }

  protected textOf(name: string, device: Device): Answer<string> {
    const text = Buffer.alloc(TEXT_LENGTH);
    const code = this.call(name, ["void *", "void *", "uint32_t"], device, text, TEXT_LENGTH);
    return code === NVML.success ? { value: text.toString("utf8", 0, text.indexOf(0)) } : { code };
  }

  /** A list whose length the driver knows: a buffer for many, and once more with the size it asks for. */
  protected list<Raw, T>(
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
