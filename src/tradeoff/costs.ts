/** Cost of training and of 1,000 units, by the prices of the project file; and the hardware's making. Pure. */

import { declaredTerms } from "../carbon/accounting/sci.ts";
import type { SciConfig } from "../config/carbon-settings.ts";
import type { CandidateConfig, TradeoffConfig } from "../config/tradeoff-settings.ts";
import type { BenchBody } from "../ledger/entries/bench.ts";
import { JOULES_PER_KWH, type Quantity, sumQuantities } from "../quantity.ts";
import type { Valued } from "./candidate.ts";
import type { Amount } from "./matrix/lifetime.ts";
import type { Training } from "./training.ts";

/** Electricity at the price of a kWh, and what else it cost; null where neither is known, or a priced part was not measured. */
export function trainingCost(
  { facilityKwh, energy }: Training,
  given: CandidateConfig,
  config: TradeoffConfig,
): Valued | null {
  const other = given["training-cost"];
  const price = config["price-per-kwh"];
  if (price === undefined) {
    if (other !== undefined) return exactly(other, "as given; electricity is not priced");
    return energy?.value === 0 ? exactly(0, "nothing was trained") : null;
  }
  if (!facilityKwh) return null;
  return sum([
    { amount: times(facilityKwh, price), source: `facility energy at ${price} ${config.currency} per kWh` },
    ...(other === undefined ? [] : [{ amount: fixed(other), source: "other cost as given" }]),
  ]);
}

/** For 1,000 units: as given; else electricity (energy x PUE x price) and the machine's hours. */
export function inferenceCost(
  bench: BenchBody | undefined,
  given: CandidateConfig,
  config: TradeoffConfig,
): Valued | null {
  const flat = given["cost-per-1000"];
  if (flat !== undefined) return exactly(flat, "as given");
  const price = config["price-per-kwh"];
  const hourly = given["cost-per-hour"];
  if (!bench || (price === undefined && hourly === undefined)) return null;
  const { energyPer1000, pue, throughput } = bench;
  if (price !== undefined && !energyPer1000) return null;
  // Of a throughput that may be nothing, hours have no upper end.
  if (hourly !== undefined && throughput.low <= 0) return null;
  return sum([
    ...(price === undefined || !energyPer1000
      ? []
      : [
          {
            amount: times(energyPer1000, (pue * price) / JOULES_PER_KWH),
            source: `energy x PUE ${pue} at ${price} ${config.currency} per kWh`,
          },
        ]),
    ...(hourly === undefined
      ? []
      : [
          {
            amount: hoursFor(throughput, hourly),
            source: `machine at ${hourly} ${config.currency} an hour, at the measured throughput`,
          },
        ]),
  ]);
}

/** SCI's M for the hours that 1,000 units take, of hardware that the project names; null where it names none. */
export function embodiedPer1000(throughput: Valued, sci: SciConfig | undefined): Quantity<"gCO2e"> | null {
  if (!sci?.hardware || sci.hardware.length === 0) return null;
  const terms = declaredTerms([{ durationSeconds: 1000 / throughput.value }], sci);
  return sumQuantities(
    "gCO2e",
    terms.map(({ value }) => value),
  );
}

/** The faster, the fewer hours: the ends of the range change places. */
const hoursFor = ({ value, low, high }: Amount, hourly: number): Amount => {
  const cost = (perSecond: number) => (1000 / perSecond / 3600) * hourly;
  return { value: cost(value), low: cost(high), high: cost(low) };
};

const fixed = (value: number): Amount => ({ value, low: value, high: value });
const exactly = (value: number, source: string): Valued => ({ ...fixed(value), source });

const times = ({ value, low, high }: Amount, factor: number): Amount => ({
  value: value * factor,
  low: low * factor,
  high: high * factor,
});

function sum(parts: readonly { amount: Amount; source: string }[]): Valued {
  const total = (end: keyof Amount) => parts.reduce((all, { amount }) => all + amount[end], 0);
  return {
    value: total("value"),
    low: total("low"),
    high: total("high"),
    source: parts.map(({ source }) => source).join("; "),
  };
}
