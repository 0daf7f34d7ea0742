/** Entropy indices as AIF360 0.6.1's ClassificationMetric names them. They count rows, whatever the weights. */

import { type Group, mergeGroups } from "../metrics/groups.ts";
import { benefitsOf, coefficientOfVariation, generalizedEntropy, groupBenefits } from "./entropy.ts";

const ENTROPY_ORDERS = [0, 1, 2, 3];

/** Indices over all rows and between groups. `two`: the unprivileged and the privileged; `all`: every group by itself. */
export function aif360Entropy(all: readonly Group[], two: readonly Group[]): Record<string, number> {
  const overall = benefitsOf(mergeGroups(all, []).rows);
  const betweenTwo = groupBenefits(two.map(({ rows }) => rows));
  const betweenAll = groupBenefits(all.map(({ rows }) => rows));
  const values: Record<string, number> = {
    theil_index: generalizedEntropy(overall, 1),
    coefficient_of_variation: coefficientOfVariation(overall),
    between_group_theil_index: generalizedEntropy(betweenTwo, 1),
    between_group_coefficient_of_variation: coefficientOfVariation(betweenTwo),
    between_all_groups_theil_index: generalizedEntropy(betweenAll, 1),
    between_all_groups_coefficient_of_variation: coefficientOfVariation(betweenAll),
  };
  for (const alpha of ENTROPY_ORDERS) {
    values[`generalized_entropy_index[alpha=${alpha}]`] = generalizedEntropy(overall, alpha, true);
    values[`between_group_generalized_entropy_index[alpha=${alpha}]`] = generalizedEntropy(
      betweenTwo,
      alpha,
      true,
    );
  }
  return values;
}
