/** What machine this is: processor, memory, system, and whether it is a container or a virtual machine. */

import * as os from "node:os";
import * as path from "node:path";
import type { Hardware } from "./journal.ts";
import type { Roots } from "./meters/meter.ts";
import { readText } from "./meters/sysfs.node.ts";

export { type CgroupLimits, readCgroupLimits } from "./cgroup.node.ts";

export interface Processor {
  /** Marketing name as the system gives it: "AMD EPYC 7763 64-Core Processor". */
  name: string;
  /** "GenuineIntel", "AuthenticAMD", "HygonGenuine"; empty where unknown. */
  vendor: string;
  logicalCpus: number;
  sockets: number;
  /** True when the processor itself says that it runs under a hypervisor (x86). */
  hypervisor: boolean;
}

const processors = new WeakMap<Roots, Processor>();

/** Reads /proc/cpuinfo once per set of roots: on machines with many cores the kernel takes milliseconds to write it. */
export function readProcessor(roots: Roots): Processor {
  const known = processors.get(roots);
  if (known) return known;
  const text = readText(path.join(roots.proc, "cpuinfo"));
  const processor = text ? parseCpuInfo(text) : processorFromNode();
  processors.set(roots, processor);
  return processor;
}

function processorFromNode(): Processor {
  const cpus = os.cpus();
  const name = cpus[0]?.model.trim() || "unknown processor";
  return { name, vendor: "", logicalCpus: Math.max(1, cpus.length), sockets: 1, hypervisor: false };
}

function parseCpuInfo(text: string): Processor {
  const field = (name: string) => new RegExp(`^${name}\\s*: (.+)$`, "m").exec(text)?.[1]?.trim();
  const sockets = new Set([...text.matchAll(/^physical id\s*: (\d+)$/gm)].map((match) => match[1])).size;
  return {
    name: field("model name") ?? field("Model") ?? field("Hardware") ?? armName(field) ?? "unknown processor",
    vendor: field("vendor_id") ?? "",
    logicalCpus: Math.max(1, [...text.matchAll(/^processor\s*:/gm)].length),
    sockets: Math.max(1, sockets),
    hypervisor: /^flags\s*:.*\bhypervisor\b/m.test(text),
  };
}

function armName(field: (name: string) => string | undefined): string | undefined {
  const part = field("CPU part");
  return part
    ? `Arm processor (implementer ${field("CPU implementer") ?? "unknown"}, part ${part})`
    : undefined;
}

/** Bytes of memory that the kernel manages (less than is installed: firmware keeps some). */
export function readMemoryBytes(roots: Roots): number {
  const match = /^MemTotal:\s+(\d+) kB$/m.exec(readText(path.join(roots.proc, "meminfo")) ?? "");
  return match ? Number(match[1]) * 1024 : os.totalmem();
}

export function readHardware(roots: Roots): Hardware {
  const processor = readProcessor(roots);
  return {
    cpu: processor.name,
    logicalCpus: processor.logicalCpus,
    memoryBytes: readMemoryBytes(roots),
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    container: readContainer(roots),
    virtualization: readVirtualization(roots),
  };
}

/** Kind of container that this process is in; undefined on the host itself. */
export function readContainer(roots: Roots): string | undefined {
  const { env, proc } = roots;
  const groups = readText(path.join(proc, "self/cgroup")) ?? "";
  const mounts = readText(path.join(proc, "self/mountinfo")) ?? "";
  if (env.KUBERNETES_SERVICE_HOST || /kubepods/.test(groups) || /\/kubelet\/pods\//.test(mounts)) {
    return "kubernetes";
  }
  if (env.APPTAINER_NAME || env.SINGULARITY_NAME) return "apptainer";
  if (env.container) return env.container;
  if (readText(path.join(proc, "self/root/.dockerenv")) !== undefined) return "docker";
  if (readText(path.join(proc, "self/root/run/.containerenv")) !== undefined) return "podman";
  const named = /(?:\/|-|^)(docker|libpod|lxc|containerd)[/-]/m.exec(groups)?.[1];
  if (named) return named === "libpod" ? "podman" : named;
  return /\/docker\/containers\//.test(mounts) ? "docker" : undefined;
}

/** Vendor strings of the firmware that virtual machines show, and what a person calls the hypervisor. */
const HYPERVISORS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/amazon/i, "Amazon EC2"],
  [/google/i, "Google Compute Engine"],
  [/microsoft/i, "Hyper-V"],
  [/vmware/i, "VMware"],
  [/innotek|virtualbox/i, "VirtualBox"],
  [/parallels/i, "Parallels"],
  [/xen/i, "Xen"],
  [/alibaba/i, "Alibaba Cloud"],
  [/qemu|kvm|openstack|digitalocean|hetzner|ovirt|red hat/i, "KVM"],
];

/** Name of the hypervisor when the machine is virtual, "unknown hypervisor" where it does not say; undefined on hardware. */
export function readVirtualization(roots: Roots): string | undefined {
  if (/microsoft/i.test(readText(path.join(roots.proc, "version")) ?? "")) return "WSL 2 (Hyper-V)";
  const dmi = (name: string) => readText(path.join(roots.sys, "class/dmi/id", name)) ?? "";
  const product = dmi("product_name");
  const named = HYPERVISORS.find(([pattern]) => pattern.test(`${dmi("sys_vendor")} ${product}`))?.[1];
  const processor = readProcessor(roots);
  if (processor.hypervisor) {
    return named ?? readText(path.join(roots.sys, "hypervisor/type")) ?? "unknown hypervisor";
  }
  // Without the flag (Arm), the firmware must tell; clouds' bare-metal machines and vendors' laptops name it too.
  const virtualProduct = /virtual|kvm|qemu|compute engine|\bvm\b/i.test(product);
  const cloudMachine = named === "Amazon EC2" && !/metal/i.test(product);
  const isArm = processor.vendor === "";
  return named && isArm && (virtualProduct || cloudMachine) ? named : undefined;
}
