/** A shape per state beside its word, so that it is told without colour. */

import type { RunDetail } from "../protocol.ts";
import { h, setText } from "../ui/dom.ts";

const GLYPHS: Record<RunDetail["state"], string> = {
  running: "●",
  finished: "✓",
  failed: "✕",
  stopped: "■",
  interrupted: "◌",
};

export function createGlyph() {
  const element = h("span", { class: "glyph", "aria-hidden": "true" });
  return {
    element,
    update(state: RunDetail["state"]): void {
      setText(element, GLYPHS[state]);
      element.dataset.state = state;
    },
  };
}
