/** Why RAPL cannot be read here, in words, and the least that makes it readable. */

import type { RejectedMeter } from "./meter.ts";

export const RAPL_GROUP = "rapl";
export const RAPL_RULE_FILE = "/etc/udev/rules.d/70-rapl-read.rules";
export const RAPL_RULE =
  'SUBSYSTEM=="powercap", KERNEL=="intel-rapl*:*", RUN+="/bin/chgrp rapl %S%p/energy_uj", RUN+="/bin/chmod g+r %S%p/energy_uj"';
export const RAPL_MODULE = "intel_rapl_msr";
export const RAPL_MODULE_FILE = "/etc/modules-load.d/rapl.conf";

/** No here-document: the block must also work when it is copied with the indentation it is shown with. */
export const RAPL_GROUP_BLOCK = `sudo groupadd --system --force rapl
sudo usermod --append --groups rapl "$USER"
echo '${RAPL_RULE}' | sudo tee ${RAPL_RULE_FILE}
sudo udevadm control --reload
sudo udevadm trigger --subsystem-match=powercap --action=add`;

const RAPL = { id: "powercap", component: "cpu", label: "CPU and RAM energy counters (RAPL)" } as const;

export interface Surroundings {
  platform: string;
  container?: string;
  virtualization?: string;
  /** The kernel's driver for the counters is loaded. */
  driverLoaded?: boolean;
}

/** The kernel keeps the counters to root since CVE-2020-8694 (Linux 5.10). */
export function permissionDenied(zones: readonly string[], around: Surroundings): RejectedMeter {
  const where = around.container
    ? "On the host, then start the container anew with --group-add rapl:"
    : "Run:";
  return {
    ...RAPL,
    reason: `${list(zones)} ${zones.length === 1 ? "is" : "are"} there, but only root may read the energy (kernel default since CVE-2020-8694).`,
    remedy: `${where}
${RAPL_GROUP_BLOCK}
Then log out and in again. It lets you, as a member of the new group rapl, read the energy counters, and nobody else; it survives reboots. To undo it, delete ${RAPL_RULE_FILE}.`,
    // On the host of a container nothing can be done from here.
    ...(around.container ? {} : { fix: "rapl-group" as const }),
  };
}

/** The powercap folder does not exist. */
export function folderMissing(folder: string, around: Surroundings): RejectedMeter {
  if (around.platform !== "linux") {
    return {
      ...RAPL,
      reason: `Read through Linux powercap only; this system (${around.platform}) has no ${folder}.`,
    };
  }
  return { ...RAPL, ...noZones(`${folder} does not exist`, around) };
}

/** The powercap folder is there, without a zone that can be read. `masked`: zones are named, nothing is behind the names. */
export function nothingInFolder(folder: string, masked: boolean, around: Surroundings): RejectedMeter {
  if (masked && around.container) return { ...RAPL, ...hiddenByContainer(around.container) };
  return { ...RAPL, ...noZones(`${folder} holds no RAPL zone`, around) };
}

function noZones(found: string, around: Surroundings): Pick<RejectedMeter, "reason" | "remedy" | "fix"> {
  if (around.virtualization) {
    return {
      reason: `${found}: this is a virtual machine (${around.virtualization}), and hypervisors do not pass the counters on.`,
    };
  }
  if (around.container) return hiddenByContainer(around.container);
  if (around.driverLoaded) {
    return { reason: `${found}: the driver is loaded, and knows no counters of this processor.` };
  }
  return {
    reason: `${found}: the driver is not loaded, or the processor has no RAPL (Intel since 2011, AMD since 2017 have it).`,
    remedy: `sudo modprobe ${RAPL_MODULE}   # for AMD too; to load it at each boot: echo ${RAPL_MODULE} | sudo tee ${RAPL_MODULE_FILE}`,
    fix: "rapl-module",
  };
}

function hiddenByContainer(kind: string): Pick<RejectedMeter, "reason" | "remedy"> {
  return {
    reason: `The container (${kind}) hides the host's energy counters.`,
    remedy:
      kind === "kubernetes"
        ? "Mount the host's /sys/devices/virtual/powercap into the container, read-only, as a hostPath volume at /host/powercap, and set FAIRWATT_POWERCAP=/host/powercap   # the user in it must be root, or may read energy_uj there"
        : "Start the container with: -v /sys/devices/virtual/powercap:/host/powercap:ro -e FAIRWATT_POWERCAP=/host/powercap   # the user in it must be root, or may read energy_uj there",
  };
}

/** A counter that fails for another reason than permission. */
export function unreadableZone(id: string, label: string, code: string): RejectedMeter {
  return {
    id: `powercap:${id}`,
    component: RAPL.component,
    label,
    reason: `Its energy_uj cannot be read (${code}).`,
  };
}

function list(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : (names[0] ?? "");
}
