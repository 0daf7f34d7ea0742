/**
 * NVIDIA GPUs by the nvidia-smi program, where its library cannot be loaded or was left alone: power, and who computes as
 * far as its process monitor tells.
 */

import { readContainer } from "../hardware.node.ts";
import { visibleGpus } from "./cuda-visible.ts";
import type { Discovery, GpuProcesses, Meter, MeterDescriptor, Roots } from "./meter.ts";
import { POWER_ACCURACY } from "./nvidia-accuracy.ts";
import { askProgram, findProgram, ProgramStream } from "./program-stream.node.ts";

const LABEL = { id: "nvidia-smi", component: "gpu", label: "NVIDIA GPUs (nvidia-smi)" } as const;
const FIELDS = ["index", "uuid", "name", "power.draw", "power.max_limit"] as const;
const FORMAT = "--format=csv,noheader,nounits";
const EVERY_MS = 500;
/** Without a limit from the driver: more than any board has drawn so far. */
const FALLBACK_MAX_WATTS = 2500;

export function discoverNvidiaSmi(roots: Roots, accepted: readonly MeterDescriptor[]): Discovery {
  if (accepted.some(({ id }) => id.startsWith("nvml:"))) return { accepted: [], rejected: [] };
  const program = findProgram("nvidia-smi", roots.env);
  if (!program) return { accepted: [], rejected: [] };
  // Old drivers refuse the whole question for one field that they do not know.
  const full = askProgram(program, [`--query-gpu=${FIELDS.join(",")}`, FORMAT]);
  const answer =
    "text" in full ? full : askProgram(program, [`--query-gpu=${FIELDS.slice(0, 4).join(",")}`, FORMAT]);
  if ("failure" in answer) return { accepted: [], rejected: [{ ...LABEL, reason: `${answer.failure}.` }] };
  return fromCsv(answer.text, program, roots);
}

interface Row {
  index: string;
  uuid: string;
  name: string;
  watts: number | undefined;
  limit: number | undefined;
}

function fromCsv(text: string, program: string, roots: Roots): Discovery {
  const rows = text.split(/\r?\n/).flatMap((line): Row[] => {
    const [index, uuid, name, watts, limit] = line.split(",").map((cell) => cell.trim());
    if (!index || !uuid?.startsWith("GPU-")) return [];
    return [{ index, uuid, name: name ?? "NVIDIA GPU", watts: number(watts), limit: number(limit) }];
  });
  const stream = new ProgramStream(
    program,
    ["--query-gpu=uuid,power.draw", FORMAT, "-lms", String(EVERY_MS)],
    powerOfLine,
  );
  stream.prime(rows.flatMap(({ uuid, watts }) => (watts === undefined ? [] : [[uuid, watts] as const])));
  const monitor = new ProgramStream(program, ["pmon", "-s", "u", "-d", "1"], processesOfLine);
  const inContainer = readContainer(roots) !== undefined;
  const { visible, note } = visibleGpus(
    rows.map((row) => ({ ...row, mig: [] })),
    roots.env,
  );
  const found: Discovery = { accepted: [], rejected: [] };
  rows.forEach((row, i) => {
    const id = `nvidia-smi:${row.uuid}:power`;
    if (row.watts === undefined) {
      const label = `GPU ${row.index}, ${row.name}`;
      found.rejected.push({ id, component: "gpu", label, reason: "nvidia-smi gives no power for it." });
    } else {
      const processes = () => whoComputes(monitor, row.index, inContainer);
      const meter = meterOf(row, id, visible[i] ?? true, note, stream);
      const close = () => {
        monitor.close();
        meter.close?.();
      };
      found.accepted.push({ ...meter, processes, close });
    }
  });
  return found;
}

function* powerOfLine(line: string): Iterable<readonly [string, number]> {
  const [uuid, watts] = line.split(",").map((cell) => cell.trim());
  const value = number(watts);
  if (uuid && value !== undefined) yield [uuid, value];
}

const NOBODY = "nobody";

/** "    0      12345     C     45     12 ..."; a dash for a GPU with nobody on it, and for a part that was not used. */
function* processesOfLine(line: string): Iterable<readonly [string, number]> {
  const [index, pid, , sm] = line.trim().split(/\s+/);
  if (!index || !/^\d+$/.test(index)) return;
  if (pid === "-") yield [`${index}:${NOBODY}`, 0];
  else if (pid && /^\d+$/.test(pid)) yield [`${index}:${pid}`, number(sm) ?? 0];
}

/** Null while the monitor has said nothing of this GPU. In a container an empty list may hide the host's processes. */
function whoComputes(monitor: ProgramStream, index: string, inContainer: boolean): GpuProcesses | null {
  const ofGpu = [...monitor.fresh()].flatMap(([key, sm]) => {
    const [gpu, who] = key.split(":");
    return gpu === index ? [{ who, sm }] : [];
  });
  const all = ofGpu.filter(({ who }) => who !== NOBODY).map(({ who, sm }) => [Number(who), sm] as const);
  if (all.length === 0) {
    return ofGpu.length > 0 && !inContainer ? { weights: new Map(), basis: "utilisation" } : null;
  }
  const busy = all.filter(([, sm]) => sm > 0);
  return { weights: new Map(busy.length > 0 ? busy : all), basis: "utilisation" };
}

/** "[N/A]", "[Not Supported]" and "[Unknown Error]" are no numbers. */
function number(cell: string | undefined): number | undefined {
  return cell !== undefined && /^\d+(\.\d+)?$/.test(cell) ? Number(cell) : undefined;
}

function meterOf(
  { index, uuid, name, limit }: Row,
  id: string,
  visible: boolean,
  note: string | undefined,
  stream: ProgramStream,
): Meter {
  const descriptor: MeterDescriptor = {
    id,
    component: "gpu",
    parts: [`gpu:${uuid}`],
    label: `GPU ${index}`,
    kind: "power",
    method: "measured",
    instrument: `nvidia-smi power, ${name}`,
    unit: 1,
    maxPower: limit === undefined ? FALLBACK_MAX_WATTS : 1.3 * limit,
    ...POWER_ACCURACY,
    attribution: "gpu-process",
    counted: visible,
    uncountedReason: visible ? undefined : "CUDA_VISIBLE_DEVICES keeps the run from it",
    basis: note,
  };
  return { descriptor, read: () => stream.read(uuid), close: () => stream.close() };
}
