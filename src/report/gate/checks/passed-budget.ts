import { usedWords } from "../../../carbon/budget/budget-words.ts";
import type { GateCheck } from "../gate.ts";

export const passedBudget: GateCheck = {
  id: "budget-passed",
  title: "The budget is not passed",
  why: "The project set this limit of energy or CO2e for the period itself.",
  check: ({ settings, budget }) => {
    if (!settings.budget || !budget) return [];
    return budget.lines
      .filter(({ state }) => state !== "within")
      .map((line) => ({
        level: line.state === "passed" ? "error" : "note",
        message: `The budget of ${budget.period.name} ${line.state === "passed" ? "is" : "may be"} passed: ${line.what} ${usedWords(line)}.`,
        remedy: "See `fairwatt budget`; [budget] in the project file has the limit.",
      }));
  },
};
