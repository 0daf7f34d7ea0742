/** Elapsed time on an axis: steps a person counts in, and an end that does not move with every second. */

const STEPS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
  604_800,
];

/** Seconds between ticks, at most about `most` of them. */
export function timeStep(seconds: number, most: number): number {
  return STEPS.find((step) => seconds / step <= most) ?? 604_800 * Math.ceil(seconds / (604_800 * most));
}

/** Where the axis ends: at the run's end when it is over, at the next tick while it runs. */
export function timeEnd(seconds: number, live: boolean, most = 8): number {
  const length = Math.max(seconds, 1);
  if (!live) return length;
  const step = timeStep(Math.max(length, 20), most);
  return Math.max(20, Math.ceil((length + 0.001) / step) * step);
}

/** Every how many epochs a label stands, so that there are at most `most`: 1, 2, 5, 10, 20, 50, ... */
export function epochStep(epochs: number, most: number): number {
  let step = 1;
  for (let i = 0; epochs / step > most; i++) step *= i % 3 === 1 ? 2.5 : 2;
  return step;
}

/** "0", "30 s", "12:30", "3 h", "3:30 h" for a tick. */
export function timeTick(seconds: number): string {
  if (seconds === 0) return "0";
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const h = Math.floor(seconds / 3600);
  const m = Math.floor((seconds % 3600) / 60);
  const s = Math.round(seconds % 60);
  if (h > 0 && m === 0 && s === 0) return `${h} h`;
  if (h > 0) return `${h}:${String(m).padStart(2, "0")} h`;
  return s === 0 ? `${m} min` : `${m}:${String(s).padStart(2, "0")}`;
}
