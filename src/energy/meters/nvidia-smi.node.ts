/** NVIDIA GPUs by the nvidia-smi program, where its library cannot be loaded or was left alone: power only. */

import { visibleGpus } from "./cuda-visible.ts";
import type { Discovery, Meter, MeterDescriptor, Roots } from "./meter.ts";
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
    } else found.accepted.push(meterOf(row, id, visible[i] ?? true, note, stream));
  });
  return found;
}

function* powerOfLine(line: string): Iterable<readonly [string, number]> {
  const [uuid, watts] = line.split(",").map((cell) => cell.trim());
  const value = number(watts);
  if (uuid && value !== undefined) yield [uuid, value];
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
    error: 0.1,
    errorSource:
      "assumed 10 %: power readings see only part of the time, on A100 and H100 a quarter of it (Yang et al. 2024, arXiv:2312.02741)",
    attribution: "gpu-process",
    counted: visible,
    uncountedReason: visible ? undefined : "CUDA_VISIBLE_DEVICES keeps the run from it",
    basis: note,
  };
  return { descriptor, read: () => stream.read(uuid), close: () => stream.close() };
}
