/** Every rule, by code. Adding one is adding a file and its line here. */

import type { Rule } from "../rule.ts";

export const RULES: readonly Rule[] = [];
