import type { UsageDimension, UsageGrouping } from "@headcount/contract/usage/query-words";
import type { TimeSlot } from "@headcount/domain/usage/query/cut-time";
import { offsetStretches } from "@headcount/domain/usage/query/zone-offsets";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { Question } from "./question.ts";

type Sql = WorkspaceContext["sql"];
type Fragment = ReturnType<Sql>;
type Clock = Pick<Question, "zone" | "range">;

/** Column of the relations of points that holds a dimension. */
export const columnOf: Readonly<Record<UsageDimension, string>> = {
  agent: "agent_id",
  project: "project_id",
  runtime: "runtime_id",
  member: "member_id",
  issue: "issue_id",
  provider: "provider",
  model: "model",
  role: "role",
  failure_class: "failure_class",
};

/** What a grouping tells apart: an id, a name, a number, or the place of a time slot from 1. */
export function groupColumn(
  sql: Sql,
  grouping: UsageGrouping,
  axis: { readonly question: Clock; readonly slots: readonly TimeSlot[] },
): Fragment {
  switch (grouping) {
    case "time": {
      const starts = axis.slots.map((slot) => new Date(slot.startsAtMs).toISOString());
      return sql`width_bucket(p.bucket_at, ${starts}::timestamptz[])`;
    }
    case "hour":
      return sql`(${localSeconds(sql, axis.question)} % 86400 / 3600)`;
    case "weekday":
      // The first day of 1970 was a Thursday.
      return sql`((${localSeconds(sql, axis.question)} / 86400 + 3) % 7 + 1)`;
    case "agent":
    case "project":
    case "runtime":
    case "member":
    case "issue":
    case "provider":
    case "model":
    case "role":
    case "failure_class":
      return sql`p.${sql(columnOf[grouping])}`;
  }
}

/**
 * Seconds since 1970 by the clocks of the zone. The offsets come from the same calendar that cuts
 * time elsewhere: the database may know other rules for a zone, or none.
 */
function localSeconds(sql: Sql, { zone, range }: Clock): Fragment {
  const stretches = offsetStretches(zone, range);
  const starts = stretches.map((one) => new Date(one.startsAtMs).toISOString());
  const offsets = stretches.map((one) => one.offsetMs / 1_000);
  const [only, ...further] = offsets;
  // As a double, which holds every second exactly and is much cheaper than a numeric.
  const seconds = sql`date_part('epoch', p.bucket_at)::bigint`;
  if (only !== undefined && further.length === 0) return sql`(${seconds} + ${only}::int)`;
  return sql`(${seconds} + (${offsets}::int[])[width_bucket(p.bucket_at, ${starts}::timestamptz[])])`;
}
