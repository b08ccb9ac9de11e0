import type { Decision } from "@headcount/domain/kit/decision";
import type { BookableUsage } from "./apply-record.ts";
import { rowsTouchedFrom } from "./grow-parts.ts";
import type { EventPlace, EventToRead } from "./read-ledger-events.ts";

type PlacedRecord = {
  readonly checked: Decision<BookableUsage>;
  readonly place: EventPlace | null;
};

/** Of running totals that can only grow, what the increases may touch; of all others everything. */
export function placesToRead(records: readonly PlacedRecord[]): readonly EventToRead[] {
  const byEvent = Map.groupBy(records, ({ place }) => place?.id ?? null);
  return [...byEvent.values()].flatMap((own) => {
    const place = own[0]?.place;
    if (!place) return [];
    const usages = own.flatMap(({ checked }) => (checked.ok ? [checked.value] : []));
    if (usages.length === 0 || !usages.every(onlyGrows)) return [place];
    const firstMs = Math.min(...usages.map(({ usedAt }) => usedAt.getTime()));
    return [{ ...place, since: rowsTouchedFrom(firstMs) }];
  });
}

/** Whether a record leaves earlier rows as they are: no correction, and no cost that holds for all. */
function onlyGrows({ incoming }: BookableUsage): boolean {
  return incoming.cumulative && incoming.revision === 0n && incoming.reportedPico === null;
}
