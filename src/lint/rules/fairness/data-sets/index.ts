/** The public data sets about persons that are known here; the first that fits is taken. */

import { CREDIT } from "./credit.ts";
import { CUSTOMERS } from "./customers.ts";
import { EDUCATION_AND_JUSTICE } from "./education-justice.ts";
import { HEARTS_AND_DIABETES } from "./hearts-diabetes.ts";
import { IMAGES_AND_VOICES } from "./images-voices.ts";
import { INSURANCE } from "./insurance.ts";
import { PATIENTS } from "./patients.ts";
import type { Row } from "./row.ts";
import { WORK } from "./work.ts";

export type { PersonDataSet } from "./row.ts";

export const DATA_SETS: readonly Row[] = [
  ...WORK,
  ...EDUCATION_AND_JUSTICE,
  ...INSURANCE,
  ...HEARTS_AND_DIABETES,
  ...PATIENTS,
  ...CREDIT,
  ...IMAGES_AND_VOICES,
  ...CUSTOMERS,
];
