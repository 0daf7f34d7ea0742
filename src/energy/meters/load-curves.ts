/** Power of a processor by its load, as a band: three published shapes, scaled to watts. */

import type { PowerCurve } from "./meter.ts";

const LOADS = [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1] as const;

/** CodeCarbon 3.3.0's load model: a floor of 10 %, then the cube. Known to be low in the middle. */
const cubic = (load: number) => 0.1 + 0.9 * load ** 3;

/** Straight from 10 % idle to full, as Eco2AI and Cloud Carbon Footprint take it. */
const linear = (load: number) => 0.1 + 0.9 * load;

/** boaviztapi's fit to measured Xeon Platinum servers, as a part of its own maximum: 14 % idle, 70 % at half load. */
const fitted = (load: number) => {
  const watts = (x: number) => 171.1813 * Math.log(0.0354 * (x * 100 + 36.8953)) - 10.1336;
  return watts(load) / watts(1);
};

/** What a rating may be off by at full load: TDP-based estimates were 27 to 37 % off (arXiv:2506.14551). */
const BELOW_RATING = 0.7;
const ABOVE_RATING = 1.3;

export interface Band {
  low: PowerCurve;
  mid: PowerCurve;
  high: PowerCurve;
}

export interface Watts {
  low: number;
  mid: number;
  high: number;
}

const curve = (shape: (load: number) => number, watts: number): PowerCurve =>
  LOADS.map((load) => [load, round(watts * shape(load))] as const);

const round = (watts: number) => Math.round(watts * 1000) / 1000;

/** Band around a rated power; `rated.low` and `.high` are what the rating itself may be. */
export function ratedBand(rated: Watts): Band {
  return {
    low: curve(cubic, rated.low * BELOW_RATING),
    mid: curve(linear, rated.mid),
    high: curve(fitted, rated.high * ABOVE_RATING),
  };
}

/** Straight lines from idle to full watts. */
export function idleToFullBand(idle: Watts, full: Watts): Band {
  const line = (key: keyof Watts): PowerCurve => [
    [0, round(idle[key])],
    [1, round(full[key])],
  ];
  return { low: line("low"), mid: line("mid"), high: line("high") };
}

export const RATED_BAND_SOURCE =
  "from 70 % of the rating on CodeCarbon's cubic to 130 % on boaviztapi's server fit, around a straight line; ratings were found 27 to 37 % off at full load (arXiv:2506.14551)";
