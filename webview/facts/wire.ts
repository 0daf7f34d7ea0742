/** The page's end of the wire: typed messages out, parsed messages in, and what it keeps over hiding and reloads. */

import { Wire as EditorWire } from "../wire.ts";
import { type HostMessage, hostMessage, type PageMessage, type PageState, pageState } from "./protocol.ts";

const EMPTY_STATE: PageState = { v: 1, project: null, document: "", open: ["report"] };

export type Wire = EditorWire<PageMessage, HostMessage, PageState>;

export const openWire = (): Wire => new EditorWire(hostMessage, pageState, EMPTY_STATE);
