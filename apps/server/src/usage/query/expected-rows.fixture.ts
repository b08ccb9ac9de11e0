import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import type { UsageGrouping } from "@headcount/contract/usage/query-words";
import type { Books, KnownCall, KnownTask } from "./books.fixture.ts";

/** What the calls themselves say, told apart by everything but time. */
export function expectedRows(
  { calls, tasks }: Books,
  groupBy: readonly UsageGrouping[],
  reply: UsageQueryReply,
  isWanted: (known: KnownCall | KnownTask) => boolean,
): Map<string, { tokens: number; tasks: number }> {
  const rows = new Map<string, { tokens: number; tasks: number }>();
  const keyOf = (grouping: UsageGrouping, at: string, known: KnownCall | KnownTask): string => {
    if (grouping === "time") {
      const slot = reply.times.find((time) => time.startsAt <= iso(at) && time.endsAt > iso(at));
      return slot?.startsAt ?? "outside";
    }
    if (grouping === "hour") return String(localPart(reply.tz, at, "hour"));
    if (grouping === "weekday") return String(localPart(reply.tz, at, "weekday"));
    if (grouping === "failure_class") {
      return "failureClass" in known ? (known.failureClass ?? "null") : "null";
    }
    return known[grouping] ?? "null";
  };
  const add = (at: string, known: KnownCall | KnownTask, amount: "tokens" | "tasks"): void => {
    if (iso(at) < reply.from || iso(at) >= reply.to || !isWanted(known)) return;
    const key = groupBy.map((grouping) => keyOf(grouping, at, known)).join("|");
    const row = rows.get(key) ?? { tokens: 0, tasks: 0 };
    row[amount] += "tokens" in known ? known.tokens : 1;
    rows.set(key, row);
  };
  for (const call of calls) add(call.at, call, "tokens");
  for (const task of tasks) add(task.endedAt, task, "tasks");
  return rows;
}

const iso = (text: string): string => new Date(text).toISOString();

/** What the clocks of a zone show, asked from the calendar and from nothing of ours. */
function localPart(zone: string, at: string, part: "hour" | "weekday"): number {
  const text = new Intl.DateTimeFormat("en-GB", {
    timeZone: zone,
    ...(part === "hour" ? { hour: "2-digit" } : { weekday: "short" }),
  }).format(new Date(at));
  const days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
  return part === "hour" ? Number(text) : days.indexOf(text) + 1;
}
