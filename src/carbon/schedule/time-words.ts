/** Durations and moments as a person writes them on a command line. Pure; messages are sentences. */

const MINUTE = 60_000;
const UNITS: Record<string, number> = { s: 1000, m: MINUTE, min: MINUTE, h: 60 * MINUTE, d: 1440 * MINUTE };

/** "90m", "1h30m", "2.5 h", "1 d" -> ms. Throws a RangeError. */
export function parseDuration(text: string): number {
  const compact = text.replaceAll(/\s+/g, "").toLowerCase();
  const parts = [...compact.matchAll(/(\d+(?:\.\d+)?)(min|[smhd])/g)];
  const ms = parts.reduce((sum, [, number, unit]) => sum + Number(number) * UNITS[unit!]!, 0);
  if (parts.map(([part]) => part).join("") !== compact || !(ms > 0) || !Number.isFinite(ms)) {
    throw new RangeError(`"${text}" is not a duration; write 45m, 2h, 1h30m or 1d`);
  }
  return ms;
}

/**
 * "18:00" (the next one by this machine's clock), "+12h", "2026-11-23T08:00" (this machine's zone unless it names one) -> Unix
 * ms, after `now`. Throws a RangeError.
 */
export function parseMoment(text: string, now: number): number {
  const trimmed = text.trim();
  if (trimmed.startsWith("+")) return now + parseDuration(trimmed.slice(1));
  const clock = /^(\d{1,2}):(\d\d)$/.exec(trimmed);
  if (clock && Number(clock[1]) < 24 && Number(clock[2]) < 60) {
    const next = new Date(now);
    next.setHours(Number(clock[1]), Number(clock[2]), 0, 0);
    if (next.getTime() <= now) next.setDate(next.getDate() + 1);
    return next.getTime();
  }
  const dated = /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d.*)?$/.test(trimmed);
  const time = dated
    ? Date.parse(trimmed.length === 10 ? `${trimmed}T23:59` : trimmed.replace(" ", "T"))
    : Number.NaN;
  if (Number.isNaN(time)) {
    throw new RangeError(`"${text}" is not a time; write 18:00, +12h or 2026-11-23T08:00`);
  }
  if (time <= now) throw new RangeError(`${text} is over already`);
  return time;
}

const two = (number: number) => String(number).padStart(2, "0");

/** "2026-11-22T14:05" by this machine's clock, as sbatch takes it. */
export function localMinute(time: number): string {
  const date = new Date(time);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

export interface StartLines {
  slurm: string;
  at: string;
  cron: string;
}

/**
 * Lines that start a command in `folder` at a moment, by this machine's clock. They begin with the minute that it lies in, so
 * that none is done too late, but never with one that has begun by `now`. `until`: it is stopped then (SIGTERM), to be resumed
 * later.
 */
export function startLines(
  time: number,
  command: string,
  folder: string,
  { now, until }: { now: number; until?: number },
): StartLines {
  const minute = Math.max(Math.floor(time / MINUTE), Math.floor(now / MINUTE) + 1) * MINUTE;
  const date = new Date(minute);
  const local = localMinute(minute);
  const limited =
    until === undefined
      ? command
      : `timeout -s TERM ${Math.max(1, Math.floor((until - minute) / 1000))} ${command}`;
  return {
    slurm: `sbatch --begin=${local}:00 --chdir=${quoted(folder)} --wrap=${quoted(limited)}`,
    at: `cd ${quoted(folder)} && echo ${quoted(limited)} | at -t ${local.replaceAll(/[-T:]/g, "")}`,
    // Cron reads % as the end of a line, and comes again every year.
    cron: `${date.getMinutes()} ${date.getHours()} ${date.getDate()} ${date.getMonth() + 1} * cd ${quoted(folder)} && ${limited}`.replaceAll(
      "%",
      "\\%",
    ),
  };
}

const quoted = (text: string): string =>
  /^[A-Za-z0-9_./:=@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
