/** NVML return codes (nvml.h 13.3), as sentences with what to do. */

export const NVML = {
  success: 0,
  notSupported: 3,
  noPermission: 4,
  notFound: 6,
  insufficientSize: 7,
  gpuLost: 15,
} as const;

const CODES: Readonly<Record<number, readonly [meaning: string, remedy?: string]>> = {
  1: ["NVML was not initialised"],
  2: ["an argument was invalid"],
  3: ["the device or driver does not support it"],
  4: [
    "this user has no permission",
    "Ask the administrator for access to /dev/nvidia*: usually membership of the group video or render, or a job that was given the GPU.",
  ],
  6: ["nothing was found"],
  7: ["the buffer was too small"],
  8: [
    "a GPU's power cables are not attached properly",
    "Switch the machine off and check the GPU's power cables.",
  ],
  9: [
    "the NVIDIA driver is not loaded",
    "sudo modprobe nvidia   # if that fails, the driver is not installed for this kernel",
  ],
  10: ["the driver did not answer in time", "Try again; if it stays, reboot."],
  11: ["the kernel found an interrupt problem with a GPU", "See sudo dmesg | grep -i nvrm"],
  12: [
    "the library that NVML needs was not found",
    "Install the NVIDIA driver's libraries for this driver version.",
  ],
  13: ["this driver version does not have the function", "Update the NVIDIA driver."],
  14: ["the GPU's stored information is corrupted"],
  15: [
    "a GPU has fallen off the bus",
    "Reboot; if it happens again, check its power and its slot (sudo dmesg | grep -i xid).",
  ],
  16: ["a GPU needs a reset", "Reboot."],
  17: ["the operating system blocked the GPU", "Check the container's or the job's device limits."],
  18: [
    "driver and library have different versions (usually after an update without a reboot)",
    "Reboot, or unload and load the nvidia kernel modules.",
  ],
  19: ["a GPU is in use"],
  20: ["there was not enough memory"],
  21: ["there is no data"],
  999: ["an internal driver error occurred", "See sudo dmesg | grep -i nvrm"],
};

/** "driver and library have different versions ... (NVML code 18)". */
export function nvmlMeaning(code: number): string {
  return `${CODES[code]?.[0] ?? "an unknown error"} (NVML code ${code})`;
}

export function nvmlRemedy(code: number): string | undefined {
  return CODES[code]?.[1];
}
