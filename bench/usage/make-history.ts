import type postgres from "postgres";
import { canonicalZone } from "@headcount/domain/usage/query/canonical-zone";
import { foldWholeTail } from "@headcount/server/usage/rollups/fold-tail";
import { keepZone } from "@headcount/server/usage/rollups/keep-zone";
import { lockSums } from "@headcount/server/usage/rollups/lock-sums";
import { pivots } from "@headcount/server/usage/rollups/pivots";
import { seriesOfMeters } from "@headcount/server/usage/rollups/series";
import type { MeterDimensions } from "@headcount/server/usage/ledger/meter";
import { progress } from "../lib/figures.ts";
import { type BenchWorkspace, type Fleet, historyDays } from "./fleet.ts";
import { benchModels } from "./models.ts";
import type { Books } from "./open-books.ts";

/** Zones whose days the dashboards of the benchmark ask for. */
export const zones = ["UTC", "Asia/Kolkata", "America/New_York"] as const;

/** Calls of one task, on average. */
const callsPerTask = 50;
/** Issues of each workspace that have about a thousand events each: what is moved. */
export const largeIssues = 20;
const tasksOfLargeIssue = 20;

/**
 * Half a year of work of all workspaces, made inside the database: tasks, their issues, meters and
 * the ledger are written as they are; what follows from them goes through the tail, and is folded by
 * the product itself. The same number of events always gives the same history.
 */
export async function makeHistory(books: Books, fleet: Fleet, events: number): Promise<void> {
  const { owner } = books;
  await owner`set work_mem = '128MB'`;
  await owner`set synchronous_commit = off`;
  await makeHelpers(owner);
  await makeTasks(owner, fleet, Math.round(events / callsPerTask));
  await makeSeries(books, fleet);
  await makePrices(owner, fleet);
  await makeEvents(owner);
  await packMonths(owner);
  await makeTaskFacts(owner);
  await makeMeters(owner);
  progress("  analysing");
  await owner`vacuum (analyze, skip_locked)`;
  for (const workspace of fleet.workspaces) await foldHistory(books, workspace);
  await owner`vacuum (analyze) usage_tail, usage_buckets, usage_rollups, usage_series`;
  await owner`checkpoint`;
}

/** Numbers that look random and are the same in every run. */
async function makeHelpers(owner: postgres.Sql): Promise<void> {
  await owner`create schema bench`;
  await owner`
    create function bench.random(number bigint, salt int) returns float8
    language sql immutable parallel safe
    return (hashint8extended(number, salt) & 1048575)::float8 / 1048576`;
  await owner`
    create function bench.id(at timestamptz, number bigint, salt int) returns uuid
    language sql immutable parallel safe
    return (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7'
      || substr(md5(number || ' ' || salt), 1, 3) || '8' || substr(md5(number || ' ' || salt), 4, 15)
    )::uuid`;
}

async function makeTasks(owner: postgres.Sql, fleet: Fleet, total: number): Promise<void> {
  progress(`  ${total} tasks`);
  await owner`
    create unlogged table bench.tasks (number bigint, workspace_id uuid, id uuid, issue int,
      issue_id uuid, agent int, model int, auxiliary int, started_at timestamptz, seconds int,
      calls int, project_id uuid, agent_id uuid, runtime_id uuid, member_id uuid, month date,
      main_meter int, auxiliary_meter int, task_meter int)`;
  let first = 0;
  for (const workspace of fleet.workspaces) {
    const count = Math.round(total * workspace.share);
    await makeTasksOf(owner, workspace, { first, count });
    first += count;
  }
  await owner`update bench.tasks set main_meter = number * 3 + 1, task_meter = number * 3 + 3,
    auxiliary_meter = case when auxiliary is not null then number * 3 + 2 end,
    month = date_trunc('month', started_at at time zone 'UTC')::date`;
  await owner`create index on bench.tasks (started_at)`;
  await owner`analyze bench.tasks`;
  await owner`
    insert into issues (workspace_id, id, number, title, status, creator_type, project_id, order_key,
      duplicate_key, created_at, updated_at, last_activity_at)
    select workspace_id, issue_id, issue + 1, 'Issue ' || issue, 'done', 'member',
      (array_agg(project_id))[1], lpad(issue::text, 9, '0'), issue_id::text, min(started_at),
      min(started_at), max(started_at)
    from bench.tasks group by workspace_id, issue_id, issue`;
  await owner`
    insert into tasks (workspace_id, id, issue_id, agent_id, kind, status, outcome, runtime_id,
      queued_at, dispatched_at, started_at, ended_at, lease, initiator_type, accountable_id)
    select workspace_id, id, issue_id, agent_id, 'assignment',
      case when number % 12 = 0 then 'failed' else 'completed' end,
      case when number % 12 = 0 then 'failed' else 'done' end, runtime_id, started_at, started_at,
      started_at, started_at + make_interval(secs => seconds), 1, 'member', member_id
    from bench.tasks`;
}

/** Working days are fuller than weekends, middays fuller than mornings and evenings. */
async function makeTasksOf(
  owner: postgres.Sql,
  workspace: BenchWorkspace,
  { first, count }: { first: number; count: number },
): Promise<void> {
  const { id, agentIds, projectIds, runtimeIds, memberIds } = workspace;
  const ofLarge = largeIssues * tasksOfLargeIssue;
  await owner`
    insert into bench.tasks
    select number, ${id}, bench.id(started_at, number, 1), issue,
      bench.id(now() - make_interval(days => ${historyDays}), ${first}::bigint * 1000 + issue, 2), agent,
      agent % ${benchModels.length},
      case when agent % 5 < 2 then (agent + 3) % ${benchModels.length} end, started_at,
      600 + (bench.random(number, 5) * 3000)::int, 40 + (bench.random(number, 6) * 20)::int,
      (${projectIds}::uuid[])[1 + (bench.random(issue, 7) * ${projectIds.length - 1})::int],
      (${agentIds}::uuid[])[1 + agent], (${runtimeIds}::uuid[])[1 + agent % ${runtimeIds.length}],
      (${memberIds}::uuid[])[1 + agent % ${memberIds.length}]
    from (
      select placed.*, (bench.random(issue, 8) * ${agentIds.length - 1})::int as agent,
        least(day + make_interval(secs => 3600 * (7 + 6 * (bench.random(number, 3)
          + bench.random(number, 4)))), now() - interval '2 hours') as started_at
      from (
        select ${first}::bigint + place as number,
          case when place < ${ofLarge} then place / ${tasksOfLargeIssue}
            else ${largeIssues} + (place - ${ofLarge}) / 3 end as issue,
          case when extract(isodow from day) > 5 and bench.random(${first}::bigint + place, 9) < 0.8
            then day - interval '2 days' else day end as day
        from generate_series(0, ${count - 1}) as place
        cross join lateral (
          select date_trunc('day', now(), 'UTC') - make_interval(days => ${historyDays - 1}
            - (place::bigint * ${historyDays} / ${count})::int) as day) as days
      ) as placed
    ) as task`;
}

/** Series come from the product, so that what is booked later finds them. */
async function makeSeries({ owner, inWorkspace }: Books, fleet: Fleet): Promise<void> {
  const columns = (column: (name: string) => string) =>
    owner.unsafe(pivots.map((pivot) => column(`${pivot}_series`)).join(", "));
  await owner`
    create unlogged table bench.series (workspace_id uuid, kind text, role text, model int, agent int,
      project_id uuid, failed boolean, ${columns((name) => `${name} int`)})`;
  for (const { id } of fleet.workspaces) {
    const combinations = await owner<Combination[]>`
      select distinct agent, project_id as "projectId", agent_id as "agentId",
        runtime_id as "runtimeId", member_id as "memberId", used.model, used.role, used.kind,
        used.failed
      from bench.tasks, lateral (values (model, 'main', 'usage', false),
        (auxiliary, 'auxiliary', 'usage', false), (model, 'main', 'task', number % 12 = 0))
        as used(model, role, kind, failed)
      where workspace_id = ${id} and used.model is not null`;
    const meters = combinations.map(toMeter);
    const series = await inWorkspace(id, "write", (ctx) => seriesOfMeters(ctx, meters));
    const rows = combinations.map(({ projectId, ...combination }, index) => ({
      ...combination,
      project_id: projectId,
      ...Object.fromEntries(
        pivots.map((pivot) => [`${pivot}_series`, series[index]?.[`${pivot}Series`]]),
      ),
    }));
    await owner`
      insert into bench.series
      select ${id}, item.* from jsonb_to_recordset(${owner.json(rows as never)}::jsonb) as item(
        kind text, role text, model int, agent int, project_id uuid, failed boolean,
        ${columns((name) => `${name} int`)})`;
  }
  await owner`analyze bench.series`;
}

type Combination = Pick<
  MeterDimensions,
  "agentId" | "projectId" | "runtimeId" | "memberId" | "role" | "kind"
> & { readonly agent: number; readonly model: number; readonly failed: boolean };

function toMeter({ model, failed, role, kind, ...place }: Combination): MeterDimensions {
  const { agentId, projectId, runtimeId, memberId } = place;
  const used = benchModels[model];
  return {
    agentId,
    projectId,
    runtimeId,
    memberId,
    role,
    kind,
    month: "2000-01-01",
    taskId: null,
    sessionKey: null,
    lease: 1,
    provider: used?.provider ?? "",
    model: used?.model ?? "",
    source: "bench",
    billingMode: "api",
    failureClass: failed ? "agent" : null,
    issueId: null,
  };
}

async function makePrices(owner: postgres.Sql, fleet: Fleet): Promise<void> {
  const rows = benchModels.map((model, index) => ({ id: index, ...model, ...model.rates }));
  await owner`
    create unlogged table bench.models as
    select * from jsonb_to_recordset(${owner.json(rows as never)}::jsonb) as item(id int,
      provider text, model text, input bigint, "cacheRead" bigint, "cacheWrite" bigint,
      output bigint)`;
  await owner`
    insert into usage_prices (workspace_id, id, identity, rates) overriding system value
    select workspace_id, row_number() over (), 'bench/' || model,
      jsonb_build_object('input', input::text, 'output', output::text)
    from unnest(${fleet.workspaces.map(({ id }) => id)}::uuid[]) as workspace_id, bench.models
    where input is not null`;
  await owner`select setval(pg_get_serial_sequence('usage_prices', 'id'), 1000)`;
}

/** The ledger in the order of time, day by day, as it would have grown. */
async function makeEvents(owner: postgres.Sql): Promise<void> {
  await owner`select usage_ensure_month(month) from (select distinct month from bench.tasks) as used`;
  const days = await owner<{ day: Date }[]>`
    select distinct date_trunc('day', started_at, 'UTC') as day from bench.tasks order by 1`;
  let written = 0;
  for (const [index, { day }] of days.entries()) {
    const { count } = await owner`
      insert into usage_events (workspace_id, event_id, used_at, received_at, input, cache_read,
        cache_write_5m, output, reasoning, priced_pico, cache_saved_pico, unpriced_tokens, meter_id,
        price_id, month, part, cumulative, cost_is_estimate)
      select call.workspace_id, call.event_id, call.used_at, call.used_at + interval '900 ms',
        call.input, call.cache_read, call.cache_write, call.output, call.reasoning,
        coalesce(call.input * m.input + call.cache_read * m."cacheRead"
          + call.cache_write * m."cacheWrite" + call.output * m.output, 0),
        coalesce(call.cache_read * (m.input - m."cacheRead")
          + call.cache_write * (m.input - m."cacheWrite"), 0),
        case when m.input is null
          then call.input + call.cache_read + call.cache_write + call.output end,
        call.meter_id, p.id, call.month, 0, false, false
      from (
        select t.workspace_id, t.month, t.started_at + make_interval(secs =>
            t.seconds * (call + bench.random(seed, 2)) / (t.calls + 1)) as used_at,
          (left(t.id::text, 13) || substr(md5(seed::text), 1, 20))::uuid as event_id,
          case when is_auxiliary then t.auxiliary else t.model end as model,
          case when is_auxiliary then t.auxiliary_meter else t.main_meter end as meter_id,
          (20 + bench.random(seed, 3) * 200)::bigint as input,
          (6000 + call * 900 * (0.5 + bench.random(seed, 4)))::bigint as cache_read,
          (300 + bench.random(seed, 5) * 2500)::bigint as cache_write,
          (100 + bench.random(seed, 6) * 1200)::bigint as output,
          case when call % 3 = 0 then 60 end::bigint as reasoning
        from bench.tasks t
        cross join lateral generate_series(1, t.calls) as call
        cross join lateral (select t.number * 100 + call as seed,
          t.auxiliary is not null and call % 7 = 0 as is_auxiliary) as facts
        where t.started_at >= ${day} and t.started_at < ${day}::timestamptz + interval '1 day'
      ) as call
      join bench.models m on m.id = call.model
      left join usage_prices p on p.workspace_id = call.workspace_id
        and p.identity = 'bench/' || m.model
      order by call.used_at`;
    written += count;
    if (index % 30 === 29 || index === days.length - 1) progress(`  ${written} events`);
  }
}

/** As the server's own job does with every month that is over. */
async function packMonths(owner: postgres.Sql): Promise<void> {
  const months = await owner<{ month: string }[]>`
    select distinct to_char(month, 'YYYY-MM-DD') as month from bench.tasks
    where month < date_trunc('month', now() - interval '3 days')`;
  for (const { month } of months) await owner`select usage_pack_month(${month}::date)`;
}

async function makeTaskFacts(owner: postgres.Sql): Promise<void> {
  await owner`
    insert into usage_tasks (workspace_id, task_id, meter_id, started_at, ended_at, outcome, run_ms,
      queue_ms, lines_added, lines_deleted, files_changed)
    select workspace_id, id, task_meter, started_at, started_at + make_interval(secs => seconds),
      case when number % 12 = 0 then 'failed' else 'done' end, seconds * 1000,
      (bench.random(number, 11) * 60000)::bigint, (bench.random(number, 12) * 300)::bigint,
      (bench.random(number, 13) * 120)::bigint, 1 + (bench.random(number, 14) * 9)::bigint
    from bench.tasks`;
}

/** The tail as bookings would have left it, then meters with what they have counted. */
async function makeMeters(owner: postgres.Sql): Promise<void> {
  const quarter = (column: string) =>
    owner.unsafe(`date_bin('15 minutes', ${column}, timestamptz '2000-01-01 00:00:00Z')`);
  const series = (table: string) =>
    owner.unsafe(pivots.map((pivot) => `${table}${pivot}_series`).join(", "));
  progress("  sums");
  await owner`
    insert into usage_tail (workspace_id, meter_id, bucket_at, events, input, cache_read,
      cache_write_5m, cache_write_1h, output, reasoning, cost_pico, notional_pico, cache_saved_pico,
      priced_events, unpriced_tokens)
    select workspace_id, meter_id, ${quarter("used_at")}, count(*), sum(input), sum(cache_read),
      sum(cache_write_5m), 0, sum(output), coalesce(sum(reasoning), 0), sum(priced_pico), 0,
      sum(cache_saved_pico), count(price_id), coalesce(sum(unpriced_tokens), 0)
    from usage_events group by 1, 2, 3`;
  await owner`
    insert into usage_meters (workspace_id, id, fingerprint, kind, month, task_id, lease, issue_id,
      project_id, agent_id, runtime_id, member_id, provider, model, role, source, failure_class,
      ${series("")}, events, input, cache_read, cache_write_5m, output, reasoning, cost_pico, cache_saved_pico, priced_events,
      unpriced_tokens, last_used_at) overriding system value
    select t.workspace_id, used.meter_id, md5(used.meter_id::text)::uuid, used.kind, t.month, t.id, 1,
      t.issue_id, t.project_id, t.agent_id, t.runtime_id, t.member_id, m.provider, m.model,
      used.role, 'bench', case when used.failed then 'agent' end, ${series("s.")}, coalesce(sums.events, 0), coalesce(sums.input, 0),
      coalesce(sums.cache_read, 0), coalesce(sums.cache_write_5m, 0), coalesce(sums.output, 0),
      coalesce(sums.reasoning, 0), coalesce(sums.cost_pico, 0), coalesce(sums.cache_saved_pico, 0),
      coalesce(sums.priced_events, 0), coalesce(sums.unpriced_tokens, 0), sums.last_used_at
    from bench.tasks t
    cross join lateral (values (t.main_meter, t.model, 'main', 'usage', false),
      (t.auxiliary_meter, t.auxiliary, 'auxiliary', 'usage', false),
      (t.task_meter, t.model, 'main', 'task', t.number % 12 = 0))
      as used(meter_id, model, role, kind, failed)
    join bench.models m on m.id = used.model
    join bench.series s on s.workspace_id = t.workspace_id and s.kind = used.kind
      and s.role = used.role and s.model = used.model and s.agent = t.agent
      and s.project_id = t.project_id and s.failed = used.failed
    left join (
      select meter_id, sum(events) as events, sum(input) as input, sum(cache_read) as cache_read,
        sum(cache_write_5m) as cache_write_5m, sum(output) as output, sum(reasoning) as reasoning,
        sum(cost_pico) as cost_pico, sum(cache_saved_pico) as cache_saved_pico,
        sum(priced_events) as priced_events, sum(unpriced_tokens) as unpriced_tokens,
        max(bucket_at) as last_used_at
      from usage_tail group by meter_id
    ) as sums on sums.meter_id = used.meter_id
    where used.meter_id is not null
    order by t.started_at`;
  await owner`
    select setval(pg_get_serial_sequence('usage_meters', 'id'), (select max(id) from usage_meters))`;
  await owner`
    insert into usage_tail (workspace_id, meter_id, bucket_at, tasks_started, tasks_done,
      tasks_no_response, tasks_needs_input, tasks_failed, tasks_cancelled, run_ms, queue_ms,
      waiting_ms, lines_added, lines_deleted, files_changed)
    select workspace_id, meter_id, ${quarter("at")}, sum((not is_end)::int),
      sum((is_end and outcome = 'done')::int), 0, 0, sum((is_end and outcome = 'failed')::int), 0,
      sum(is_end::int * run_ms), sum(is_end::int * queue_ms), 0, sum(is_end::int * lines_added),
      sum(is_end::int * lines_deleted), sum(is_end::int * files_changed)
    from usage_tasks, lateral (values (started_at, false), (ended_at, true)) as happened(at, is_end)
    group by 1, 2, 3`;
}

/** Folds the tail and keeps the days of the zones, by the product's own functions. */
async function foldHistory({ inWorkspace }: Books, workspace: BenchWorkspace): Promise<void> {
  const startedAt = performance.now();
  await inWorkspace(workspace.id, "write", async (ctx) => {
    await lockSums(ctx);
    await foldWholeTail(ctx);
  });
  const foldedAt = performance.now();
  for (const zone of workspace.share > 0.1 ? zones : zones.slice(0, 1)) {
    await inWorkspace(workspace.id, "write", (ctx) => keepZone(ctx, canonicalZone(zone)));
  }
  const seconds = (ms: number): string => (ms / 1_000).toFixed(1);
  progress(
    `  ${workspace.slug}: folded in ${seconds(foldedAt - startedAt)} s, days of ${zones.length} zones in ${seconds(performance.now() - foldedAt)} s`,
  );
}
