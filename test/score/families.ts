/** Which rules answer which label. */

import type { Label } from "./manifest.ts";

export const FAMILIES = ["fairness", "deployment"] as const;
export type Family = (typeof FAMILIES)[number];
export type Setting = "single" | "project";

export const RULES_OF: Readonly<Record<Family, readonly string[]>> = {
  fairness: ["FW101"],
  deployment: ["FW201", "FW202", "FW203", "FW204", "FW205", "FW210", "FW211"],
};

/** Rule -> kind of wasteful training that the labels name. */
export const WASTE_OF: Readonly<Record<string, string>> = {
  FW212: "unbatched_inference",
  FW301: "no_mixed_precision",
  FW302: "no_early_stopping",
  FW303: "seed_search",
  FW304: "exhaustive_grid_search",
  FW305: "missing_no_grad_in_eval",
  FW307: "dataparallel_instead_of_ddp",
  FW308: "float64_training",
};

export const SCORED_RULES: readonly string[] = [
  ...RULES_OF.fairness,
  ...RULES_OF.deployment,
  ...Object.keys(WASTE_OF),
];

export function expectedOf(label: Label, family: Family, setting: Setting): boolean {
  const expected = setting === "single" ? label.expected : label.expected_project;
  return family === "fairness" ? expected.missing_fairness_check : expected.unquantized_deployment;
}
