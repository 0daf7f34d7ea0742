/** The tools whose files can be taken over. */

import { carbontrackerReader } from "./read-carbontracker.ts";
import { codecarbonReader } from "./read-codecarbon.ts";
import { eco2aiReader } from "./read-eco2ai.ts";
import { zeusReader } from "./read-zeus.ts";
import type { ForeignReader } from "./reader.ts";

export const READERS: readonly ForeignReader[] = [
  codecarbonReader,
  carbontrackerReader,
  zeusReader,
  eco2aiReader,
];
