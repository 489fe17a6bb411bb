import type { Drawing } from "./draw.ts";
import { readPalette } from "./palette.ts";

/** Gives the drawing to the browser as a file named after the chart. */
export async function saveImage(drawing: Drawing, title: string): Promise<void> {
  const image = await drawing.toImage(readPalette().card);
  if (image === null) return;
  const url = URL.createObjectURL(image);
  const link = document.createElement("a");
  link.href = url;
  link.download = `${fileName(title)}.png`;
  link.click();
  URL.revokeObjectURL(url);
}

/** `Consommation, novembre 2026` becomes `consommation-novembre-2026`. */
const fileName = (title: string): string =>
  title
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
