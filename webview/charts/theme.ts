/** The editor's colours for the charts, read again when the theme changes. */

import type { SeriesRow } from "./series-buffer.ts";

export interface ChartTheme {
  /** Of what is one thing only: energy, epochs. */
  accent: string;
  components: Record<SeriesRow["component"], string>;
  foreground: string;
  muted: string;
  grid: string;
  background: string;
  hoverBackground: string;
  hoverBorder: string;
  fontFamily: string;
  fontSize: number;
  highContrast: boolean;
  reducedMotion: boolean;
}

export function readTheme(): ChartTheme {
  const styles = getComputedStyle(document.documentElement);
  const colourOf = (name: string, fallback: string) => styles.getPropertyValue(name).trim() || fallback;
  const components = Object.fromEntries(
    Object.entries(COMPONENT_COLOURS).map(([component, colour]) => [component, opaque(colourOf(...colour))]),
  ) as ChartTheme["components"];
  const classes = document.body.classList;
  const foreground = colourOf("--vscode-charts-foreground", colourOf("--vscode-foreground", "#888888"));
  const highContrast =
    classes.contains("vscode-high-contrast") || classes.contains("vscode-high-contrast-light");
  return {
    accent: components.gpu,
    components,
    foreground,
    muted: colourOf("--vscode-descriptionForeground", foreground),
    grid: mix(foreground, colourOf("--vscode-editor-background", "#000000"), highContrast ? 0.4 : 0.12),
    background: colourOf("--vscode-editor-background", "#000000"),
    hoverBackground: colourOf("--vscode-editorHoverWidget-background", "#222222"),
    hoverBorder: colourOf("--vscode-editorHoverWidget-border", foreground),
    fontFamily: colourOf("--vscode-font-family", "sans-serif"),
    fontSize: Number.parseFloat(colourOf("--vscode-font-size", "13px")) || 13,
    highContrast,
    reducedMotion:
      classes.contains("vscode-reduce-motion") || matchMedia("(prefers-reduced-motion: reduce)").matches,
  };
}

/** Calls back when the editor changes its theme. */
export function watchTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["style", "class"] });
  observer.observe(document.body, { attributes: true, attributeFilter: ["class"] });
  return () => observer.disconnect();
}

/** One colour per component, always the same; red and green are left out because they judge. */
const COMPONENT_COLOURS: Record<SeriesRow["component"], [name: string, fallback: string]> = {
  gpu: ["--vscode-charts-blue", "#3794ff"],
  cpu: ["--vscode-charts-orange", "#d18616"],
  dram: ["--vscode-charts-purple", "#b180d7"],
  platform: ["--vscode-charts-yellow", "#cca700"],
};

/** Colour of the `nth` of `count` devices of a component: the further, the nearer to the background. */
export function seriesColour(
  theme: ChartTheme,
  component: SeriesRow["component"],
  nth: number,
  count: number,
): string {
  const base = theme.components[component];
  return count <= 1 ? base : mix(base, theme.background, 1 - (0.6 * nth) / count);
}

const ESTIMATED = [5, 3];
const DASHES: number[][] = [[], [9, 3], [2, 2], [9, 3, 2, 3], [14, 4], [2, 5]];

/** Under high contrast every series has its own line; else only what is estimated is dashed. */
export function seriesDash(theme: ChartTheme, method: string, index: number): number[] {
  if (method === "estimated") return ESTIMATED;
  return theme.highContrast ? DASHES[index % DASHES.length]! : [];
}

type Rgb = [r: number, g: number, b: number, a: number];

/** "#rgb", "#rrggbb", "#rrggbbaa", "rgb(...)", "rgba(...)"; black for anything else. */
export function parseColour(text: string): Rgb {
  const hex = /^#([0-9a-f]{3,8})$/i.exec(text.trim())?.[1];
  if (hex) {
    const full = hex.length <= 4 ? [...hex].map((digit) => digit + digit).join("") : hex;
    const part = (at: number) => Number.parseInt(full.slice(at, at + 2), 16);
    return [part(0), part(2), part(4), full.length === 8 ? part(6) / 255 : 1];
  }
  const numbers = /^rgba?\(([^)]+)\)$/i
    .exec(text.trim())?.[1]
    ?.split(/[\s,/]+/)
    .map(Number.parseFloat);
  if (!numbers || numbers.length < 3 || numbers.some(Number.isNaN)) return [0, 0, 0, 1];
  return [numbers[0]!, numbers[1]!, numbers[2]!, numbers[3] ?? 1];
}

/** `part` of one colour, the rest of the other; opaque. */
export function mix(colour: string, other: string, part: number): string {
  const [a, b] = [parseColour(colour), parseColour(other)];
  const channel = (i: 0 | 1 | 2) => Math.round(a[i] * part + b[i] * (1 - part));
  return `rgb(${channel(0)}, ${channel(1)}, ${channel(2)})`;
}

/** Some themes have colours of charts see-through, which leaves little of a line. */
const opaque = (colour: string): string => mix(colour, colour, 1);

export function withAlpha(colour: string, alpha: number): string {
  const [r, g, b] = parseColour(colour);
  return `rgba(${r}, ${g}, ${b}, ${alpha})`;
}

/** Diagonal lines, for what was not read and for what is estimated. */
export function hatch(
  context: CanvasRenderingContext2D,
  colour: string,
  ground = "transparent",
): CanvasPattern | string {
  const tile = document.createElement("canvas");
  tile.width = 8;
  tile.height = 8;
  const pen = tile.getContext("2d");
  if (!pen) return ground;
  pen.fillStyle = ground;
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = colour;
  pen.lineWidth = 1;
  pen.beginPath();
  for (const from of [-4, 0, 4]) {
    pen.moveTo(from - 2, 10);
    pen.lineTo(from + 10, -2);
  }
  pen.stroke();
  return context.createPattern(tile, "repeat") ?? ground;
}
