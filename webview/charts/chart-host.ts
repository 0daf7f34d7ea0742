/** What every page with charts does for them: the theme, copies, and what is hidden or shown as a table. */

import type { Wire } from "../wire.ts";
import { imageOf } from "./copy-image.ts";
import type { ChartHost, PanelStrings } from "./panel.ts";
import type { ChartTheme } from "./theme.ts";

/** What a page keeps of its charts. */
interface ChartState {
  /** Series that are not drawn. */
  hidden: string[];
  /** Parts of the page that are open, charts shown as a table among them. */
  open: string[];
}

type ChartMessage = { type: "copy"; text: string } | { type: "saveImage"; name: string; png: string };

/** @param table the name that a chart's table has among what is open */
export function chartHost<Strings extends PanelStrings, State extends ChartState, HostMessage>(
  wire: Wire<ChartMessage, HostMessage, State>,
  strings: Strings,
  theme: () => ChartTheme,
  table = (panel: string) => panel,
): ChartHost<Strings> {
  return {
    strings,
    theme,
    copyText: (text) => wire.post({ type: "copy", text }),
    copyImage: async (canvas, name) => {
      const image = await imageOf(canvas, name, theme());
      try {
        await navigator.clipboard.write([new ClipboardItem({ "image/png": image.blob })]);
      } catch {
        wire.post({ type: "saveImage", name, png: await image.base64() });
      }
    },
    isOpen: (panel) => wire.state.open.includes(table(panel)),
    setOpen: (panel, open) =>
      wire.save({ open: withName(wire.state.open, table(panel), open) } as Partial<State>),
    isHidden: (series) => wire.state.hidden.includes(series),
    setHidden: (series, hidden) =>
      wire.save({ hidden: withName(wire.state.hidden, series, hidden) } as Partial<State>),
  };
}

/** Adds or removes one name of a list kept in the state. */
export function withName(names: readonly string[], name: string, present: boolean): string[] {
  const others = names.filter((other) => other !== name);
  return present ? [...others, name] : others;
}
