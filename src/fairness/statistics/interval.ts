/** A range with how it was made. */
export interface Interval {
  low: number;
  high: number;
  /** 0.95: of a hundred such intervals about ninety-five hold the true value. */
  level: number;
  /** "Wilson score", "BCa bootstrap, 2,000 replicates, ..." */
  method: string;
}

export const DEFAULT_LEVEL = 0.95;
