/** FW308: a neural network is trained in double precision. Opt-in. */

import type { Finding } from "../finding.ts";
import type { Call, PythonFacts } from "../python/python-facts.ts";
import { findingOf, type Rule, type RuleContext } from "../rule.ts";
import { kerasFits } from "./training/keras-training.ts";
import { usedInLastRun } from "./training/measured.ts";
import { torchTrainings } from "./training/torch-training.ts";

function check({ facts, evidence }: RuleContext): Finding[] {
  if (facts.kind !== "python" || isScience(facts)) return [];
  const trainsTorch = torchTrainings(facts).length > 0;
  const widened = facts.calls.filter(
    (call) => (trainsTorch && widensTorch(facts, call)) || widensKeras(call),
  );
  if (widened.length === 0 || (!trainsTorch && kerasFits(facts).length === 0)) return [];
  const used = usedInLastRun(evidence);
  return widened.slice(0, 1).map((call) =>
    findingOf(float64Training, {
      range: call.calleeRange,
      message:
        "The network is trained in float64: twice the memory of float32, and most GPUs compute it many times slower.",
      why: [
        "Its parameters or the default type are set to double precision.",
        ...(used === undefined ? [] : [used]),
      ],
      silencedBy: float64Training.docs.silencedBy,
    }),
  );
}

const MODEL =
  /(?:^|\.|_)(?:model|net|network|module|encoder|decoder|classifier|generator|discriminator|seq|lstm|rnn|gru|mlp|cnn)\d*$/i;

/** `model.double()`, `Net().double()`, or the default type; not a loss or a batch. */
function widensTorch(facts: PythonFacts, call: Call): boolean {
  if (/^torch\.set_default_dtype$/.test(call.callee)) return isDouble(call.args[0]?.qualified);
  if (/^torch\.set_default_tensor_type$/.test(call.callee))
    return /Double/.test(String(call.args[0]?.literal ?? call.args[0]?.qualified ?? ""));
  const toDouble =
    call.method === "to" &&
    [...call.args, ...call.keywords.values()].some(({ qualified }) => isDouble(qualified));
  if (!toDouble && !(call.method === "double" && call.args.length === 0)) return false;
  const made = call.receiver?.call?.callee ?? "";
  return (
    MODEL.test(call.receiver?.name ?? "") ||
    /^torch\.nn\.[A-Z]/.test(made) ||
    facts.definitions.some(({ name, bases }) => name === made && bases.some((base) => /Module$/.test(base)))
  );
}

function widensKeras(call: Call): boolean {
  if (!/keras/.test(call.callee)) return false;
  return (
    (call.method === "set_floatx" ||
      call.method === "set_global_policy" ||
      call.method === "set_dtype_policy") &&
    call.args[0]?.literal === "float64"
  );
}

const isDouble = (name: string | undefined) => name === "torch.float64" || name === "torch.double";

/** Where float64 is the point: second-order optimizers, differential equations, physics, Gaussian processes. */
function isScience(facts: PythonFacts): boolean {
  return (
    facts.imports.some(({ module, name }) =>
      /^(?:deepxde|torchdiffeq|torchsde|gpytorch|botorch|e3nn|ase|dgl\.lifesci|schnetpack|torchani|pyscf|sympy|scipy\.(?:integrate|optimize|linalg)|jax_md|openmm|pyro|numpyro|functorch)(?:\.|$)/.test(
        `${module}${module === "scipy" ? `.${name}` : ""}`,
      ),
    ) ||
    facts.calls.some(({ callee }) => /LBFGS$|gradcheck|autograd\.functional|hessian/i.test(callee)) ||
    /pinn|physics|hamilton|lagrang|ode|pde|quantum|molecul/i.test(
      facts.file.slice(facts.file.lastIndexOf("/") + 1).replace(/model|code|node|mode/gi, ""),
    )
  );
}

const program = (widen: string, optimizer = "Adam") => `import torch
from torch import nn

model = nn.Sequential(nn.Linear(8, 64), nn.ReLU(), nn.Linear(64, 1))
${widen}
optimizer = torch.optim.${optimizer}(model.parameters())
for x, y in loader:
    loss = (model(x) - y).double().pow(2).mean()
    loss.backward()
    optimizer.step()
`;

export const float64Training: Rule = {
  code: "FW308",
  name: "float64-training",
  default: false,
  severity: "information",
  fix: "none",
  appliesTo: ["python"],
  docs: {
    what: "A neural network is trained in double precision: `.double()` on the model, a default type or a Keras setting of float64.",
    why: "float64 takes twice the memory of float32, and GPUs other than those for scientific computing have few units for it. Networks trained by stochastic gradients do not need its precision; solvers, second-order methods and physics may.",
    silencedBy: [
      "LBFGS and other second-order optimizers, libraries of differential equations, molecules, Gaussian processes.",
      "`.double()` of a loss or a batch alone.",
    ],
    references: ["NVIDIA data sheets of the A100, L40S and RTX 4090: throughput by precision."],
  },
  examples: {
    bad: [
      { file: "train.py", text: program("model.double()"), findings: ["model.double"] },
      {
        file: "default.py",
        text: program("torch.set_default_dtype(torch.float64)"),
        findings: ["torch.set_default_dtype"],
      },
      {
        file: "keras_train.py",
        text: 'from tensorflow import keras\n\nkeras.backend.set_floatx("float64")\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.fit(x, y, epochs=5)\n',
        findings: ["keras.backend.set_floatx"],
      },
    ],
    good: [
      { file: "loss_only.py", text: program(""), findings: [] },
      { file: "second_order.py", text: program("model.double()", "LBFGS"), findings: [] },
      { file: "pinn_heat.py", text: program("model.double()"), findings: [] },
      {
        file: "solver.py",
        text: program("model.double()").replace("import torch\n", "import torch\nimport torchdiffeq\n"),
        findings: [],
      },
      {
        file: "inference.py",
        text: "import torch\n\nmodel = torch.nn.Linear(2, 1).double()\nprint(model(x))\n",
        findings: [],
      },
    ],
  },
  check,
};
