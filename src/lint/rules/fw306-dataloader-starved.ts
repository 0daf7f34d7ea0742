/** FW306: the GPU waits for a loader that reads in the training's own process. Opt-in. */

import { insertKeyword, literalOf } from "../config/systems/python-values.ts";
import type { Finding, Fix } from "../finding.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { BAD, GOOD } from "./training/fw306-examples.ts";
import { isToy, trainsOnAccelerator } from "./training/hardware.ts";
import { usedInLastRun } from "./training/measured.ts";
import { torchTrainings } from "./training/torch-training.ts";

const WORKERS = 4;

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python" || facts.isNotebook) return [];
  const loaders = facts.calls.filter((call) => isTrainingLoader(call) && isStarved(call));
  if (loaders.length === 0 || torchTrainings(facts).length === 0 || !trainsOnAccelerator(facts)) return [];
  if (
    isToy(facts) ||
    /\bos\.name\b|platform\.system|freeze_support|win32/.test(facts.text) ||
    loadsInMemory(facts)
  )
    return [];
  return loaders.flatMap((call) => {
    if (isStream(facts, call)) return [];
    const workers = literalOf(call.keywords.get("num_workers"));
    const alone = workers === undefined || workers === 0;
    const used = usedInLastRun(evidence);
    return [
      findingOf(dataloaderStarved, {
        range: call.calleeRange,
        message: alone
          ? "The loader reads and transforms in the training's own process: the GPU waits for it between steps."
          : "The loader's batches are not in pinned memory: each copy to the GPU waits for the CPU.",
        why: [
          alone ? "num_workers is 0 or not given, which means no worker." : "pin_memory is not given.",
          "The file trains on a GPU.",
          ...(used === undefined ? [] : [used]),
        ],
        silencedBy: dataloaderStarved.docs.silencedBy,
        fixes: fixesFor(facts, call, workers),
      }),
    ];
  });
}

function isTrainingLoader(call: Call): boolean {
  if (
    call.callee !== "torch.utils.data.DataLoader" &&
    call.callee !== "torch.utils.data.dataloader.DataLoader"
  )
    return false;
  if (call.hasUnknownArguments || call.args.length > 1) return false;
  if (call.targets.some((name) => /val|test|eval|dev|pred|infer/i.test(name))) return false;
  return literalOf(call.keywords.get("shuffle")) === true || call.targets.some((name) => /train/i.test(name));
}

/** No worker, or batches that are not pinned. What is a variable is somebody's choice. */
function isStarved({ keywords }: Call): boolean {
  const workers = keywords.get("num_workers");
  if (workers === undefined || literalOf(workers) === 0) return true;
  return (
    typeof literalOf(workers) === "number" &&
    !keywords.has("pin_memory") &&
    !keywords.has("pin_memory_device")
  );
}

/** Data that are in memory as tensors need no worker. */
function loadsInMemory(facts: PythonFacts): boolean {
  return facts.calls.some(({ callee }) =>
    /TensorDataset$|make_\w+$|^torch_geometric\.|InMemoryDataset/.test(callee),
  );
}

function isStream(facts: PythonFacts, call: Call): boolean {
  const data = call.args[0] ?? call.keywords.get("dataset");
  const made = data?.call;
  if (
    made !== undefined &&
    (literalOf(made.keywords.get("streaming")) === true || /Iterable|webdataset|torchdata/i.test(made.callee))
  )
    return true;
  return facts.definitions.some(({ bases }) => bases.some((base) => /IterableDataset$/.test(base)));
}

function fixesFor(facts: PythonFacts, call: Call, workers: unknown): Fix[] {
  const title =
    workers === undefined || workers === 0 ? `Read with ${WORKERS} workers` : "Pin the batches' memory";
  const pinned = call.keywords.has("pin_memory") ? "" : "pin_memory=True";
  const given = call.keywords.get("num_workers");
  if (given === undefined) {
    const edit = insertKeyword(call, "num_workers", `${WORKERS}${pinned && `, ${pinned}`}`, facts.text);
    return edit === undefined ? [] : [{ title, safety: "unsafe", edits: [edit] }];
  }
  if (given.range.start < call.range.start || given.range.end > call.range.end) return [];
  const value = workers === 0 ? String(WORKERS) : given.text;
  const newText = pinned ? `${value}, ${pinned}` : value;
  return [{ title, safety: "unsafe", edits: [{ range: given.range, newText }] }];
}

export const dataloaderStarved: Rule = {
  code: "FW306",
  name: "dataloader-starved",
  default: false,
  severity: "hint",
  fix: "unsafe",
  appliesTo: ["python"],
  docs: {
    what: "A training on a GPU reads its data with a DataLoader that has no workers, or that does not pin its batches' memory.",
    why: "While the CPU reads and transforms a batch the GPU waits, and draws idle power for the whole of the longer training. It matters where reading a batch takes about as long as a step; where a step is much longer, or the data are small, nothing is gained.",
    silencedBy: [
      "`num_workers` above 0 with `pin_memory`, or either from a variable.",
      "Notebooks and programs that look at the operating system: workers start badly on Windows.",
      "Data that are in memory already, small sets, iterable and streamed data sets.",
    ],
    fixSafety:
      "Each worker is a process with memory of its own; data sets that cannot be pickled fail. How many workers pay depends on the machine's cores.",
    references: [
      "PyTorch documentation, torch.utils.data: single- and multi-process data loading, memory pinning (2026)",
    ],
  },
  examples: { bad: BAD, good: GOOD },
  check,
};
