/** Room above a busy moment, so that a busy workspace does not stand at the end of its scale. */
const headroom = 1.25;
const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/**
 * End of a gauge's scale: a round number above the workspace's own busy moments, and above what is
 * shown right now. It follows what is measured and has no constants of its own but a floor for the
 * time before anything was.
 */
export function gaugeScale(
  values: { readonly now: number; readonly busy: number | null },
  floor: number,
): number {
  const wanted = Math.max(floor, (values.busy ?? 0) * headroom, values.now);
  const magnitude = 10 ** Math.floor(Math.log10(wanted));
  const step = steps.find((one) => one * magnitude >= wanted * (1 - 1e-9));
  return (step ?? 10) * magnitude;
}

/** How far along its scale a value stands, from 0 to 1. */
export function shareOf(value: number, scale: number): number {
  if (!Number.isFinite(value) || scale <= 0) return 0;
  return Math.min(1, Math.max(0, value / scale));
}
