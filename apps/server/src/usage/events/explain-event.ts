import { usageEvents } from "@headcount/contract/usage/event-routes";
import type { UsageEventExplanation } from "@headcount/contract/usage/event-schemas";
import { formatUsd } from "@headcount/domain/usage/money";
import { toTokenCount } from "@headcount/domain/usage/token-counts";
import { query } from "../../platform/command.ts";
import { countedPico, type LedgerEvent, wholeOf } from "../ledger/ledger-part.ts";
import { explainPart } from "./explain-part.ts";
import { findEvent } from "./find-event.ts";
import { readCorrections } from "./read-corrections.ts";
import { readEventFacts } from "./read-event-facts.ts";
import { readMeterNames } from "./read-meter-names.ts";
import { toTokenTotals } from "./to-token-totals.ts";

export const explainUsageEvent = query(usageEvents.explain, async (ctx, input) => {
  const event = await findEvent(ctx, input.event);
  const { id, meter, cumulative, revision, parts } = event;
  return {
    id,
    taskId: meter.taskId,
    sessionId: meter.sessionKey,
    attempt: meter.lease,
    ...(await readMeterNames(ctx, meter)),
    provider: meter.provider,
    model: meter.model,
    role: meter.role,
    source: meter.source,
    billingMode: meter.billingMode,
    ...(await readEventFacts(ctx, id)),
    cumulative,
    revision: revision.toString(),
    ...sumsOf(event),
    parts: parts.map(explainPart),
    corrections: await readCorrections(ctx, id),
    raw: parts.at(-1)?.raw ?? null,
  };
});

type Sums = Pick<
  UsageEventExplanation,
  "tokens" | "unpricedTokens" | "reported" | "pricedUsd" | "cacheSavedUsd" | "countedUsd"
>;

function sumsOf(event: LedgerEvent): Sums {
  const { tokens, unpricedTokens, reportedPico, reportedBasis, pricedPico } = wholeOf(event);
  const counted = event.parts.flatMap((part) => countedPico(part) ?? []);
  const isPriced = event.parts.some((part) => part.price !== null);
  return {
    tokens: toTokenTotals(tokens),
    unpricedTokens: toTokenCount(unpricedTokens),
    reported:
      reportedPico === null
        ? null
        : { costUsd: formatUsd(reportedPico), basis: reportedBasis ?? "estimated" },
    pricedUsd: isPriced ? formatUsd(pricedPico) : null,
    cacheSavedUsd: formatUsd(event.parts.reduce((sum, part) => sum + part.cacheSavedPico, 0n)),
    countedUsd: counted.length === 0 ? null : formatUsd(counted.reduce((a, b) => a + b, 0n)),
  };
}
