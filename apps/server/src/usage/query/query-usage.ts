import type { ParsedInputOf } from "@headcount/contract/kit/route";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageQueryReply, UsageRow } from "@headcount/contract/usage/query-schemas";
import type { UsageGrouping, UsageMetric } from "@headcount/contract/usage/query-words";
import {
  type Group,
  type GroupOrder,
  limitGroups,
  mergeGroups,
  orderGroups,
} from "@headcount/domain/usage/query/arrange-groups";
import type { TimeSlot } from "@headcount/domain/usage/query/cut-time";
import {
  figureNameOf,
  figuresFor,
  figuresOf,
  nothing,
} from "@headcount/domain/usage/query/measures";
import { queryCsv } from "@headcount/domain/usage/query/query-csv";
import { query } from "../../platform/command.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { askedRange } from "./asked-range.ts";
import { hidePrivate, labelGroups } from "./label-groups.ts";
import type { Question } from "./question.ts";
import { readAsOf } from "./read-as-of.ts";
import { readGroups, slotsOf } from "./read-groups.ts";
import { resolveFilters } from "./resolve-filters.ts";
import { sumGroups } from "./sum-groups.ts";

type Input = ParsedInputOf<typeof usageQueries.query>;

/** Answers any question about usage. */
export const queryUsage = query(
  usageQueries.query,
  async (ctx, input): Promise<UsageQueryReply> => {
    const metrics = input.metrics.length > 0 ? input.metrics : (["tokens", "cost"] as const);
    const question = await toQuestion(ctx, input, metrics);
    const { groupBy, range } = question;
    const slots = slotsOf(question);
    const found = await readGroups(ctx, question);
    const seen = await hidePrivate(ctx, withEmptyPlaces(found, groupBy, slots), groupBy);
    const order = orderOf(input.order);
    const by = rankOf(input, metrics);
    const limited = limitGroups(seen, groupBy, { most: input.limit, by });
    const labelled = await labelGroups(ctx, limited, { groupBy, slots });
    const total = sumGroups(found);
    return {
      rows: orderGroups(labelled, groupBy, order, metrics[0] ?? "tokens").map(
        (group): UsageRow => ({
          keys: group.keys.map((key, at) => ({ ...key, label: group.labels[at] ?? "" })),
          metrics: figuresFor(metrics, group.measured),
        }),
      ),
      totals: figuresFor(metrics, total),
      metrics: [...metrics],
      groupBy: [...groupBy],
      from: new Date(range.fromMs).toISOString(),
      to: new Date(range.toMs).toISOString(),
      tz: input.tz,
      bucket: question.bucket,
      times: slots.map((slot) => ({
        startsAt: new Date(slot.startsAtMs).toISOString(),
        endsAt: new Date(slot.endsAtMs).toISOString(),
        label: slot.label,
        partial: slot.isCut || slot.endsAtMs > ctx.now.getTime(),
      })),
      asOf: await readAsOf(ctx, range),
    };
  },
  queryCsv,
);

/** @throws invalid for a range that makes no sense, not_found for a filter that is closed */
async function toQuestion(
  ctx: WorkspaceContext,
  input: Input,
  metrics: readonly UsageMetric[],
): Promise<Question> {
  const bucket = input.group_by.includes("time") ? (input.bucket ?? "day") : null;
  return {
    ...askedRange(ctx, input, bucket),
    bucket,
    groupBy: input.group_by,
    filters: await resolveFilters(ctx, input),
    figures: figuresOf([...metrics, rankOf(input, metrics)]),
    agents: metrics.includes("active_agents") ? "told" : "untold",
    top: topOf(input, metrics),
  };
}

/** The metric by which the rows are chosen that a limit keeps. */
function rankOf(input: Input, metrics: readonly UsageMetric[]): UsageMetric {
  const order = orderOf(input.order);
  return order === null || order.by === "key" ? (metrics[0] ?? "tokens") : order.by;
}

function topOf(input: Input, metrics: readonly UsageMetric[]): Question["top"] {
  const by = figureNameOf(rankOf(input, metrics));
  return by && { most: input.limit, by };
}

function orderOf(text: string | undefined): GroupOrder {
  if (text === undefined) return null;
  // The contract takes no other words.
  const by = text.replace(/^-/, "") as UsageMetric | "key";
  return { by, direction: text.startsWith("-") ? "down" : "up" };
}

/** Along a single axis every place has its row, also one where nothing was used. */
function withEmptyPlaces(
  groups: readonly Group[],
  groupBy: readonly UsageGrouping[],
  slots: readonly TimeSlot[],
): readonly Group[] {
  const [axis] = groupBy;
  if (groupBy.length !== 1 || axis === undefined) return groups;
  const empty = placesOf(axis, slots).map(
    (value): Group => ({
      keys: [{ kind: "value", value }],
      measured: nothing,
    }),
  );
  return mergeGroups([...empty, ...groups]);
}

function placesOf(axis: UsageGrouping, slots: readonly TimeSlot[]): readonly string[] {
  if (axis === "time") return slots.map((slot) => new Date(slot.startsAtMs).toISOString());
  if (axis === "hour") return Array.from({ length: 24 }, (_, hour) => String(hour));
  return axis === "weekday" ? Array.from({ length: 7 }, (_, day) => String(day + 1)) : [];
}
