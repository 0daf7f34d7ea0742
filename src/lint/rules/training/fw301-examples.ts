/** Trainings in float32 on an accelerator, and those whose precision is chosen, or does not matter. */

import type { RuleExample } from "../../rule.ts";

const TORCH = (
  more: { imports?: string; model?: string; step?: string; data?: string; epochs?: string } = {},
) => `import torch
import torchvision
${more.imports ?? ""}
device = "cuda" if torch.cuda.is_available() else "cpu"
data = ${more.data ?? "torchvision.datasets.CIFAR10(root, train=True)"}
loader = torch.utils.data.DataLoader(data, batch_size=128, num_workers=4)
net = ${more.model ?? "torchvision.models.resnet50()"}.to(device)
criterion = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)


def train(epoch):
    for inputs, targets in loader:
        inputs, targets = inputs.to(device), targets.to(device)
${
  more.step ??
  `        optimizer.zero_grad()
        outputs = net(inputs)
        loss = criterion(outputs, targets)
        loss.backward()
        optimizer.step()`
}


for epoch in range(${more.epochs ?? "20"}):
    train(epoch)
`;

const TRAINER = (
  more = "",
) => `from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments

model = AutoModelForSequenceClassification.from_pretrained("roberta-large")
arguments = TrainingArguments(output_dir="out", num_train_epochs=3${more})
trainer = Trainer(model=model, args=arguments, train_dataset=train)
trainer.train()
`;

export const BAD: RuleExample[] = [
  { file: "train.py", text: TORCH(), findings: ["loss.backward"] },
  { file: "own_model.py", text: TORCH({ model: "Net()", epochs: "200" }), findings: ["loss.backward"] },
  {
    file: "accelerator.py",
    text: TORCH({
      step: "        loss = criterion(\n            net(inputs),\n            targets,\n        )\n        loss.backward()\n        optimizer.step()",
    }).replace(
      'device = "cuda" if torch.cuda.is_available() else "cpu"',
      "device = torch.accelerator.current_accelerator()",
    ),
    findings: ["loss.backward"],
  },
  { file: "finetune.py", text: TRAINER(), findings: ["TrainingArguments"] },
  {
    file: "lightning_train.py",
    text: `import lightning as L
import timm

model = Wrapped(timm.create_model("vit_base_patch16_224"))
trainer = L.Trainer(max_epochs=30, accelerator="gpu")
trainer.fit(model, loader)
`,
    findings: ["L.Trainer"],
  },
  {
    file: "keras_train.py",
    text: `"""Flowers."""
import tensorflow as tf

print(tf.config.list_physical_devices("GPU"))
model = tf.keras.applications.ResNet50(weights=None)
model.compile(loss="sparse_categorical_crossentropy")
model.fit(data, epochs=20)
`,
    findings: ["model.fit"],
  },
];

export const GOOD: RuleExample[] = [
  {
    file: "autocast.py",
    text: TORCH({
      step: '        with torch.autocast("cuda", dtype=torch.bfloat16):\n            loss = criterion(net(inputs), targets)\n        loss.backward()\n        optimizer.step()',
    }),
    findings: [],
  },
  { file: "scaler.py", text: TORCH({ imports: "scaler = torch.amp.GradScaler()\n" }), findings: [] },
  {
    file: "option.py",
    text: TORCH({
      imports:
        'import argparse\n\nparser = argparse.ArgumentParser()\nparser.add_argument("--amp", action="store_true")\n',
    }),
    findings: [],
  },
  {
    file: "accelerate_config.py",
    text: TORCH({ imports: "from accelerate import Accelerator\n" }),
    findings: [],
  },
  { file: "tf32.py", text: TORCH({ imports: 'torch.set_float32_matmul_precision("high")\n' }), findings: [] },
  {
    file: "sharded.py",
    text: TORCH({ imports: "from torch.distributed.fsdp import FullyShardedDataParallel\n" }),
    findings: [],
  },
  { file: "digits.py", text: TORCH({ data: "torchvision.datasets.MNIST(root)" }), findings: [] },
  { file: "few_epochs.py", text: TORCH({ model: "Net()", epochs: "5" }), findings: [] },
  { file: "processor.py", text: TORCH().replace(/device = .*/, 'device = "cpu"'), findings: [] },
  { file: "bf16.py", text: TRAINER(", bf16=True"), findings: [] },
  { file: "parsed.py", text: TRAINER(", **options"), findings: [] },
  { file: "cpu.py", text: TRAINER(", use_cpu=True"), findings: [] },
  {
    file: "policy.py",
    text: `import tensorflow as tf

tf.keras.mixed_precision.set_global_policy("mixed_float16")
print(tf.config.list_physical_devices("GPU"))
model = tf.keras.applications.ResNet50(weights=None)
model.fit(data, epochs=20)
`,
    findings: [],
  },
];
