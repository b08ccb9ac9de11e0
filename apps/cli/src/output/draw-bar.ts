import type { Ink } from "./ink.ts";

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/** A bar of at most `columns`, as long as a value is of the largest; anything above zero shows. */
export function drawBar(share: number, columns: number, ink: Ink): string {
  if (!(share > 0)) return "";
  const length = Math.min(share, 1) * columns;
  if (ink === "ascii") return "#".repeat(Math.max(1, Math.round(length)));
  const steps = Math.max(1, Math.round(length * 8));
  return "█".repeat(Math.floor(steps / 8)) + (eighths[steps % 8] ?? "");
}
