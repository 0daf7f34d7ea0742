/** What the page keeps while it is hidden and over window reloads, through the editor's own store. */

import { Wire as EditorWire } from "../wire.ts";
import { type HostMessage, hostMessage, type PageMessage, type PageState, pageState } from "./protocol.ts";

export const EMPTY_STATE: PageState = {
  v: 1,
  explored: null,
  grouping: [],
  facet: null,
  strategy: "single",
  mode: "exact",
  costRatio: 1,
  tolerance: 0.02,
  measure: "demographic_parity",
  together: false,
  custom: [],
  hidden: [],
  open: [],
  row: null,
  edits: [],
  scatter: null,
  feature: null,
};

export type Wire = EditorWire<PageMessage, HostMessage, PageState>;

export const openWire = (): Wire => new EditorWire(hostMessage, pageState, EMPTY_STATE);
