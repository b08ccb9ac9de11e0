import type { Transaction } from "../../platform/database.ts";

/**
 * Takes the partition of a month out of the ledger and drops it. Sums and meters stay as they are.
 * @param tx of the database's owner; it holds the partition locked
 * @param month its first day, `YYYY-MM-01`
 */
export async function removeMonth(
  tx: Transaction,
  {
    month,
    partition,
    at,
  }: { readonly month: string; readonly partition: string; readonly at: Date },
): Promise<void> {
  await tx`insert into usage_archived_months (month, archived_at) values (${month}, ${at})`;
  await tx`alter table usage_events detach partition ${tx(partition)}`;
  await tx`drop table ${tx(partition)}`;
}
