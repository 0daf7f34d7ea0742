import * as path from "node:path";

const UP = path.resolve(import.meta.dirname, "../../fixtures/sampler-up.cjs");

/** For `node -e`: 200 batches, one each 50 ms in the time of the run's clock, but at once; not before the sampler is up. */
export const MARKING_PROGRAM = `
const { appendFileSync } = require("node:fs");
require(${JSON.stringify(UP)})(require("node:path").dirname(process.env.FAIRWATT_MARKS));
const mono = Number(process.hrtime.bigint()) / 1e9;
for (let i = 0; i < 200; i++)
  appendFileSync(process.env.FAIRWATT_MARKS, JSON.stringify({ type: "mark", t: 0, mono: mono + i / 20, kind: "step", metrics: { units: 2, seconds: 0.04 } }) + "\\n");
`;
