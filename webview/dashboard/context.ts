/** What the parts of the page share. */

import type { PageCommand, PageStrings } from "../protocol.ts";
import type { Wire } from "./state.ts";

export interface PageContext {
  wire: Wire;
  strings: PageStrings;
  command(command: PageCommand, run: string | null): void;
}
