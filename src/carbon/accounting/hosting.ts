/** Where a footprint belongs in an organisation's inventory, by who runs the machines. Pure. */

import type { HostingConfig, HostingKind } from "../../config/carbon-settings.ts";

/** A place in the GHG Protocol's scopes and ISO 14064-1's categories. */
export interface Placement {
  scope: 2 | 3;
  /** Category of scope 3. */
  category?: 1 | 8 | 11;
  categoryName?: string;
  /** Category of ISO 14064-1:2018. */
  iso: 2 | 4 | 5;
  /** The rule that was followed, one sentence. */
  rule: string;
}

const PLACES: Record<HostingKind | "colocation, tenant", Placement> = {
  own: { scope: 2, iso: 2, rule: "own machines with bought electricity: scope 2, by both methods" },
  "colocation, tenant": {
    scope: 2,
    iso: 2,
    rule: "colocation whose machines are under the organisation's control: scope 2, by both methods",
  },
  colocation: {
    scope: 3,
    category: 8,
    categoryName: "upstream leased assets",
    iso: 4,
    rule: "colocation outside the organisation's control: scope 3, category 8",
  },
  cloud: {
    scope: 3,
    category: 1,
    categoryName: "purchased goods and services",
    iso: 4,
    rule: "machines of a cloud: scope 3, category 1; the provider's own scope 1 and 2",
  },
  api: {
    scope: 3,
    category: 1,
    categoryName: "purchased goods and services",
    iso: 4,
    rule: "a model behind somebody's interface: scope 3, category 1",
  },
  edge: {
    scope: 3,
    category: 11,
    categoryName: "use of sold products",
    iso: 5,
    rule: "a model that customers run on machines of their own: scope 3, category 11",
  },
};

/** Undefined while `[hosting]` does not say who runs the machines: nothing is guessed. */
export function placementOf(hosting: HostingConfig | undefined): Placement | undefined {
  if (!hosting) return undefined;
  return PLACES[
    hosting.kind === "colocation" && hosting.control === "tenant" ? "colocation, tenant" : hosting.kind
  ];
}
