import type { Transaction } from "../../platform/database.ts";

export type Damage = {
  readonly name: string;
  readonly table: string;
  readonly write: (tx: Transaction) => PromiseLike<{ readonly count: number }>;
};

/** One row of each table of sums, chosen the same way every time. */
export const oneBucket = `(workspace_id, bucket_at, meter_id) = (
  select workspace_id, bucket_at, meter_id from usage_buckets where events > 0 order by bucket_at limit 1)`;
const oneRollup = (tier: string): string => `(workspace_id, pivot, tier, bucket_at, series_id) = (
  select workspace_id, pivot, tier, bucket_at, series_id from usage_rollups
  where events > 0 and ${tier} order by bucket_at, pivot limit 1)`;
const aDay = "(select min(bucket_at)::date + 1 from usage_buckets)";

/** Ways in which sums can be wrong, each a statement that makes one so. */
export const damages: readonly Damage[] = [
  {
    name: "a bucket is missing",
    table: "usage_buckets",
    write: (tx) => tx`delete from usage_buckets where ${tx.unsafe(oneBucket)}`,
  },
  {
    name: "a bucket has a wrong figure",
    table: "usage_buckets",
    write: (tx) => tx`update usage_buckets set output = output + 1 where ${tx.unsafe(oneBucket)}`,
  },
  {
    name: "a bucket has lost a figure",
    table: "usage_buckets",
    write: (tx) => tx`update usage_buckets set output = null where ${tx.unsafe(oneBucket)}`,
  },
  {
    name: "a bucket too many",
    table: "usage_buckets",
    write: (tx) => tx`
      insert into usage_buckets (workspace_id, meter_id, bucket_at, events, input)
      select workspace_id, meter_id, bucket_at + interval '15 minutes', 1, 5
      from usage_buckets where ${tx.unsafe(oneBucket)}`,
  },
  {
    name: "a bucket of a meter that never was",
    table: "usage_buckets",
    write: (tx) => tx`
      insert into usage_buckets (workspace_id, meter_id, bucket_at, events, input)
      select workspace_id, 99999, bucket_at, 1, 5 from usage_buckets where ${tx.unsafe(oneBucket)}`,
  },
  {
    name: "a whole day of buckets is missing",
    table: "usage_buckets",
    write: (tx) => tx`
      delete from usage_buckets where (bucket_at at time zone 'UTC')::date = ${tx.unsafe(aDay)}`,
  },
  {
    name: "failed tasks are missing",
    table: "usage_rollups",
    write: (tx) => tx`delete from usage_rollups where tasks_failed > 0`,
  },
  {
    name: "an hour is missing",
    table: "usage_rollups",
    write: (tx) => tx`delete from usage_rollups where ${tx.unsafe(oneRollup("tier = 1"))}`,
  },
  {
    name: "an hour has a wrong cost",
    table: "usage_rollups",
    write: (tx) => tx`
      update usage_rollups set cost_pico = cost_pico - 1 where ${tx.unsafe(oneRollup("tier = 1"))}`,
  },
  {
    name: "a zone's day has a wrong figure",
    table: "usage_rollups",
    write: (tx) => tx`
      update usage_rollups set input = input * 2 where ${tx.unsafe(oneRollup("tier > 1"))}`,
  },
  {
    name: "a zone's day is missing",
    table: "usage_rollups",
    write: (tx) => tx`delete from usage_rollups where ${tx.unsafe(oneRollup("tier > 1"))}`,
  },
  {
    name: "a day too many, at a time when no day begins",
    table: "usage_rollups",
    write: (tx) => tx`
      insert into usage_rollups (workspace_id, pivot, tier, bucket_at, series_id, events, input)
      select workspace_id, pivot, tier, bucket_at + interval '1 hour', series_id, 1, 1
      from usage_rollups where ${tx.unsafe(oneRollup("tier > 1"))}`,
  },
  {
    name: "all days of a zone are missing",
    table: "usage_rollups",
    write: (tx) => tx`delete from usage_rollups where tier = 2`,
  },
  {
    name: "days of a zone that nobody keeps",
    table: "usage_rollups",
    write: (tx) => tx`
      insert into usage_rollups (workspace_id, pivot, tier, bucket_at, series_id, events, input)
      select workspace_id, pivot, 77, bucket_at, series_id, events, input
      from usage_rollups where tier = 2`,
  },
  {
    name: "a whole day of every rollup is missing",
    table: "usage_rollups",
    write: (tx) => tx`
      delete from usage_rollups where (bucket_at at time zone 'UTC')::date = ${tx.unsafe(aDay)}`,
  },
  {
    name: "all rollups are gone",
    table: "usage_rollups",
    write: (tx) => tx`delete from usage_rollups`,
  },
  {
    name: "a meter shows a wrong figure",
    table: "usage_meters",
    write: (tx) => tx`update usage_meters set input = input + 1, cost_pico = 0 where events > 0`,
  },
  {
    name: "a meter shows nothing",
    table: "usage_meters",
    write: (tx) => tx`
      update usage_meters set events = 0, input = 0, output = 0, cost_pico = 0, priced_events = 0
      where events > 0`,
  },
  {
    name: "a meter of a task shows tokens",
    table: "usage_meters",
    write: (tx) => tx`update usage_meters set input = 3 where kind = 'task'`,
  },
];
