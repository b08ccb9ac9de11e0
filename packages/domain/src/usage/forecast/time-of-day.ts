import { offsetStretches } from "../query/zone-offsets.ts";

const dayMs = 24 * 60 * 60_000;

/** What the clocks of a zone show, as milliseconds since their midnight; on days of 23 hours, too. */
export function timeOfDay(zone: string, atMs: number): number {
  const [stretch] = offsetStretches(zone, { fromMs: atMs, toMs: atMs + 1 });
  return (atMs + (stretch?.offsetMs ?? 0)) % dayMs;
}
