import type { WorkspaceContext } from "../../platform/context.ts";
import type { LedgerEvent } from "./ledger-part.ts";
import type { EventChange } from "./net-change.ts";

const results = ["stored", "duplicate", "corrected", "rejected"] as const;

/** Leaves what a transaction has booked with the metrics, once it has committed. */
export function countBooked(
  ctx: Pick<WorkspaceContext, "afterCommit" | "services">,
  booked: readonly { readonly result: (typeof results)[number] }[],
  changes: readonly EventChange[],
): void {
  const { metrics } = ctx.services;
  ctx.afterCommit(() => {
    for (const result of results) {
      const count = booked.filter((one) => one.result === result).length;
      if (count > 0) metrics.count("headcount_usage_events_total", count, { result });
    }
    const more = changes
      .map(({ before, after }) => unpricedTokens(after) - (before ? unpricedTokens(before) : 0n))
      .filter((tokens) => tokens > 0n);
    if (more.length === 0) return;
    metrics.count("headcount_usage_unpriced_events_total", more.length, {});
    const tokens = Number(more.reduce((sum, one) => sum + one, 0n));
    metrics.count("headcount_usage_unpriced_tokens_total", tokens, {});
  });
}

function unpricedTokens({ parts }: LedgerEvent): bigint {
  return parts.reduce((sum, part) => sum + part.unpricedTokens, 0n);
}
