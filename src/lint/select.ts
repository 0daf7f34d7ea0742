/** Which rules are on: prefixes as Ruff selects them, the more exact prefix going before the shorter one. */

import ignoreFactory from "ignore";
import type { Profile, Rule } from "./rule.ts";

export interface Selection {
  /** "FW1", "FW201", "ALL", "DEFAULT" (the precise subset); undefined: the precise subset. */
  select?: readonly string[];
  ignore?: readonly string[];
  profile?: Profile;
  /** Patterns as in .gitignore, of paths relative to the project's folder -> prefixes that are off there. */
  perFileIgnores?: Readonly<Record<string, readonly string[]>>;
}

type RuleName = Pick<Rule, "code" | "default">;

/** Prefixes that name no rule: for a message, before anything is linted. */
export function unknownPrefixes(prefixes: readonly string[], rules: readonly RuleName[]): string[] {
  return prefixes.filter((prefix) => !rules.some((rule) => reach(prefix, rule) >= 0));
}

/** The rules that are on for one file. `path` has forward slashes and is relative to the project's folder. */
export function selectRules<R extends RuleName>(
  rules: readonly R[],
  selection: Selection,
  path?: string,
): readonly R[] {
  const select = selection.select ?? ["DEFAULT"];
  const ignore = [...(selection.ignore ?? []), ...ignoredFor(path, selection.perFileIgnores)];
  return rules.filter((rule) => {
    const on = Math.max(-1, ...select.map((prefix) => reach(prefix, rule)));
    const off = Math.max(-1, ...ignore.map((prefix) => reach(prefix, rule)));
    return on >= 0 && on > off;
  });
}

/** True when more than the precise subset names the rule. */
export function isChosen(rule: RuleName, { select }: Selection): boolean {
  return (select ?? []).some(
    (prefix) => prefix.trim().toUpperCase() !== "DEFAULT" && reach(prefix, rule) >= 0,
  );
}

/** How exactly a prefix names a rule: its length; 0 for the two words; -1 when it does not. */
function reach(prefix: string, rule: RuleName): number {
  const wanted = prefix.trim().toUpperCase();
  if (wanted === "ALL") return 0;
  if (wanted === "DEFAULT") return rule.default ? 0 : -1;
  return wanted !== "" && rule.code.startsWith(wanted) ? wanted.length : -1;
}

const matchers = new Map<string, (path: string) => boolean>();

function ignoredFor(path: string | undefined, perFile: Selection["perFileIgnores"]): string[] {
  if (path === undefined || !perFile) return [];
  return Object.entries(perFile).flatMap(([pattern, prefixes]) =>
    matcherOf(pattern)(path) ? [...prefixes] : [],
  );
}

function matcherOf(pattern: string): (path: string) => boolean {
  let matches = matchers.get(pattern);
  if (!matches) {
    const one = ignoreFactory().add(pattern);
    matches = (path) => ignoreFactory.isPathValid(path) && one.ignores(path);
    matchers.set(pattern, matches);
  }
  return matches;
}
