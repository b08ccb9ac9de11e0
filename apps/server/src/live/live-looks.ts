import { LiveTask, type LiveSnapshot } from "@headcount/contract/live/snapshot-schemas";
import type { Task } from "@headcount/contract/tasks/schemas";
import { closedTo } from "../agents/read-closed-agents.ts";
import {
  type Actor,
  effectiveUserId,
  type GroupedWork,
  type WorkspaceContext,
} from "../platform/context.ts";
import { audienceOf, type Audiences, readAudiences } from "../tasks/read-audience.ts";
import { readTasks } from "../tasks/read-tasks.ts";
import { seenBy } from "../tasks/task-view.ts";
import { countClosedToday } from "./count-closed-issues.ts";
import { type Activity, activityFor, readActivity } from "./read-activity.ts";
import { readGauges, type SharedGauges } from "./read-gauges.ts";
import { unfinishedTasks } from "./unfinished-tasks.ts";

/** Who looks, whose midnight begins their day, and how much of each list they are shown. */
export type LiveLook = { readonly actor: Actor; readonly zone: string; readonly limit: number };

/** What is the same for all who look at one moment. */
type Seen = {
  readonly gauges: SharedGauges;
  readonly closedToday: ReadonlyMap<string, number>;
  readonly activity: Activity;
  readonly audiences: Audiences;
  readonly work: readonly Task[];
  readonly queue: readonly Task[];
  readonly asOf: string;
};

/** Looks at what is going on: read once for all who wait for one, then told to each by their rights. */
export const liveLooks: GroupedWork<LiveLook, LiveSnapshot> = {
  name: "live.look",
  mode: "read",
  mostItems: 1_000,
  run: async (ctx, looks) => {
    const seen = await readAll(ctx, looks);
    return looks.map((look) => tellTo(look, seen));
  },
};

async function readAll(ctx: WorkspaceContext, looks: readonly LiveLook[]): Promise<Seen> {
  const zones = [...new Set(looks.map(({ zone }) => zone))];
  const limit = Math.max(...looks.map((look) => look.limit));
  const [gauges, activity, lists, ...closed] = await Promise.all([
    readGauges(ctx),
    readActivity(ctx),
    readLists(ctx, limit),
    ...zones.map((zone) => countClosedToday(ctx, zone)),
  ]);
  const closedToday = new Map(zones.map((zone, at) => [zone, closed[at] ?? 0]));
  return { gauges, closedToday, activity, ...lists, asOf: ctx.now.toISOString() };
}

async function readLists(
  ctx: WorkspaceContext,
  limit: number,
): Promise<Pick<Seen, "audiences" | "work" | "queue">> {
  const audiences = await readAudiences(ctx);
  const [work, queue] = await Promise.all([
    readWork(ctx, audiences, limit),
    readQueue(ctx, audiences, limit),
  ]);
  return { audiences, work, queue };
}

function readWork(ctx: WorkspaceContext, audiences: Audiences, limit: number): Promise<Task[]> {
  const { sql } = ctx;
  const where = sql`and t.status = 'running'`;
  const order = sql`order by t.started_at, t.id limit ${limit}`;
  return readTasks(ctx, { where, order }, audienceOf(ctx.actor, audiences));
}

function readQueue(ctx: WorkspaceContext, audiences: Audiences, limit: number): Promise<Task[]> {
  const { sql } = ctx;
  const where = sql`and t.id = any(array(
    select u.id from (${unfinishedTasks(ctx)}) as u where u.status <> 'running'))`;
  const order = sql`order by t.priority desc, t.queued_at, t.id limit ${limit}`;
  return readTasks(ctx, { where, order }, audienceOf(ctx.actor, audiences));
}

function tellTo({ actor, zone, limit }: LiveLook, seen: Seen): LiveSnapshot {
  const { gauges, audiences } = seen;
  const openAgents = new Set<string>(audienceOf(actor, audiences).agentIds);
  const shown = (tasks: readonly Task[]): LiveTask[] =>
    // A list needs a small part of what is known of a task.
    tasks.slice(0, limit).map((task) => LiveTask.parse(seenBy(task, openAgents)));
  const closed = closedTo(actor, audiences.agents);
  return {
    gauges: { ...gauges, issuesClosedToday: seen.closedToday.get(zone) ?? 0 },
    work: { items: shown(seen.work), total: gauges.state.runningTasks },
    queue: { items: shown(seen.queue), total: gauges.state.queueDepth },
    activity: activityFor(effectiveUserId(actor), seen.activity, closed),
    asOf: seen.asOf,
  };
}
