/** Examples of FW101: what it must say, and where it must be silent. They are its tests. */

import type { Rule } from "../../../rule.ts";
import * as checks from "./checks.ts";
import * as faint from "./faint.ts";
import * as galleries from "./galleries.ts";
import * as helpers from "./helpers.ts";
import * as imports from "./imports.ts";
import * as lowCode from "./low-code.ts";
import * as named from "./named.ts";
import * as own from "./own.ts";
import * as parts from "./parts.ts";
import * as plain from "./plain.ts";
import * as platforms from "./platforms.ts";
import * as programs from "./programs.ts";
import * as projects from "./projects.ts";
import * as runs from "./runs.ts";
import * as seen from "./seen.ts";
import * as sources from "./sources.ts";
import * as states from "./states.ts";
import * as statistics from "./statistics.ts";
import * as subjects from "./subjects.ts";
import * as targets from "./targets.ts";
import * as told from "./told.ts";
import * as trained from "./trained.ts";
import * as trials from "./trials.ts";
import * as ways from "./ways.ts";
import * as words from "./words.ts";

/** The first set's are shown on the rule's page. */
const SETS = [
  plain,
  programs,
  checks,
  faint,
  galleries,
  helpers,
  imports,
  lowCode,
  named,
  own,
  parts,
  platforms,
  projects,
  runs,
  seen,
  sources,
  states,
  statistics,
  subjects,
  targets,
  told,
  trained,
  trials,
  ways,
  words,
];

export const examples: Rule["examples"] = {
  bad: SETS.flatMap(({ BAD }) => BAD),
  good: SETS.flatMap(({ GOOD }) => GOOD),
};
