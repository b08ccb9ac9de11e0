import type { Ink } from "./ink.ts";

const steps = {
  blocks: ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"],
  ascii: ["_", ".", ":", "-", "=", "+", "*", "#"],
} as const satisfies Record<Ink, readonly string[]>;

/**
 * Values as one line of at most `columns` characters, scaled to the largest. More values than
 * columns are summed side by side; zero is a blank.
 */
export function drawCurve(values: readonly number[], columns: number, ink: Ink): string {
  const perColumn = Math.max(1, Math.ceil(values.length / columns));
  const sums = Array.from({ length: Math.ceil(values.length / perColumn) }, (_, at) =>
    values.slice(at * perColumn, (at + 1) * perColumn).reduce((sum, value) => sum + value, 0),
  );
  const top = Math.max(...sums, 0);
  return sums
    .map((sum) => {
      if (!(sum > 0)) return " ";
      const step = Math.ceil((sum / top) * steps[ink].length) - 1;
      return steps[ink][step] ?? "";
    })
    .join("");
}

const shades = {
  blocks: ["·", "░", "▒", "▓", "█"],
  ascii: [".", "-", "+", "*", "#"],
} as const satisfies Record<Ink, readonly string[]>;

/** One value of a map of shades: zero is a dot, the largest is full. */
export function drawShade(share: number, ink: Ink): string {
  if (!(share > 0)) return shades[ink][0];
  return shades[ink][Math.min(4, Math.ceil(share * 4))] ?? "";
}
