import type { UsageBucket } from "@headcount/contract/usage/query-words";
import { canonicalZone } from "@headcount/domain/usage/query/canonical-zone";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { resolveRange } from "@headcount/domain/usage/query/resolve-range";
import type { WorkspaceContext } from "../../platform/context.ts";
import { refuseRange } from "./refuse-range.ts";

export type AskedRange = {
  readonly tz: string;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly days?: number | undefined;
};

/**
 * The range that a question names, with its zone in the calendar's own spelling.
 * @param bucket width of the rows; null without rows by time
 * @throws invalid for a range that makes no sense
 */
export function askedRange(
  ctx: Pick<WorkspaceContext, "now">,
  { tz, from, to, days }: AskedRange,
  bucket: UsageBucket | null,
): { readonly zone: string; readonly range: TimeRange } {
  const zone = canonicalZone(tz);
  const nowMs = ctx.now.getTime();
  const range = resolveRange({ zone, bucket, nowMs, from, to, days });
  if (!range.ok) throw refuseRange(range.reason, bucket);
  return { zone, range: range.value };
}
