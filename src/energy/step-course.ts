/** How far a training's steps have come, in groups that can be compared like epochs. Pure. */

import { AFTER_TRAINING } from "./epochs.ts";
import type { Mark } from "./run.ts";

/** Consecutive steps; the first group is the first step alone, which also loads and compiles. */
export interface StepGroup {
  /** In groups: 1 for one of the usual size. */
  count: number;
  joules: number;
  seconds: number;
}

export interface StepCourse {
  done: number;
  total: number;
  /** Steps of one group. */
  size: number;
  groups: StepGroup[];
  /** The run at the end of the last group: seconds since its start, and its energy until then, J. */
  at: number;
  until: number;
}

/** So many groups at most: fewer tell no spread, of more each is shorter than samples can tell. */
const MOST_GROUPS = 20;
/** With fewer groups after the first nothing is said. */
const FEWEST_GROUPS = 3;

type KnownStep = Mark & { index: number; total: number; energy: number };

/**
 * Of the training that goes on, where its steps say how many there will be; "first steps" where too few are done,
 * undefined where there are none, or where it is another training's turn.
 */
export function stepCourse(marks: readonly Mark[]): StepCourse | "first steps" | undefined {
  let began: Pick<Mark, "at" | "energy"> = { at: 0, energy: 0 };
  let steps: KnownStep[] = [];
  let before = 0;
  const isOwn = (mark: Mark) => mark.source === undefined;
  // Where the command tells its own steps those count, as with epochs.
  const own = marks.some((mark) => mark.kind === "step" && mark.total !== undefined && isOwn(mark));
  for (const mark of own ? marks.filter(isOwn) : marks) {
    const { kind, source, name, index, total, energy } = mark;
    if (kind === "phase" && source !== undefined) {
      before += steps.length > 0 ? 1 : 0;
      steps = [];
      if (name === AFTER_TRAINING) began = { at: mark.at };
      else began = mark;
    } else if (kind === "step" && index !== undefined && total !== undefined && energy !== undefined) {
      const last = steps.at(-1);
      if (index === last?.index) continue; // Told by every rank.
      if (last && index < last.index) return undefined;
      steps.push({ ...mark, index, total, energy });
    }
  }
  if (before > 0 || steps.length === 0) return undefined;
  const first = steps[0]!;
  const last = steps.at(-1)!;
  const size = Math.max(1, Math.ceil((last.index - first.index) / MOST_GROUPS));
  const groups: StepGroup[] = [
    { count: 1 / size, joules: first.energy - (began.energy ?? first.energy), seconds: first.at - began.at },
  ];
  let from = first;
  for (const step of steps.slice(1)) {
    const count = (step.index - from.index) / size;
    if (count < 1 && step !== last) continue;
    groups.push({ count, joules: Math.max(0, step.energy - from.energy), seconds: step.at - from.at });
    from = step;
  }
  if (groups.length <= FEWEST_GROUPS) return "first steps";
  return { done: last.index, total: last.total, size, groups, at: last.at, until: last.energy };
}
