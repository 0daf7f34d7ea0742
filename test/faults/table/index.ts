/** All faults. A new one is an entry in one of these lists. */

import { CLOCK_FAULTS } from "./clocks.ts";
import { DISK_FAULTS } from "./disks.ts";
import type { Fault } from "./fault.ts";
import { METER_FAULTS } from "./meters.ts";
import { PROCESS_FAULTS } from "./processes.ts";
import { SAMPLER_FAULTS } from "./samplers.ts";

export const FAULTS: Fault[] = [
  ...METER_FAULTS,
  ...SAMPLER_FAULTS,
  ...CLOCK_FAULTS,
  ...DISK_FAULTS,
  ...PROCESS_FAULTS,
];
