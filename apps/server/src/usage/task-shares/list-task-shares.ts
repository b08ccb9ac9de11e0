import { z } from "zod";
import type { ParsedInputOf } from "@headcount/contract/kit/route";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageMetric } from "@headcount/contract/usage/query-words";
import type { TaskSharesReply } from "@headcount/contract/usage/task-share-schemas";
import {
  type Measured,
  figuresFor,
  figuresOf,
  sumMeasured,
} from "@headcount/domain/usage/query/measures";
import { taskSharesCsv } from "@headcount/domain/usage/query/task-shares-csv";
import { query } from "../../platform/command.ts";
import type { WorkspaceContext } from "../../platform/context.ts";
import { cursorValue, decodeCursor, encodeCursor } from "../../platform/cursor.ts";
import { askedRange } from "../query/asked-range.ts";
import { readAsOf } from "../query/read-as-of.ts";
import { resolveFilters } from "../query/resolve-filters.ts";
import { nameTaskShares } from "./name-task-shares.ts";
import { readTaskShares, type TaskSharesQuestion } from "./read-task-shares.ts";

type Input = ParsedInputOf<typeof usageQueries.tasks>;

const Place = z.object({ size: z.string().regex(/^-?\d{1,60}$/), key: cursorValue.text });

/** What each task adds to a figure, in pages; imported sessions and private agents are a row each. */
export const listTaskShares = query(
  usageQueries.tasks,
  async (ctx, input): Promise<TaskSharesReply> => {
    const question = await toQuestion(ctx, input);
    const found = await readTaskShares(ctx, question);
    const shown = (measured: Measured) => figuresFor(input.metrics, measured);
    const last = found.page.at(-1);
    const hasMore = found.rest.rowCount > 0 && last !== undefined;
    return {
      items: await nameTaskShares(ctx, found.page, shown),
      nextCursor: hasMore ? encodeCursor({ size: last.size, key: last.key }) : null,
      rowCount: found.before.rowCount + found.page.length + found.rest.rowCount,
      totals: shown(
        sumMeasured([found.before, ...found.page, found.rest].map((part) => part.measured)),
      ),
      rest: shown(found.rest.measured),
      metrics: input.metrics,
      from: new Date(question.range.fromMs).toISOString(),
      to: new Date(question.range.toMs).toISOString(),
      tz: input.tz,
      asOf: await readAsOf(ctx, question.range),
    };
  },
  taskSharesCsv,
);

/** @throws invalid for a range or a cursor that makes no sense, not_found for a filter that is closed */
async function toQuestion(ctx: WorkspaceContext, input: Input): Promise<TaskSharesQuestion> {
  const [first = "cost"] = input.metrics;
  const order = input.order ?? `-${first}`;
  // The contract takes no other words.
  const by = order.replace(/^-/, "") as Exclude<UsageMetric, "active_agents">;
  return {
    ...askedRange(ctx, input, null),
    hour: input.hour ?? null,
    weekday: input.weekday ?? null,
    filters: await resolveFilters(ctx, input),
    figures: figuresOf([...input.metrics, by]),
    order: { by, direction: order.startsWith("-") ? "down" : "up" },
    limit: input.limit,
    after: decodeCursor(input.cursor, Place),
  };
}
