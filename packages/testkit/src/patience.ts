/**
 * How many times as long as usual a test waits before it gives up; a number from 1 on, 1 unless set. For machines
 * whose host takes most of their processor away for minutes: waits are limits there, never measurements.
 */
const factorName = "HEADCOUNT_TEST_PATIENCE";

/** The longest time to wait on this machine, milliseconds, for what usually takes at most `usualMs`. */
export function patientMs(usualMs: number): number {
  const factor = Number(process.env[factorName] ?? "1");
  if (!(factor >= 1)) throw new Error(`${factorName} has to be a number from 1 on`);
  return usualMs * factor;
}
