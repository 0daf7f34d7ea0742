/** What the page keeps while it is hidden and over window reloads, through the editor's own store. */

import { type HostMessage, hostMessage, type PageMessage, type PageState, pageState } from "../protocol.ts";
import { Wire as EditorWire } from "../wire.ts";

export const EMPTY_STATE: PageState = {
  v: 1,
  selected: null,
  compared: null,
  sort: { column: "when", descending: true },
  filter: "",
  hidden: [],
  open: [],
};

export type Wire = EditorWire<PageMessage, HostMessage, PageState>;

export const openWire = (): Wire => new EditorWire(hostMessage, pageState, EMPTY_STATE);
