/** What Fairwatt asks of the NVIDIA management library: one method per question, in NVML's own units. */

import { type Answer, type Device, isValue, NvmlBinding } from "./nvml-binding.node.ts";
import { NVML } from "./nvml-errors.ts";

export interface ProcessSample {
  pid: number;
  /** µs, CPU clock. */
  timeStamp: number;
  /** Percent of the SMs' time. */
  smUtil: number;
}

/** A part of a divided GPU. */
export interface MigInstance {
  uuid: string;
  device: Device;
  multiprocessors?: number;
}

const POWER_INSTANT = 186;
const UNKNOWN_MEMORY = 0xffff_ffff_ffff_ffffn;
const VALUE_UNSIGNED_INT = 1;

export class NvmlLibrary extends NvmlBinding {
  init(): number {
    return this.call("nvmlInit_v2", []);
  }

  shutdown(): void {
    this.call("nvmlShutdown", []);
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

  /** Percent of the last second or less in which a kernel ran (nvmlUtilization_t: gpu, memory). */
  gpuUtilization(device: Device): Answer<number> {
    return this.u32Of("nvmlDeviceGetUtilizationRates", device);
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

  /** The MIG instances; null when the GPU is not divided. */
  migInstances(device: Device): MigInstance[] | null {
    const types = ["void *", "void *", "void *"];
    const code = this.call("nvmlDeviceGetMigMode", types, device, this.u32, this.u32.subarray(1));
    if (code !== NVML.success || this.u32[0] !== 1) return null;
    const most = this.u32Of("nvmlDeviceGetMaxMigDeviceCount", device);
    const instances: MigInstance[] = [];
    for (let i = 0; isValue(most) && i < most.value; i++) {
      const handle = [null];
      const instance = ["void *", "uint32_t", "_Out_ void **"];
      const found = this.call("nvmlDeviceGetMigDeviceHandleByIndex", instance, device, i, handle);
      const uuid = found === NVML.success ? this.uuid(handle[0]) : undefined;
      if (uuid && isValue(uuid)) {
        instances.push({
          uuid: uuid.value,
          device: handle[0],
          multiprocessors: this.multiprocessors(handle[0]),
        });
      }
    }
    return instances;
  }

  /** Of a MIG instance; undefined where the driver does not tell. They come first in nvmlDeviceAttributes_t (40 bytes). */
  private multiprocessors(device: Device): number | undefined {
    const attributes = Buffer.alloc(40);
    const code = this.call("nvmlDeviceGetAttributes_v2", ["void *", "void *"], device, attributes);
    return code === NVML.success ? attributes.readUInt32LE(0) || undefined : undefined;
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
}
