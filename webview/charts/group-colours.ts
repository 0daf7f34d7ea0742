/** A colour and a line for each group, the same in every view of a page. */

import { type ChartTheme, mix } from "./theme.ts";

export interface GroupLook {
  colour: string;
  /** Of lines: groups beyond the fourth share colours, and under high contrast every line has its own. */
  dash: number[];
  /** Place in the order of dash patterns. */
  pattern: number;
}

const DASHES: number[][] = [[], [9, 3], [2, 2], [9, 3, 2, 3]];

export function groupLook(theme: ChartTheme, index: number): GroupLook {
  const { gpu, cpu, dram, platform } = theme.components;
  const colours = [gpu, cpu, dram, platform];
  const round = Math.floor(index / colours.length);
  const colour = colours[index % colours.length]!;
  const pattern = (theme.highContrast ? index : round) % DASHES.length;
  return {
    colour: round % 2 === 0 ? colour : mix(colour, theme.foreground, 0.6),
    dash: DASHES[pattern]!,
    pattern,
  };
}
