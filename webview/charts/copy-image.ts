/** A chart as a picture that can stand alone: on the theme's background, under its title. */

import type { ChartTheme } from "./theme.ts";

export interface ChartImage {
  blob: Blob;
  base64(): Promise<string>;
}

const MARGIN = 16;
const TITLE_HEIGHT = 28;

export async function imageOf(
  canvas: HTMLCanvasElement,
  title: string,
  theme: ChartTheme,
): Promise<ChartImage> {
  const scale = canvas.width / Math.max(1, canvas.clientWidth);
  const picture = document.createElement("canvas");
  picture.width = canvas.width + 2 * MARGIN * scale;
  picture.height = canvas.height + (2 * MARGIN + TITLE_HEIGHT) * scale;
  const pen = picture.getContext("2d")!;
  pen.fillStyle = theme.background;
  pen.fillRect(0, 0, picture.width, picture.height);
  pen.fillStyle = theme.foreground;
  pen.font = `${theme.fontSize * scale}px ${theme.fontFamily}`;
  pen.textBaseline = "top";
  pen.fillText(title, MARGIN * scale, MARGIN * scale);
  pen.drawImage(canvas, MARGIN * scale, (MARGIN + TITLE_HEIGHT) * scale);
  const blob = await new Promise<Blob>((resolve, reject) =>
    picture.toBlob((made) => (made ? resolve(made) : reject(new Error("no image"))), "image/png"),
  );
  return { blob, base64: async () => base64Of(new Uint8Array(await blob.arrayBuffer())) };
}

function base64Of(bytes: Uint8Array): string {
  let binary = "";
  for (let i = 0; i < bytes.length; i += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
  }
  return btoa(binary);
}
