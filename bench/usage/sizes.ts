import type { Books } from "./open-books.ts";

export type Sizes = {
  readonly events: number;
  /** Tables with their indexes, bytes; vendor objects are not part of the generated history. */
  readonly ledger: number;
  readonly meters: number;
  readonly buckets: number;
  readonly rollups: number;
};

export async function readSizes({ owner }: Books): Promise<Sizes> {
  const [sizes] = await owner<Sizes[]>`
    select (select count(*)::int from usage_events) as events,
      (select sum(pg_total_relation_size(inhrelid))::float8 from pg_inherits
        where inhparent = 'usage_events'::regclass) as ledger,
      pg_total_relation_size('usage_meters')::float8 as meters,
      (pg_total_relation_size('usage_buckets') + pg_total_relation_size('usage_tail'))::float8
        as buckets,
      (pg_total_relation_size('usage_rollups') + pg_total_relation_size('usage_series'))::float8
        as rollups`;
  if (!sizes) throw new Error("The sizes cannot be read");
  return sizes;
}
