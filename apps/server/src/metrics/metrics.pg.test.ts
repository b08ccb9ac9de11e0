import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { newId, type TaskId } from "@headcount/contract/kit/ids";
import { usage } from "@headcount/contract/usage/routes";
import { patientMs } from "@headcount/testkit/patience";
import { openMetricsConnection } from "../platform/database.ts";
import { createJobRunner, type Job } from "../platform/jobs.ts";
import { createLog } from "../platform/log.ts";
import { createGroupCommit } from "../platform/group-commit.ts";
import { addTask } from "../testing/add-task.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { usageBooking } from "../usage/ledger/usage-booking.ts";
import { usageOf } from "../usage/ledger/usage.fixture.ts";
import { change, fold } from "../usage/verify/books.fixture.ts";
import { createRegistry, type MetricsRegistry } from "./create-registry.ts";
import { plain } from "./read-database-gauges.ts";
import { type MetricsServer, serveMetrics } from "./serve-metrics.ts";

const token = "scrape-me";

describe("GET /metrics", () => {
  let test: TestApp;
  let registry: MetricsRegistry;
  let served: MetricsServer;
  const serve = (databaseUrl: string): Promise<MetricsServer> =>
    serveMetrics({
      address: { host: "127.0.0.1", port: 0 },
      token,
      registry,
      databaseUrl,
      readProcess: () => [plain("headcount_sockets", "Open sockets.", 3)],
      log: createLog({ level: "silent" }),
    });
  const scrape = async (url = served.url): Promise<Map<string, number>> => {
    const reply = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    expect([reply.status, reply.headers.get("content-type")]).toEqual([
      200,
      expect.stringContaining("text/plain"),
    ]);
    const lines = (await reply.text()).split("\n").filter((line) => /^[a-z]/.test(line));
    return new Map(
      lines.map((line) => {
        const at = line.lastIndexOf(" ");
        return [line.slice(0, at), Number(line.slice(at + 1))];
      }),
    );
  };

  beforeAll(async () => {
    registry = createRegistry();
    test = await createTestApp({ metrics: registry.metrics });
    served = await serve(test.databaseUrl);
  });
  afterAll(async () => {
    await served.close();
    await test[Symbol.asyncDispose]();
  });

  it("tells what is booked, how fast, and what is not folded, priced or accepted", async () => {
    const task = await addTask(test);
    await fold(test);
    const together = createGroupCommit(test.app.runner, registry.metrics);
    const records = [
      usageOf(task, { key: "a", input: 10 }),
      usageOf(task, { key: "b", input: 10, provider: "acme", model: "unheard-of", output: 5 }),
      usageOf({ id: newId<TaskId>() }, { key: "c", input: 1 }),
      usageOf(task, { key: "a", input: 10 }),
    ];
    await together(usageBooking, test.workspaceId, records);
    const found = await scrape();
    const events = (result: string) =>
      found.get(`headcount_usage_events_total{result="${result}"}`);
    expect(events("stored")).toBe(2);
    expect(events("duplicate")).toBe(1);
    expect(events("rejected")).toBe(1);
    expect(found.get("headcount_usage_unpriced_events_total")).toBe(1);
    expect(found.get("headcount_usage_unpriced_tokens_total")).toBe(15);
    expect(found.get('headcount_group_commit_items_sum{work="usage.book"}')).toBe(4);
    expect(found.get('headcount_group_commit_seconds_count{work="usage.book"}')).toBe(1);
    expect(found.get("headcount_usage_tail_rows")).toBe(2);
    expect(found.get("headcount_usage_quarantined_records")).toBe(1);
    expect(found.get("headcount_usage_lag_seconds")).toBe(0);
    expect(found.get("headcount_database_up")).toBe(1);
    await fold(test);
    expect((await scrape()).get("headcount_usage_tail_rows")).toBe(0);
  });

  it("tells when the nightly comparison found sums that differ", async () => {
    await test.app.jobs.runNow("usage.verify");
    const before = await scrape();
    expect(before.get("headcount_usage_verify_differences")).toBe(0);
    expect(before.get("headcount_usage_verified_timestamp_seconds")).toBeGreaterThan(1e9);
    await change(
      test,
      (tx) => tx`
        insert into usage_rollups (workspace_id, pivot, tier, bucket_at, series_id, input)
        values (${test.workspaceId}, 'model', 1, date_trunc('day', ${test.now()}::timestamptz, 'UTC')
          - interval '5 hours', 1, 5)`,
    );
    await test.app.jobs.runNow("usage.verify");
    expect((await scrape()).get("headcount_usage_verify_differences")).toBe(1);
  });

  it("tells how long routes take, by name and class of status, without any id", async () => {
    await test.alice.call(usage.daily, { workspace: "acme" });
    await test.bob.call(usage.verify, { workspace: "acme" }).catch(() => {});
    const found = await scrape();
    const count = (labels: string) => found.get(`headcount_http_request_seconds_count{${labels}}`);
    expect(count('route="usage.daily",status="2xx"')).toBe(1);
    expect(count('route="usage.verify",status="4xx"')).toBe(1);
    const ids = [...found.keys()].filter((name) => /[0-9a-f]{8}-[0-9a-f]{4}|acme/.test(name));
    expect(ids).toEqual([]);
    expect(found.get("headcount_sockets")).toBe(3);
    expect(found.get("process_resident_memory_bytes")).toBeGreaterThan(0);
  });

  it("answers nobody without the token, and nothing but /metrics", async () => {
    for (const authorization of ["", "Bearer wrong", `Basic ${token}`]) {
      expect((await fetch(served.url, { headers: { authorization } })).status).toBe(401);
    }
    const elsewhere = await fetch(served.url.replace("/metrics", "/"));
    expect(elsewhere.status).toBe(404);
    expect((await fetch(served.url, { method: "POST" })).status).toBe(404);
  });

  it("says which address is taken", async () => {
    const { port } = new URL(served.url);
    const again = serveMetrics({
      address: { host: "127.0.0.1", port: Number(port) },
      token: null,
      registry,
      databaseUrl: test.databaseUrl,
      readProcess: () => [],
      log: createLog({ level: "silent" }),
    });
    await expect(again).rejects.toThrow(`127.0.0.1:${port}`);
  });

  it("has a connection that cannot write", async () => {
    const sql = openMetricsConnection(test.databaseUrl);
    try {
      await expect(sql`delete from usage_quarantine`).rejects.toMatchObject({ code: "25006" });
    } finally {
      await sql.end();
    }
  });

  it("takes one connection, however many ask at once", async () => {
    await Promise.all(Array.from({ length: 20 }, () => scrape()));
    const [row] = await test.app.database.pool<{ count: number }[]>`
      select count(*)::int as count from pg_stat_activity
      where application_name = 'headcount-metrics' and datname = current_database()`;
    expect(row?.count).toBe(1);
  });

  it("still tells what it knows when the database does not answer", async () => {
    const cut = await serve("postgres://nobody:wrong@127.0.0.1:1/nothing");
    try {
      const found = await scrape(cut.url);
      expect(found.get("headcount_database_up")).toBe(0);
      expect(found.get("headcount_sockets")).toBe(3);
      expect(found.has("headcount_usage_tail_rows")).toBe(false);
    } finally {
      await cut.close();
    }
  });

  it("counts runs of jobs by their result", async () => {
    const jobs: Job[] = [
      { name: "test.works", everySeconds: 3_600, scope: "global", run: async () => {} },
      {
        name: "test.fails",
        everySeconds: 3_600,
        scope: "global",
        run: async () => {
          throw new Error("on purpose");
        },
      },
    ];
    const stop = new AbortController();
    const running = createJobRunner(test.app, jobs).run(stop.signal);
    await vi.waitFor(async () => {
      const found = await scrape();
      const count = (labels: string) => found.get(`headcount_job_seconds_count{${labels}}`);
      expect(count('job="test.works",result="done"')).toBe(1);
      expect(count('job="test.fails",result="failed"')).toBe(1);
    }, patientMs(5_000));
    stop.abort();
    await running;
  });
});
