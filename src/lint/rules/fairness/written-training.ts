/** Training that a program writes out itself: a loop with its step, backpropagation, an algorithm. */

import type { Call, PythonFacts } from "../../python/python-facts.ts";
import { ownAlgorithm, ownStep } from "./own-algorithms.ts";

/** The step of a hand-written loop: `loss.backward()` with an optimizer's `step()`, or `apply_gradients` of Keras and Flax. */
export function writtenTraining(facts: PythonFacts): Call | undefined {
  const applied = facts.calls.find(({ method }) => method === "apply_gradients");
  if (applied !== undefined) return makesExamples(facts) ? undefined : applied;
  const backward = facts.calls.find(
    ({ method, args, receiver }) =>
      method === "backward" && (args.length === 0 || /accelerator|fabric/.test(receiver?.name ?? "")),
  );
  const step = facts.calls.some(
    ({ method, receiver }) => method === "step" && /optim|opt\b|opt_/i.test(receiver?.name ?? ""),
  );
  const found = step ? backward : (ownBackpropagation(facts) ?? ownAlgorithm(facts) ?? ownStep(facts));
  return found !== undefined && !makesExamples(facts) ? found : undefined;
}

/** A network that the program writes out itself, in NumPy: `self.back_propagation(Z1, A1)`. */
function ownBackpropagation({ calls, definitions }: PythonFacts): Call | undefined {
  const found = calls.find(({ method }) => /^_*back_?prop(?:agat\w*)?$/i.test(method));
  return found !== undefined &&
    definitions.some(({ name }) => name === found.method || name.endsWith(`.${found.method}`))
    ? found
    : undefined;
}

/** The losses of the two sides of a generator's training: "g_loss", "errD", "self.loss_G". */
const OF_GENERATOR =
  /(?:^|\.)(?:(?:loss|err)_?[GD](?:_\w+)?|[gdGD]_?loss\w*|(?:gen(?:erator)?|disc(?:riminator)?)(?:_\w+)?_loss)$/;

const READS_DATA = /(?:^|\.)(?:Dataset|IterableDataset|Sequence|PyDataset|DataGenerator)$/;

/** The parts of generators and autoencoders, and no model that decides. */
function makesExamples({ definitions, calls }: PythonFacts): boolean {
  if (calls.some(({ method, receiver }) => method === "backward" && OF_GENERATOR.test(receiver?.name ?? "")))
    return true;
  // What reads the data in batches is called a generator, too: `class DataGenerator(Dataset)`.
  const classes = definitions
    .filter(({ kind, bases }) => kind === "class" && !bases.some((base) => READS_DATA.test(base)))
    .map(({ name }) => name);
  return (
    classes.some((name) => /VAE|auto_?encoder|generator$|discriminator/i.test(name)) &&
    !classes.some((name) => /classif|predict|regress|mlp/i.test(name))
  );
}
