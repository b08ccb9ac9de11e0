import { live } from "@headcount/contract/live/routes";
import { LiveTask } from "@headcount/contract/live/snapshot-schemas";
import { canonicalZone } from "@headcount/domain/usage/query/canonical-zone";
import { query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { type Audience, readAudience } from "../tasks/read-audience.ts";
import { readTasks } from "../tasks/read-tasks.ts";
import { readActivity } from "./read-activity.ts";
import { readGauges } from "./read-gauges.ts";
import { unfinishedTasks } from "./unfinished-tasks.ts";

/** What is going on right now, in one snapshot: the figures, the lists and the gauges fit each other. */
export const readLiveSnapshot = query(live.snapshot, async (ctx, input) => {
  const { limit } = input;
  const [gauges, activity, [work, queue]] = await Promise.all([
    readGauges(ctx, canonicalZone(input.tz)),
    readActivity(ctx),
    readLists(ctx, limit),
  ]);
  return {
    gauges,
    work: { items: work, total: gauges.state.runningTasks },
    queue: { items: queue, total: gauges.state.queueDepth },
    activity,
    asOf: ctx.now.toISOString(),
  };
});

async function readLists(ctx: WorkspaceContext, limit: number): Promise<[LiveTask[], LiveTask[]]> {
  const audience = await readAudience(ctx);
  return Promise.all([readWork(ctx, audience, limit), readQueue(ctx, audience, limit)]);
}

async function readWork(
  ctx: WorkspaceContext,
  audience: Audience,
  limit: number,
): Promise<LiveTask[]> {
  const { sql } = ctx;
  const where = sql`and t.status = 'running'`;
  const order = sql`order by t.started_at, t.id limit ${limit}`;
  return shownOf(await readTasks(ctx, { where, order }, audience));
}

async function readQueue(
  ctx: WorkspaceContext,
  audience: Audience,
  limit: number,
): Promise<LiveTask[]> {
  const { sql } = ctx;
  const where = sql`and t.id = any(array(
    select u.id from (${unfinishedTasks(ctx)}) as u where u.status <> 'running'))`;
  const order = sql`order by t.priority desc, t.queued_at, t.id limit ${limit}`;
  return shownOf(await readTasks(ctx, { where, order }, audience));
}

/** A list needs a small part of what is known of a task. */
const shownOf = (tasks: readonly unknown[]): LiveTask[] =>
  tasks.map((task) => LiveTask.parse(task));
