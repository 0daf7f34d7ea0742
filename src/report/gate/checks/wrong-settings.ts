import type { GateCheck } from "../gate.ts";

export const wrongSettings: GateCheck = {
  id: "settings-wrong",
  title: "The project file is understood",
  why: "A limit, a budget or a question to the gate that is written wrongly would not be asked.",
  check: ({ settingsProblems }) =>
    settingsProblems.map(({ file, line, message }) => ({
      level: "error",
      message: message.replace(/\.?$/, "."),
      remedy: "What is written wrongly is not asked for; mend it.",
      file,
      line,
    })),
};
