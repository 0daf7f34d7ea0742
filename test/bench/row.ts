/** What a bench gives: rows of one table, and the statistics they are made with. */

export interface Row {
  group: string;
  what: string;
  ours: string;
  /** CodeCarbon where it does not say another name. */
  peer?: string;
  /** Ours to the peer's. */
  ratio?: string;
  goal?: string;
  /** Absent where there is no goal. */
  met?: boolean;
}

export interface Context {
  /** The repository, built for production. */
  root: string;
  say: (text: string) => void;
}

export type Bench = (context: Context) => Promise<Row[]>;

/** Value below which the part `q` (0 to 1) of the values lies, by linear interpolation. NaN of none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length === 0) return Number.NaN;
  const at = q * (sorted.length - 1);
  const below = sorted[Math.floor(at)]!;
  return below + (at % 1) * ((sorted[Math.ceil(at)] ?? below) - below);
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** "0.09 x" */
export const times = (ratio: number): string => `${ratio.toPrecision(2)} x`;

export const delay = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
