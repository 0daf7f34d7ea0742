/** Where emissions of a kind of hosting are accounted: GHG Protocol scope and category, ISO 14064-1 category. Pure. */

import type { HostingConfig } from "../../config/carbon-settings.ts";

export interface AccountingLine {
  scope: string;
  category: string;
  /** The rule, in words. */
  rule: string;
}

export function accountingLine(hosting: HostingConfig | undefined): AccountingLine | undefined {
  switch (hosting?.kind) {
    case "own":
      return {
        scope: "Scope 2, location-based and market-based",
        category: "ISO 14064-1 category 2 (imported energy)",
        rule: "own machines, electricity bought",
      };
    case "colocation":
      if (!hosting.control) return undefined;
      return hosting.control === "tenant"
        ? {
            scope: "Scope 2, location-based and market-based",
            category: "ISO 14064-1 category 2 (imported energy)",
            rule: "colocation, the machines under the organisation's control by its approach",
          }
        : {
            scope: "Scope 3 category 8 (upstream leased assets)",
            category: "ISO 14064-1 category 4 (products used)",
            rule: "colocation, the machines under the landlord's control by the organisation's approach",
          };
    case "cloud":
    case "api":
      return {
        scope: "Scope 3 category 1 (purchased services)",
        category: "ISO 14064-1 category 4 (products used)",
        rule: `${hosting.kind === "cloud" ? "cloud machines" : "a hosted interface"}, bought as a service`,
      };
    case "edge":
      return {
        scope: "Scope 3 category 11 (use of sold products)",
        category: "ISO 14064-1 category 5 (use of the organisation's products)",
        rule: "the customer runs the model",
      };
    default:
      return undefined;
  }
}
