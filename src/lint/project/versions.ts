/** Distributions that a file names and the versions it pins them to: requirements, lock files, pyproject, conda, Dockerfile. */

import { IMAGES, LOCKS, namesVersions, REQUIREMENTS } from "./version-files.ts";

export interface PinnedVersion {
  exact?: string;
  min?: string;
  below?: string;
}

/** A requirement: name, extras, specifiers. Conda writes one "=", Poetry a caret or tilde. */
const REQUIREMENT =
  /^([A-Za-z0-9][A-Za-z0-9._-]*)\s*(?:\[[^\]]*\])?\s*((?:(?:===?|=|~=|!=|>=|<=|>|<|\^|~)\s*[\w.*+!-]+\s*,?\s*)*)/;
const MAX_CHARACTERS = 4_000_000;

/** Lower-case names as in PEP 503 -> what the file says of their version; {} for a file of another kind. */
export function readVersions(path: string, text: string): Record<string, PinnedVersion> {
  if (text.length > MAX_CHARACTERS || !namesVersions(path)) return {};
  if (LOCKS.test(path)) return locked(path, text);
  const found: Record<string, PinnedVersion> = {};
  for (const requirement of REQUIREMENTS.test(path) ? text.split(/\r?\n/) : quotedOrInstalled(path, text)) {
    const match = REQUIREMENT.exec(requirement.trim());
    if (match) found[normal(match[1]!)] ??= specifiers(match[2] ?? "");
  }
  return found;
}

function locked(path: string, text: string): Record<string, PinnedVersion> {
  const found: Record<string, PinnedVersion> = {};
  const pattern = path.endsWith("Pipfile.lock")
    ? /"([\w.-]+)":\s*\{[^{}]*?"version":\s*"==([^"]+)"/g
    : /^name\s*=\s*"([^"]+)"\r?\nversion\s*=\s*"([^"]+)"/gm;
  for (const [, name, exact] of text.matchAll(pattern)) found[normal(name!)] = { exact };
  return found;
}

/** The requirements inside a file of another syntax, as requirement lines. */
function quotedOrInstalled(path: string, text: string): string[] {
  if (IMAGES.test(path)) {
    const joined = text.replace(/\\\r?\n/g, " ");
    const installs = joined.matchAll(/\b(?:pip3?|uv pip|conda|mamba)\s+install\s+([^\n;&|]*)/g);
    return [...installs].flatMap(([, rest]) =>
      rest!
        .split(/\s+/)
        .map((word) => word.replace(/^["']|["']$/g, ""))
        .filter((word) => /^[A-Za-z]/.test(word) && !/[/:]/.test(word)),
    );
  }
  if (/\.ya?ml$/i.test(path)) {
    return [
      ...text.matchAll(/^\s*-\s+["']?([A-Za-z0-9][\w.-]*\s*(?:[=<>~!][^#"'\r\n]*)?)["']?\s*(?:#.*)?$/gm),
    ].map(([, requirement]) => requirement!);
  }
  const tables =
    /^\s*\[(?:tool\.poetry\.(?:group\.[\w-]+\.)?(?:dev-)?dependencies|(?:dev-)?packages)\]\s*$([\s\S]*?)(?=^\s*\[|$(?![\s\S]))/gm;
  const keyed = [...text.matchAll(tables)].flatMap(([, body]) =>
    [...body!.matchAll(/^([A-Za-z0-9][\w.-]*)\s*=\s*(?:"([^"]*)"|\{[^}\n]*?version\s*=\s*"([^"]*)")?/gm)].map(
      ([, name, plain, inTable]) =>
        `${name} ${/^\d/.test(plain ?? inTable ?? "") ? "==" : ""}${plain ?? inTable ?? ""}`,
    ),
  );
  const quoted = [
    ...text.matchAll(
      /["']([A-Za-z0-9][\w.-]*(?:\[[^\]"']*\])?\s*(?:[=<>~!]=?[^"';]*)?)["']\s*(?=[,\]\s;)])/g,
    ),
  ];
  return [...keyed, ...quoted.map(([, requirement]) => requirement!)];
}

function specifiers(text: string): PinnedVersion {
  const pinned: PinnedVersion = {};
  for (const [, operator, version] of text.matchAll(/(===?|=|~=|!=|>=|<=|>|<|\^|~)\s*([\w.*+!-]+)/g)) {
    if (operator!.startsWith("=")) {
      if (!version!.includes("*")) pinned.exact = version;
      else pinned.min = version!.replace(/\.?\*.*$/, "");
    } else if (
      operator === ">=" ||
      operator === ">" ||
      operator === "~=" ||
      operator === "^" ||
      operator === "~"
    ) {
      pinned.min = version;
      if (operator === "^" || operator === "~=" || operator === "~")
        pinned.below ??= nextMajor(version!, operator);
    } else if (operator === "<" || operator === "<=") pinned.below = version;
  }
  return pinned;
}

/** The version that "compatible with" stops below: ^4.40 -> 5, ~=4.40 -> 5, ~=4.40.1 -> 4.41. */
function nextMajor(version: string, operator: string): string {
  const parts = version.split(".").map(Number);
  const kept = operator === "^" ? 1 : Math.max(1, parts.length - 1);
  const head = parts.slice(0, kept);
  head[head.length - 1] = (head.at(-1) ?? 0) + 1;
  return head.join(".");
}

function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}
