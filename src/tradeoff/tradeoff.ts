/** From a project's ledger and settings to its trade-off matrix. Pure. */

import type { ProjectConfig } from "../config/project.ts";
import { tradeoffConfig } from "../config/tradeoff-settings.ts";
import { gatherCandidates, type TradeoffEvidence } from "./gather.ts";
import { decisionNotices } from "./matrix/decision.ts";
import { type Matrix, matrixOf } from "./matrix/matrix.ts";

/** Of a project whose settings do not speak of it, all models that were audited or benched. */
export function tradeoffOf(
  evidence: TradeoffEvidence,
  project: Pick<ProjectConfig, "tradeoff" | "sci">,
): Matrix {
  const config = project.tradeoff ?? tradeoffConfig.parse({});
  const { candidates, notices } = gatherCandidates(evidence, config, project.sci);
  const matrix = matrixOf(candidates, config, notices);
  return { ...matrix, notices: [...matrix.notices, ...decisionNotices(matrix, config)] };
}
