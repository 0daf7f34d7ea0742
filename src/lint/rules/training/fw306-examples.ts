/** Loaders that a GPU waits for, and those that it does not, or that must stay as they are. */

import type { RuleExample } from "../../rule.ts";

const program = (loader: string, more = "") => `import torch
from torch.utils.data import DataLoader
${more}
train_loader = ${loader}
model = Net().cuda()
for epoch in range(30):
    for images, labels in train_loader:
        loss = criterion(model(images.cuda()), labels.cuda())
        loss.backward()
        optimizer.step()
`;

export const BAD: RuleExample[] = [
  {
    file: "train.py",
    text: program("DataLoader(data, batch_size=64, shuffle=True)"),
    findings: ["DataLoader"],
  },
  {
    file: "zero.py",
    text: program("DataLoader(data, num_workers=0, shuffle=True)"),
    findings: ["DataLoader"],
  },
  {
    file: "unpinned.py",
    text: program("DataLoader(\n    data,\n    num_workers=8,\n    shuffle=True,\n)"),
    findings: ["DataLoader"],
  },
];

export const GOOD: RuleExample[] = [
  {
    file: "fed.py",
    text: program("DataLoader(data, num_workers=4, pin_memory=True, shuffle=True)"),
    findings: [],
  },
  {
    file: "chosen.py",
    text: program("DataLoader(data, num_workers=args.workers, shuffle=True)"),
    findings: [],
  },
  {
    file: "tensors.py",
    text: program("DataLoader(data, shuffle=True)", "data = torch.utils.data.TensorDataset(x, y)\n"),
    findings: [],
  },
  {
    file: "stream.py",
    text: program(
      "DataLoader(data)",
      "\n\nclass Lines(torch.utils.data.IterableDataset):\n    pass\n\n\ndata = Lines()\n",
    ),
    findings: [],
  },
  {
    file: "windows.py",
    text: program("DataLoader(data, shuffle=True)", 'import os\n\nassert os.name == "nt"\n'),
    findings: [],
  },
  {
    file: "notebook.ipynb",
    text: JSON.stringify({
      cells: [
        {
          cell_type: "code",
          execution_count: null,
          metadata: {},
          outputs: [],
          source: program("DataLoader(data, shuffle=True)"),
        },
      ],
      metadata: {},
      nbformat: 4,
      nbformat_minor: 4,
    }),
    findings: [],
  },
];
