/** `fairwatt rule`: a rule's page, or the list of them. */

import { rulePage } from "../lint/rule-page.ts";
import { RULES } from "../lint/rules/index.ts";
import { formatTable, print, printJson } from "./table.ts";

const NO_SUCH_RULE = 2;

/** Returns 0, or 2 when there is no such rule. */
export async function rule(code: string | undefined, options: { json?: boolean }): Promise<number> {
  if (code === undefined) {
    const rows = RULES.map(({ code, name, severity, fix, default: isDefault }) => [
      code,
      isDefault ? "on" : "off",
      severity,
      fix,
      name,
    ]);
    const columns = ["rule", "default", "severity", "fix", "name"].map((title) => ({ title }));
    if (options.json) await printJson(RULES.map(({ check: _, examples: __, ...rest }) => rest));
    else await print(formatTable(columns, rows));
    return 0;
  }
  const wanted = code.toUpperCase();
  const found = RULES.find((each) => each.code === wanted || each.name === code.toLowerCase());
  if (!found) {
    process.stderr.write(`fairwatt: there is no rule "${code}"; list them with: fairwatt rule\n`);
    return NO_SUCH_RULE;
  }
  const { check: _, examples: __, ...rest } = found;
  if (options.json) await printJson(rest);
  else await print([rulePage(found).trimEnd()]);
  return 0;
}
