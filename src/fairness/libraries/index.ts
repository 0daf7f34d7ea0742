/** The libraries whose own numbers can be had. */

import { aequitas } from "./aequitas.ts";
import { aif360 } from "./aif360.ts";
import { fairlearn } from "./fairlearn.ts";
import type { Library } from "./library.ts";
import type { LibraryName } from "./library-answer.ts";

export const LIBRARIES: Readonly<Record<LibraryName, Library>> = { fairlearn, aif360, aequitas };
