/** How the numbers of an audit were made, for its page. Pure. */

import type { Fact } from "../../../webview/audit/protocol.ts";
import type { Audit } from "../../fairness/audit/audit.ts";
import type { RegressionAudit } from "../../fairness/audit/audit-regression.ts";
import type { AnyAudit } from "../../fairness/audit/audit-table.ts";
import { bootstrapName } from "../../fairness/audit/settings.ts";
import type { Translate } from "../words.ts";
import { digits, shareText } from "./numbers.ts";

export function howFacts(audit: AnyAudit, t: Translate): Fact[] {
  const { settings, weighted, schema } = audit;
  if (audit.task === "regression") return howErrors(audit, t);
  const { replicates, seed, small } = settings;
  const resampled =
    replicates === 0
      ? t("none: no bootstrap was made")
      : t(
          "{0} bootstrap, {1} replicates, seed {2}",
          bootstrapName(settings),
          replicates.toLocaleString("en"),
          seed,
        );
  return [
    [t("Ranges"), shareText(settings.level)],
    [t("Ranges of rates"), weighted ? resampled : t("Wilson score")],
    [t("Ranges of differences to the reference"), weighted ? resampled : t("Newcombe")],
    [t("Ranges of measures"), resampled],
    ...(audit.task === "multiclass" ? [howAccuracies(weighted, t)] : []),
    [t("Ranges of areas under ROC"), "Hanley-McNeil 1982"],
    [
      t("Too few rows"),
      t(
        "fewer than {0} rows, or than {1} that a rate is counted among: shown, and part of no measure",
        small.minRows,
        small.minDenominator,
      ),
    ],
    [
      t("Smallest gap seen"),
      t("gaps below it go unseen more often than {0} at this size", shareText(1 - settings.power)),
    ],
    ...(audit.task === "binary" ? [theil(audit, t)] : []),
    [t("Format"), schema],
  ];
}

const howAccuracies = (weighted: boolean, t: Translate): Fact => [
  t("Ranges of the part predicted right"),
  weighted ? t("none: the rows are weighted") : t("Wilson score; of their gap Newcombe"),
];

const theil = ({ entropy }: Audit, t: Translate): Fact => [
  t("Theil index"),
  t("{0}; {1}", entropy.theil === null ? t("not estimable") : digits(entropy.theil), entropy.convention),
];

const howErrors = ({ settings, schema }: RegressionAudit, t: Translate): Fact[] => [
  [t("Ranges"), shareText(settings.level)],
  [t("Ranges of mean errors"), t("normal, of the mean")],
  [t("Ranges of differences to the reference"), t("Welch's t; p after Holm over the groups")],
  [
    t("Distance of predictions"),
    t("Kolmogorov-Smirnov, of a group's predictions to those of all rows; no range is made"),
  ],
  [t("Too few rows"), t("fewer than {0} rows: shown, and part of no gap", settings.small.minRows)],
  [t("Format"), schema],
];
