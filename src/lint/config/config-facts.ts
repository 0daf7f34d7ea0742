/** Facts of a configuration file, a launch script or an image recipe. */

import type { FactsBase, ServingFact } from "../facts.ts";

export type ConfigFormat =
  | "yaml"
  | "json"
  | "toml"
  | "hcl"
  | "dockerfile"
  | "compose"
  | "shell"
  | "pbtxt"
  | "modelfile"
  | "properties";

export interface ConfigFacts extends FactsBase {
  kind: "config";
  format: ConfigFormat;
  /** Every model that it starts or serves. */
  serving: ServingFact[];
  /** True for templates that name no model (Helm charts' defaults, runtime templates). */
  isTemplate: boolean;
}
