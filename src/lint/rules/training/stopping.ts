/** What ends a training before its last epoch, and trainings that run a fixed course on purpose. */

import { pattern } from "../../pattern.ts";
import { isCompound, type LogicalLine, linesIn, logicalLinesOf } from "../../python/logical-lines.ts";
import type { PythonFacts } from "../../python/python-facts.ts";
import type { Loop } from "./torch-training.ts";

const STOPS =
  /patience|early_?stop|stopper|stop_?training|should_?stop|stop_?early|converged|best_iteration|time_?limit|max_?time/i;

/** Words of early stopping anywhere in the program: a callback, a helper, an option, a setting. */
export function mentionsStopping(facts: PythonFacts): boolean {
  const code = logicalLinesOf(facts)
    .map((line) => line.code.replace(/ReduceLROnPlateau\([^)]*\)/g, ""))
    .join("\n");
  return (
    STOPS.test(code) ||
    facts.strings.some(({ value }) => value.length < 60 && /early.?stop|patience/i.test(value))
  );
}

/** A `break`, `return` or raised error of the loop itself: one of a loop inside it ends only that one. */
export function leavesLoop(facts: PythonFacts, loop: Loop): boolean {
  const lines = linesIn(logicalLinesOf(facts), loop.range);
  const [head, ...body] = lines;
  if (head === undefined) return true;
  let inner: string | undefined;
  for (const line of body) {
    if (inner !== undefined && line.indent.length > inner.length) continue;
    inner = /^(?:async\s+for|for|while|def|class)\b/.test(line.code) ? line.indent : undefined;
    if (leaves(line)) return true;
  }
  return false;
}

/** The model is measured on other data within the loop. */
export function evaluatesIn(facts: PythonFacts, loop: Loop): boolean {
  return linesIn(logicalLinesOf(facts), loop.range).some(({ code }) =>
    /(?:^|[^a-z])(?:val|valid|validate|validation|test|eval|evaluate|dev)(?:[^a-z]|$)/i.test(code),
  );
}

function leaves(line: LogicalLine): boolean {
  const last = isCompound(line)
    ? (/:\s*(\w+)[^:]*$/.exec(line.code)?.[1] ?? "")
    : (/^\w+/.exec(line.code)?.[0] ?? "");
  return /^(?:break|return|raise)$/.test(last) || /\b(?:sys\.exit|exit|quit)\s*\(/.test(line.code);
}

const FIXED_IMPORTS =
  /^(?:gym|gymnasium|stable_baselines3|pettingzoo|ray\.rllib|tianshou|minigrid|procgen|diffusers|denoising_diffusion_pytorch|deepxde|torchdiffeq|gpytorch|botorch|pyro|neuralop|neuromancer)(?:\.|$)/;

const FIXED_WORDS = pattern("i")`
  \b\w*(?:discriminator|adversar|netG|netD|generator_loss|disc_loss|gan_loss|policy_loss|replay_?buffer|
    rollout|noise_scheduler|diffusion|ddpm|simclr|contrastive|byol|moco|pretrain(?:ing)?_loss|nerf|
    style_loss|pinn)\w*\b|
  \benv\.(?:step|reset)\b
`;

const STEP_SCHEDULES =
  /(?:^|\.)(?:StepLR|MultiStepLR|PiecewiseConstantDecay|OneCycleLR|SequentialLR|adjust_learning_rate|lr_schedule|step_decay)$/;

/**
 * Why stopping early would be wrong or cannot be judged: GANs, reinforcement learning and diffusion have no loss that
 * says when they are done; a schedule of steps is laid out for a number of epochs.
 */
export function fixedCourse(facts: PythonFacts): string | undefined {
  const module = facts.imports.find((each) => FIXED_IMPORTS.test(each.module));
  if (module !== undefined) return module.module;
  const name = facts.file.slice(facts.file.lastIndexOf("/") + 1);
  const word =
    FIXED_WORDS.exec(name) ?? /(?:^|[^a-z])(?:dc|w|c|cycle|style)?gan(?:[^a-z]|$)/i.exec(facts.file);
  if (word !== null) return word[0];
  for (const { code } of logicalLinesOf(facts)) {
    const found = FIXED_WORDS.exec(code);
    if (found !== null) return found[0];
  }
  return facts.calls.find(({ callee }) => STEP_SCHEDULES.test(callee))?.callee;
}
