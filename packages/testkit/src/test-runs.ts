import { patientMs } from "./patience.ts";

/** How many times as many random cases or faults as usual a run makes; a whole number, 1 unless set. */
const factorName = "HEADCOUNT_TEST_RUNS";

/** How many random cases or faults a test makes: `usual`, or more of them in a long run. */
export function testRuns(usual: number): number {
  const factor = Number(process.env[factorName] ?? "1");
  if (!Number.isInteger(factor) || factor < 1) {
    throw new Error(`${factorName} has to be a whole number from 1 on`);
  }
  return usual * factor;
}

/** Time limit for a test whose length goes with {@link testRuns}, milliseconds. */
export function testRunsTimeoutMs(usualMs: number): number {
  return patientMs(testRuns(usualMs));
}
