/** One row of the table of faults: what goes wrong, how that is done here, what must hold afterwards. */

import type { Bench } from "../support/measured.ts";
import type { Aftermath } from "./aftermath.ts";
import type { Scene } from "./scene.ts";

export interface Fault {
  /** What goes wrong, and how it is injected: the name of the test. */
  fault: string;
  by: string;
  /** What is measured; by default a training that works until it is told to end, and then ends with 5. */
  command?: (bench: Bench) => string[];
  /** How `fairwatt run` is started: its environment, its options, a program that starts it in surroundings of its own. */
  start?: (bench: Bench) => Surroundings | Promise<Surroundings>;
  /** Done once the run is measured. The training is told to end afterwards. */
  inject: (scene: Scene) => Promise<void> | void;
  holds: Holds;
}

export interface Surroundings {
  env?: NodeJS.ProcessEnv;
  /** Program and arguments before `node fairwatt run`. */
  within?: string[];
}

/**
 * What must hold besides what always must (aftermath.ts): the command's own end is passed on, no energy is lost or invented,
 * the ledger has one sound entry of the run, no process is left behind.
 */
export interface Holds {
  /** How the runner ends; by default with the training's own 5. */
  ends?: { code: number | null; signal: NodeJS.Signals | null };
  /** By default "failed": the training ends with 5. */
  state?: string;
  /** Stretches that the run calls gaps: each of these is there, and no other. By default there is none. */
  gaps?: RegExp[];
  /** A gap that may be there besides. */
  mayMiss?: RegExp;
  /** True where the energy of some of the time cannot be known: the counter itself lost it. By default all of it is known. */
  partly?: boolean;
  /** What standard error says. */
  says?: RegExp;
  /** False where what was measured did not come to its end. */
  trained?: false;
  /** False where nothing can be kept: neither journal nor entry are looked for. */
  kept?: false;
  also?: (after: Aftermath) => void | Promise<void>;
}
