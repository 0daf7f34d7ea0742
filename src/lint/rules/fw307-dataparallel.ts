/** FW307: several GPUs through nn.DataParallel. Opt-in. */

import type { Finding, Fix } from "../finding.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { afterLine, aliasOf, simpleStatementAt } from "./training/edits.ts";
import { usedInLastRun } from "./training/measured.ts";
import { torchTrainings } from "./training/torch-training.ts";

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python") return [];
  const wrappers = facts.calls.filter(({ callee }) =>
    /^torch\.nn\.(?:parallel\.)?DataParallel$/.test(callee),
  );
  if (wrappers.length === 0 || torchTrainings(facts).length === 0) return [];
  // Both are there: it is a choice of who starts the program.
  if (
    /DistributedDataParallel|DDP|\bFSDP\b|FullyShardedDataParallel|torch\.distributed|torchrun/.test(
      facts.text,
    )
  )
    return [];
  const used = usedInLastRun(evidence);
  return wrappers.map((call) =>
    findingOf(dataParallel, {
      range: call.calleeRange,
      message:
        "DataParallel copies the model to every GPU in each step and gathers on one: the others wait for it.",
      why: ["The file trains a model wrapped in nn.DataParallel.", ...(used === undefined ? [] : [used])],
      silencedBy: dataParallel.docs.silencedBy,
      fixes: snippet(facts, call),
    }),
  );
}

function snippet(facts: PythonFacts, call: Call): Fix[] {
  const statement = simpleStatementAt(facts, call.range);
  const model = call.targets[0];
  const torch = aliasOf(facts, "torch");
  if (statement === undefined || model === undefined || torch === undefined) return [];
  const wrapped = call.args[0]?.text ?? model;
  const code = [
    "# Instead of DataParallel, with one process per GPU: torchrun --nproc-per-node=gpu",
    "# (and a DistributedSampler for the training loader)",
    `# ${torch}.distributed.init_process_group("nccl")`,
    `# gpu = ${torch}.distributed.get_rank() % ${torch}.cuda.device_count()`,
    `# ${model} = ${torch}.nn.parallel.DistributedDataParallel(${wrapped.replace(/\s+/g, " ")}.to(gpu), device_ids=[gpu])`,
  ];
  return [
    {
      title: "Insert how DistributedDataParallel is written",
      safety: "display",
      edits: [afterLine(facts, statement, code)],
    },
  ];
}

const program = (wrap: string) => `import torch

net = Net().cuda()
${wrap}
for inputs, targets in loader:
    loss = criterion(net(inputs), targets)
    loss.backward()
    optimizer.step()
`;

export const dataParallel: Rule = {
  code: "FW307",
  name: "dataparallel",
  default: false,
  severity: "information",
  fix: "display",
  appliesTo: ["python"],
  docs: {
    what: "A model is trained on several GPUs through `nn.DataParallel`.",
    why: "One process drives all GPUs, copies the model in every step and gathers outputs on one GPU, so the others are partly idle. PyTorch recommends DistributedDataParallel, also on one machine. With one GPU it makes no difference.",
    silencedBy: ["DistributedDataParallel or FSDP in the same file.", "A file that does not train."],
    references: ["PyTorch documentation, DataParallel: the warning to use DistributedDataParallel (2026)"],
  },
  examples: {
    bad: [
      {
        file: "train.py",
        text: program("net = torch.nn.DataParallel(net)"),
        findings: ["torch.nn.DataParallel"],
      },
      {
        file: "several.py",
        text: program(
          "if torch.cuda.device_count() > 1:\n    net = torch.nn.DataParallel(net, device_ids=[0, 1])",
        ),
        findings: ["torch.nn.DataParallel"],
      },
    ],
    good: [
      { file: "one.py", text: program(""), findings: [] },
      {
        file: "either.py",
        text: program(
          "if distributed:\n    net = torch.nn.parallel.DistributedDataParallel(net)\nelse:\n    net = torch.nn.DataParallel(net)",
        ),
        findings: [],
      },
      {
        file: "load.py",
        text: 'import torch\n\nnet = torch.nn.DataParallel(Net())\nnet.load_state_dict(torch.load("a.pt"))\n',
        findings: [],
      },
    ],
  },
  check,
};
