import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { resolveRange } from "@headcount/domain/usage/query/resolve-range";
import { useNowMs } from "../ui/clock.ts";
import type { UsageQuestion } from "./usage-view.ts";

export type AskedRange = TimeRange & {
  readonly nowMs: number;
};

const minuteMs = 60_000;

/** Where the period of a question begins and ends, as the server will see it; null for one that makes no sense. */
export function useRange({ tz, days, from, to }: UsageQuestion): AskedRange | null {
  const nowMs = useNowMs(minuteMs);
  const range = resolveRange({ zone: tz, nowMs, days, from, to, bucket: null });
  return range.ok ? { ...range.value, nowMs } : null;
}
