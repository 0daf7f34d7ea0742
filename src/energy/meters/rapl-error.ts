/** How far RAPL may be off, by zone and maker, with where each figure is from. */

const HASWELL =
  "assumed 5 %: since Haswell the package is measured, not modelled (Hackenberg et al. 2015, doi:10.1109/IPDPSW.2015.70); no figure for this processor is published";
const ZEN =
  "assumed 10 %: AMD's counter follows a model of the processor, not a measurement (Schöne et al. 2021, arXiv:2108.00808)";
const DRAM =
  "30 %: Intel's Power Gadget documentation gives up to about 30 % for boards other than its reference ones; an offset, largest when idle (Desrochers et al. 2016, doi:10.1145/2989081.2989088)";
const PSYS = "assumed 10 %: what the platform's maker wired to it is not published";

/** @param vendor as in /proc/cpuinfo: "GenuineIntel", "AuthenticAMD" */
export function raplErrorOf(kind: string, vendor: string): { error: number; errorSource: string } {
  if (kind === "dram") return { error: 0.3, errorSource: DRAM };
  if (kind === "psys") return { error: 0.1, errorSource: PSYS };
  return isAmd(vendor) ? { error: 0.1, errorSource: ZEN } : { error: 0.05, errorSource: HASWELL };
}

export function isAmd(vendor: string): boolean {
  return vendor === "AuthenticAMD" || vendor === "HygonGenuine";
}
