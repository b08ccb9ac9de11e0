import { expect, it } from "vitest";
import type { WorkspaceContext } from "../../platform/context.ts";
import { addTask } from "../../testing/add-task.ts";
import { asSystem } from "../../testing/as-system.ts";
import { createTestApp } from "../../testing/test-app.ts";
import { eventIdOf } from "./event-id.ts";
import { monthOf } from "./meter.ts";
import { readLedgerEvents } from "./read-ledger-events.ts";
import { book, usageOf } from "./usage.fixture.ts";

const others = 20_000;
const totals = 60;

it("reads the rows of running totals that grow, and none of the others of a month that is so new that nothing is known of it", async () => {
  await using test = await createTestApp();
  const task = await addTask(test);
  const keys = Array.from({ length: totals }, (_, at) => `total ${at}`);
  await book(
    test,
    keys.map((key) => usageOf(task, { key, cumulative: true, input: 1 })),
  );
  await asSystem(test, async ({ sql }) => {
    await sql`
      insert into usage_events (workspace_id, event_id, used_at, received_at, input, cache_read,
        cache_write_5m, output, priced_pico, cache_saved_pico, meter_id, price_id, month, part,
        cumulative, cost_is_estimate)
      select workspace_id, gen_random_uuid(), used_at, received_at, input, cache_read, cache_write_5m,
        output, priced_pico, cache_saved_pico, meter_id, price_id, month, part, cumulative,
        cost_is_estimate
      from (select * from usage_events limit 1) as one, generate_series(1, ${others})`;
  });
  await asSystem(test, async (ctx) => {
    const before = await readRows(ctx);
    const places = keys.map((key) => ({
      id: eventIdOf(task.id, `${task.id}/${key}`),
      month: monthOf(test.now()),
      since: test.now(),
    }));
    expect((await readLedgerEvents(ctx, places)).size).toBe(totals);
    expect((await readRows(ctx)) - before).toBeLessThan(others / 10);
  });
});

/** How many rows of the ledger this transaction has looked at. */
async function readRows({ sql }: Pick<WorkspaceContext, "sql">): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select sum(seq_tup_read + idx_tup_fetch)::int as count from pg_stat_xact_user_tables
    where relname like 'usage_events_%'`;
  return row?.count ?? 0;
}
