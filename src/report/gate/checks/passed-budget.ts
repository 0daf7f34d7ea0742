import { isOver } from "../../../carbon/budget/budget.ts";
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
        level: isOver(line.state) ? "error" : "note",
        message: `The budget of ${budget.period.name} ${isOver(line.state) ? "is" : "may be"} passed: ${line.what} ${usedWords(line)}.`,
        remedy: "See `fairwatt budget`; [budget] in the project file has the limit.",
      }));
  },
};
