/**
 * The least that opens a closed meter to one user: a group of its own and a udev rule, or the kernel's module. Never a
 * file that everybody may read, as the counters can be used to spy on others' work (CVE-2020-8694). What a fix changed is
 * kept as facts, from which the way back follows.
 */

import { RAPL_GROUP, RAPL_MODULE, RAPL_MODULE_FILE, RAPL_RULE, RAPL_RULE_FILE } from "./powercap-reasons.ts";

export const FIX_IDS = ["rapl-module", "rapl-group", "sensor-group"] as const;
export type FixId = (typeof FIX_IDS)[number];

/** Files of one subsystem that a udev rule gives to the group. */
interface Opening {
  file: string;
  rule: string;
  subsystem: "powercap" | "hwmon";
}

/** amd_energy's counters are the only sensors that the kernel's own driver keeps to root. */
const SENSOR_RULE: Opening = {
  file: "/etc/udev/rules.d/70-amd-energy-read.rules",
  rule: `SUBSYSTEM=="hwmon", ATTR{name}=="amd_energy", RUN+="/bin/sh -c 'chgrp ${RAPL_GROUP} %S%p/energy*_input; chmod g+r %S%p/energy*_input'"`,
  subsystem: "hwmon",
};
const OPENINGS: Readonly<Record<"rapl-group" | "sensor-group", Opening>> = {
  "rapl-group": { file: RAPL_RULE_FILE, rule: RAPL_RULE, subsystem: "powercap" },
  "sensor-group": SENSOR_RULE,
};

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

/** The steps; a sentence where something is in the way, or where nothing is left to do but to log in again. */
export function planFix(id: FixId, present: Present): Fix | { obstacle: string } {
  const opening = id === "rapl-module" ? undefined : OPENINGS[id];
  const { file, text } = opening
    ? { file: opening.file, text: opening.rule }
    : { file: RAPL_MODULE_FILE, text: RAPL_MODULE };
  const existing = present.fileText(file);
  if (existing !== undefined && existing.trim() !== text) {
    return { obstacle: `${file} is there already with something else in it; it was left as it is` };
  }
  const write: Step[] =
    existing === undefined
      ? [{ argv: ["tee", file], input: `${text}\n`, change: { kind: "file-written", file } }]
      : [];
  return opening ? openingFix(id, opening, write, present) : moduleFix(write);
}

function moduleFix(write: readonly Step[]): Fix {
  const change = { kind: "module-loaded", module: RAPL_MODULE } as const;
  return {
    id: "rapl-module",
    effect: `Loads the kernel's driver for the processor's energy counters (${RAPL_MODULE}), now and at each boot. Who may read them does not change.`,
    steps: [{ argv: ["modprobe", RAPL_MODULE], change }, ...write],
    afterwards: "Call fairwatt doctor again: where only root may read the counters, --fix opens them to you.",
  };
}

function openingFix(
  id: FixId,
  { subsystem }: Opening,
  write: readonly Step[],
  { user, groupExists, isMember }: Present,
): Fix {
  const isDone = groupExists && isMember && write.length === 0;
  const group: Step[] = [
    {
      argv: ["groupadd", "--system", RAPL_GROUP],
      change: { kind: "group-created", group: RAPL_GROUP },
    },
  ];
  const member: Step[] = [
    {
      argv: ["usermod", "--append", "--groups", RAPL_GROUP, user],
      change: { kind: "member-added", group: RAPL_GROUP, user },
    },
  ];
  const rule: Step[] = [
    { argv: ["udevadm", "control", "--reload"] },
    { argv: ["udevadm", "trigger", `--subsystem-match=${subsystem}`, "--action=add"] },
  ];
  return {
    id,
    effect: isDone
      ? `${user} is in the group ${RAPL_GROUP} and the rule is there: what is missing may be only that you log in again. The rule is applied anew by:`
      : `Lets ${user}, as a member of the group ${RAPL_GROUP}, read the processor's energy counters, and nobody else. It survives reboots.`,
    steps: [...(groupExists ? [] : group), ...(isMember ? [] : member), ...write, ...rule],
    afterwards: LOG_IN_AGAIN,
  };
}

/** Groups are given to a process when its session begins; an editor's server on a remote machine outlives a window. */
const LOG_IN_AGAIN =
  "Log out and in again, so that you are in the group (on a remote machine also end the editor's server there); then call fairwatt doctor.";

export type Counters = Readonly<Partial<Record<Opening["subsystem"], readonly string[]>>>;

/** The way back, last change first. `counters`: the files that the rules opened, by subsystem. */
export function undoSteps(changes: readonly Change[], counters: Counters): Step[] {
  return [...changes].reverse().flatMap((change) => takeBack(change, counters));
}

function takeBack(change: Change, counters: Counters): Step[] {
  switch (change.kind) {
    case "group-created":
      return [{ argv: ["groupdel", change.group] }];
    case "member-added":
      return [{ argv: ["gpasswd", "--delete", change.user, change.group] }];
    case "module-loaded":
      return [{ argv: ["modprobe", "--remove", change.module] }];
    case "file-written": {
      const opening = Object.values(OPENINGS).find(({ file }) => file === change.file);
      return [
        { argv: ["rm", "--force", change.file] },
        ...(opening ? close(counters[opening.subsystem] ?? []) : []),
      ];
    }
  }
}

function close(counters: readonly string[]): Step[] {
  const files: Step[] =
    counters.length === 0
      ? []
      : [{ argv: ["chmod", "g-r", ...counters] }, { argv: ["chgrp", "root", ...counters] }];
  return [{ argv: ["udevadm", "control", "--reload"] }, ...files];
}
