/**
 * The least that opens a closed meter to one user: a group of its own and a udev rule, or the kernel's module. Never a
 * file that everybody may read, as the counters can be used to spy on others' work (CVE-2020-8694). What a fix changed is
 * kept as facts, from which the way back follows.
 */

import { RAPL_GROUP, RAPL_MODULE, RAPL_MODULE_FILE, RAPL_RULE, RAPL_RULE_FILE } from "./powercap-reasons.ts";

export type FixId = "rapl-group" | "rapl-module";

/** What one step changes; the record of a fix is the list of those that were done. */
export type Change =
  | { kind: "group-created"; group: string }
  | { kind: "member-added"; group: string; user: string }
  | { kind: "file-written"; file: string }
  | { kind: "module-loaded"; module: string };

export interface Step {
  /** Program and arguments, to be run as root. */
  argv: readonly string[];
  /** What it reads on its standard input. */
  input?: string;
  change?: Change;
}

export interface Fix {
  id: FixId;
  /** What it lets whom do, and what not. */
  effect: string;
  steps: Step[];
  /** What is left to the user. */
  afterwards: string;
}

/** How the system is now: what is there already is not done again, and not undone either. */
export interface Present {
  user: string;
  groupExists: boolean;
  isMember: boolean;
  /** Content of a file, undefined where it is not there. */
  fileText: (file: string) => string | undefined;
}

/** The steps; a sentence where a file that somebody else wrote is in the way. */
export function planFix(id: FixId, present: Present): Fix | { obstacle: string } {
  const [file, text] = id === "rapl-group" ? [RAPL_RULE_FILE, RAPL_RULE] : [RAPL_MODULE_FILE, RAPL_MODULE];
  const existing = present.fileText(file);
  if (existing !== undefined && existing.trim() !== text) {
    return { obstacle: `${file} is there already with something else in it; it was left as it is` };
  }
  const write: Step[] =
    existing === undefined
      ? [{ argv: ["tee", file], input: `${text}\n`, change: { kind: "file-written", file } }]
      : [];
  if (id === "rapl-module") {
    const change = { kind: "module-loaded", module: RAPL_MODULE } as const;
    return {
      id,
      effect: `Loads the kernel's driver for the processor's energy counters (${RAPL_MODULE}), now and at each boot. Who may read them does not change.`,
      steps: [{ argv: ["modprobe", RAPL_MODULE], change }, ...write],
      afterwards:
        "Call fairwatt doctor again: where only root may read the counters, --fix opens them to you.",
    };
  }
  return {
    id,
    effect: `Lets ${present.user}, as a member of the group ${RAPL_GROUP}, read the processor's energy counters, and nobody else. It survives reboots.`,
    steps: [
      ...(present.groupExists
        ? []
        : [
            {
              argv: ["groupadd", "--system", RAPL_GROUP],
              change: { kind: "group-created", group: RAPL_GROUP } as const,
            },
          ]),
      ...(present.isMember
        ? []
        : [
            {
              argv: ["usermod", "--append", "--groups", RAPL_GROUP, present.user],
              change: { kind: "member-added", group: RAPL_GROUP, user: present.user } as const,
            },
          ]),
      ...write,
      { argv: ["udevadm", "control", "--reload"] },
      { argv: ["udevadm", "trigger", "--subsystem-match=powercap", "--action=add"] },
    ],
    afterwards: "Log out and in again, so that you are in the group; then call fairwatt doctor.",
  };
}

/** The way back, last change first. `counters`: the energy_uj files that the rule opened. */
export function undoSteps(changes: readonly Change[], counters: readonly string[]): Step[] {
  return [...changes].reverse().flatMap((change) => takeBack(change, counters));
}

function takeBack(change: Change, counters: readonly string[]): Step[] {
  switch (change.kind) {
    case "group-created":
      return [{ argv: ["groupdel", change.group] }];
    case "member-added":
      return [{ argv: ["gpasswd", "--delete", change.user, change.group] }];
    case "module-loaded":
      return [{ argv: ["modprobe", "--remove", change.module] }];
    case "file-written":
      return [
        { argv: ["rm", "--force", change.file] },
        ...(change.file === RAPL_RULE_FILE ? close(counters) : []),
      ];
  }
}

function close(counters: readonly string[]): Step[] {
  const files: Step[] =
    counters.length === 0
      ? []
      : [{ argv: ["chmod", "g-r", ...counters] }, { argv: ["chgrp", "root", ...counters] }];
  return [{ argv: ["udevadm", "control", "--reload"] }, ...files];
}
