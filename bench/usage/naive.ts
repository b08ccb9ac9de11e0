import type { WorkspaceId } from "@headcount/contract/kit/ids";
import { percentile, progress } from "../lib/figures.ts";
import type { Fleet } from "./fleet.ts";
import { startLiveTasks } from "./live-tasks.ts";
import type { Books } from "./open-books.ts";
import { callsPerTask, createReporter, slots } from "./reporter.ts";

/** Far above what one statement per event reaches. */
const mostEventsPerSecond = 20_000;

export type NaiveIngest = { readonly clients: number; readonly eventsPerSecond: number };

/**
 * What one writes first: a row per event, and a row per day, agent, project, model and so on that it
 * adds to, in one statement of its own. No tasks are looked up or locked, nothing is checked, no
 * price is found, no change is announced: an upper bound more than a rival.
 */
export async function measureNaiveIngest(
  books: Books,
  fleet: Fleet,
  plan: { readonly clients: number; readonly seconds: number },
): Promise<NaiveIngest> {
  const { clients, seconds } = plan;
  const { hot } = fleet;
  const count = Math.ceil((mostEventsPerSecond * seconds) / clients / callsPerTask) + 2 * slots;
  const reporters = [];
  for (const machine of fleet.machines.slice(0, clients)) {
    const tasks = await startLiveTasks(books, { workspace: hot, machine, count });
    reporters.push(createReporter(machine, tasks));
  }
  let events = 0;
  const startedAt = performance.now();
  const endsAt = startedAt + seconds * 1_000;
  await Promise.all(
    reporters.map(async (reporter, client) => {
      while (performance.now() < endsAt) {
        const [call] = reporter.next(1);
        if (!call) return;
        await upsert(books, hot.id, { call, agentId: hot.agentIds[client] ?? null });
        events += 1;
      }
    }),
  );
  const eventsPerSecond = (events / (performance.now() - startedAt)) * 1_000;
  progress(`  naive hot ${clients} × 1: ${Math.round(eventsPerSecond)} events/s`);
  return { clients, eventsPerSecond };
}

type Call = ReturnType<ReturnType<typeof createReporter>["next"]>[number];

async function upsert(
  { app }: Books,
  workspaceId: WorkspaceId,
  { call, agentId }: { call: Call; agentId: string | null },
): Promise<void> {
  const { body } = call;
  await app.database.pool`
    with event as (
      insert into bench_naive_events values (${workspaceId}, ${`${call.taskId}/${body.key}`},
        ${call.taskId}, ${agentId}, ${body.provider}, ${body.model}, ${body.role}, now(),
        ${body.input}, ${body.cacheRead}, ${body.cacheWrite5m}, ${body.output}, 12345678)
      on conflict do nothing returning *)
    insert into bench_naive_days as stored
    select workspace_id, date_trunc('day', used_at), agent_id, provider, model, role, 1, input,
      cache_read, cache_write, output, cost_pico from event
    on conflict (workspace_id, day, agent_id, provider, model, role) do update set
      events = stored.events + 1, input = stored.input + excluded.input,
      cache_read = stored.cache_read + excluded.cache_read,
      cache_write = stored.cache_write + excluded.cache_write,
      output = stored.output + excluded.output,
      cost_pico = stored.cost_pico + excluded.cost_pico`;
}

export async function makeNaiveTables({ owner }: Books): Promise<void> {
  await owner`
    create table bench_naive_events (workspace_id uuid, key text, task_id uuid, agent_id uuid,
      provider text, model text, role text, used_at timestamptz, input bigint, cache_read bigint,
      cache_write bigint, output bigint, cost_pico numeric, primary key (workspace_id, key))`;
  await owner`
    create table bench_naive_days (workspace_id uuid, day timestamptz, agent_id uuid, provider text,
      model text, role text, events bigint, input bigint, cache_read bigint, cache_write bigint,
      output bigint, cost_pico numeric,
      primary key (workspace_id, day, agent_id, provider, model, role))`;
  await owner`grant all on bench_naive_events, bench_naive_days to headcount_app`;
}

export type NaiveReads = {
  /** A sum per day and model of 90 days, straight from the events of the busiest workspace. */
  readonly groupByP50Ms: number;
  /** Counting a day of all workspaces anew, as a job on a timer does; its answers are that old. */
  readonly recomputeDayMs: number;
};

export async function measureNaiveReads(books: Books, fleet: Fleet): Promise<NaiveReads> {
  const { owner } = books;
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const startedAt = performance.now();
    await owner`
      select date_trunc('day', e.used_at, 'UTC'), m.provider, m.model, sum(e.input + e.cache_read
        + e.cache_write_5m + coalesce(e.cache_write_1h, 0) + e.output), sum(e.priced_pico)
      from usage_events e
      join usage_meters m on m.workspace_id = e.workspace_id and m.id = e.meter_id
      where e.workspace_id = ${fleet.hot.id} and e.used_at >= now() - interval '90 days'
      group by 1, 2, 3`;
    times.push(performance.now() - startedAt);
  }
  const startedAt = performance.now();
  await owner`
    create temporary table naive_recomputed as
    select e.workspace_id, m.agent_id, m.provider, m.model, m.role, sum(e.input) as input,
      sum(e.cache_read) as cache_read, sum(e.cache_write_5m) as cache_write, sum(e.output) as output,
      sum(e.priced_pico) as cost_pico
    from usage_events e
    join usage_meters m on m.workspace_id = e.workspace_id and m.id = e.meter_id
    where e.used_at >= date_trunc('day', now() - interval '3 days', 'UTC')
      and e.used_at < date_trunc('day', now() - interval '2 days', 'UTC')
    group by 1, 2, 3, 4, 5`;
  const recomputeDayMs = performance.now() - startedAt;
  await owner`drop table naive_recomputed`;
  return { groupByP50Ms: percentile(times, 0.5), recomputeDayMs };
}
