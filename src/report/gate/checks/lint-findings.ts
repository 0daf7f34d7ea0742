import type { GateCheck } from "../gate.ts";

export const lintFindings: GateCheck = {
  id: "lint",
  title: "Lint finds nothing that the project does not allow",
  why: "A step that is missing from the code is missing from the model.",
  check: ({ settings, lint }) =>
    settings.lint === "off"
      ? []
      : lint
          .filter(({ severity }) => severity === "error" || settings.lint === "warning")
          .map(({ rule, message, file, line }) => ({
            level: "error" as const,
            message: `${rule}: ${message}`,
            remedy: `fairwatt rule ${rule}`,
            file,
            line,
          })),
};
