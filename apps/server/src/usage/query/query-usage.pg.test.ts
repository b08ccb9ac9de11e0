import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import { members } from "@headcount/contract/members/routes";
import { projects } from "@headcount/contract/projects/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import {
  type UsageDimension,
  usageDimensions,
  type UsageGrouping,
  usageGroupings,
} from "@headcount/contract/usage/query-words";
import { book, usageOf } from "../ledger/usage.fixture.ts";
import type { TestPerson } from "../../testing/test-app.ts";
import { type Books, type KnownCall, type KnownTask, makeBooks, zones } from "./books.fixture.ts";

const workspace = "acme";
type Asked = Record<string, unknown>;

describe("any question about usage", () => {
  let books: Books;
  beforeAll(async () => {
    books = await makeBooks();
  });
  afterAll(async () => {
    await books[Symbol.asyncDispose]();
  });

  const ask = (asked: Asked, person: TestPerson = books.test.alice): Promise<UsageQueryReply> =>
    person.call(usageQueries.query, { workspace, ...asked });
  const table = (reply: UsageQueryReply): (string | number | null)[][] =>
    reply.rows.map((row) => [
      ...row.keys.map((key) => key.label),
      ...reply.metrics.map((metric) => row.metrics[metric] ?? null),
    ]);

  it.each([
    [
      "New York, whose first of November has 25 hours",
      { tz: "America/New_York", from: "2026-10-31", to: "2026-11-02" },
      [
        ["2026-10-31", 350, 1],
        ["2026-11-01", 125, 1],
        ["2026-11-02", 0, 0],
      ],
    ],
    [
      "Kolkata, half an hour off",
      { tz: "Asia/Kolkata", from: "2026-10-31", to: "2026-11-02" },
      [
        ["2026-10-31", 100, 0],
        ["2026-11-01", 355, 1],
        ["2026-11-02", 20, 1],
      ],
    ],
    [
      "Berlin, whose 25th of October has an hour twice",
      { tz: "Europe/Berlin", from: "2026-10-25", to: "2026-10-25" },
      [["2026-10-25", 3_005, 0]],
    ],
  ] as const)("cuts days by the clocks of %s", async (_, asked, expected) => {
    for (const prepare of [async () => {}, books.fold]) {
      await prepare();
      const reply = await ask({ ...asked, group_by: "time", metrics: "tokens,tasks" });
      expect(table(reply)).toEqual(expected);
      expect(reply.times.map((time) => time.label)).toEqual(expected.map(([day]) => day));
    }
  });

  it("keeps the two runs of one hour apart, in rows of an hour and of five minutes", async () => {
    const range = { from: "2026-10-25T00:00:00Z", to: "2026-10-25T02:00:00Z" };
    const hours = await ask({ ...range, tz: "Europe/Berlin", group_by: "time", bucket: "hour" });
    expect(table(hours)).toEqual([
      ["2026-10-25 02:00", 1_000, "0.001"],
      ["2026-10-25 02:00 +01:00", 2_005, "0.002025"],
    ]);
    const fine = await ask({ ...range, tz: "Europe/Berlin", group_by: "time", bucket: "5min" });
    expect(fine.rows).toHaveLength(24);
    expect(table(fine).filter((row) => row[1] !== 0)).toEqual([
      ["2026-10-25 02:30", 1_000, "0.001"],
      ["2026-10-25 02:30 +01:00", 2_005, "0.002025"],
    ]);
  });

  /** What the calls themselves say, told apart by everything but time. */
  function expectedRows(
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
    for (const call of books.calls) add(call.at, call, "tokens");
    for (const task of books.tasks) add(task.endedAt, task, "tasks");
    return rows;
  }

  const question = fc.record({
    tz: fc.constantFrom("UTC", "Asia/Kathmandu", ...zones),
    groupBy: fc.uniqueArray(fc.constantFrom(...usageGroupings), { maxLength: 2 }),
    bucket: fc.constantFrom("15min", "hour", "day", "week", "month"),
    from: fc.integer({ min: 0, max: 1_200 }),
    quarters: fc.integer({ min: 1, max: 1_300 }),
    filter: fc.constantFrom<readonly [UsageDimension, string][]>(
      [],
      [["agent", "Ada"]],
      [["project", "none"]],
      [["model", "headcount/tutorial"]],
      [
        ["runtime", "server"],
        ["provider", "headcount"],
      ],
    ),
  });

  /** Whether a filter lets something through, by the names of the fixture. */
  const fits = (known: KnownCall | KnownTask, [dimension, word]: [UsageDimension, string]) => {
    const { ids } = books;
    const values: Readonly<Record<string, string | null>> = {
      Ada: ids.ada,
      server: ids.sharedRuntime,
      none: null,
    };
    const wanted = word in values ? values[word] : word;
    return dimension !== "failure_class" && known[dimension] === wanted;
  };

  it.each(["as it is booked", "folded", "with the days of zones"] as const)(
    "INV-77 sums to what was used in every zone, by any two groupings, %s",
    async (state) => {
      if (state === "folded") await books.fold();
      if (state === "with the days of zones") await books.keepZones();
      await fc.assert(
        fc.asyncProperty(question, async ({ tz, groupBy, bucket, from, quarters, filter }) => {
          const startMs = Date.parse("2026-10-24T12:00:00Z") + from * 15 * 60_000;
          const reply = await ask({
            tz,
            group_by: groupBy,
            bucket,
            from: new Date(startMs).toISOString(),
            to: new Date(startMs + quarters * 15 * 60_000).toISOString(),
            metrics: "tokens,tasks",
            ...Object.fromEntries(filter),
          });
          const isWanted = (known: KnownCall | KnownTask): boolean =>
            filter.every((one) => fits(known, one));
          const expected = expectedRows(groupBy, reply, isWanted);
          const found = reply.rows
            .map((row) => [
              row.keys.map((key) => key.value ?? "null").join("|"),
              { tokens: row.metrics.tokens, tasks: row.metrics.tasks },
            ])
            .filter(([, row]) => JSON.stringify(row) !== '{"tokens":0,"tasks":0}');
          const whole = expectedRows([], reply, isWanted).get("") ?? { tokens: 0, tasks: 0 };
          expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
          expect(reply.totals).toEqual(whole);
        }),
        { numRuns: 80, seed: 7 },
      );
    },
    60_000,
  );

  it("filters by ids and by exact names, several at once, and by what belongs to nothing", async () => {
    const tokens = async (filter: Asked): Promise<unknown> =>
      (await ask({ ...filter, metrics: "tokens" })).totals.tokens;
    const { ids } = books;
    expect(await tokens({ agent: "Ada" })).toBe(await tokens({ agent: ids.ada }));
    expect(await tokens({ agent: "Ada" })).toBe(3_160);
    expect(await tokens({ agent: "Ada,Open" })).toBe(3_522);
    expect(await tokens({ agent: "none" })).toBe(500);
    expect(await tokens({ agent: "ada" })).toBe(0);
    expect(await tokens({ agent: "Open", issue: "ACME-1" })).toBe(42);
    expect(await tokens({ project: "none", model: "headcount/tutorial" })).toBe(820);
    expect(await tokens({ model: "secret-1" })).toBe(11);
    expect(await tokens({ role: "subagent", provider: "headcount" })).toBe(17);
    expect(await tokens({ member: "Bob" })).toBe(500);
    expect(await tokens({ runtime: "server" })).toBe(362);
    expect(await tokens({ agent: "'; drop table usage_meters; --" })).toBe(0);
    expect(await tokens({ issue: "x\\,y" })).toBe(0);
  });

  it("never counts a task twice, whatever its models, and knows why tasks failed", async () => {
    const reply = await ask({
      group_by: "failure_class",
      metrics: "tasks,failures,tasks_done,tasks_started,active_agents",
    });
    expect(table(reply)).toEqual([
      ["No failure", 1, 0, 1, 2, 2],
      ["timeout", 1, 1, 0, 1, 0],
    ]);
    const byModel = await ask({ group_by: "model", metrics: "tasks,tokens" });
    expect(byModel.totals).toEqual({ tasks: 2, tokens: 4_022 });
    expect(byModel.rows).toHaveLength(2);
  });

  it("shows cost that is billed, notional and unknown apart", async () => {
    const reply = await ask({ group_by: "provider", metrics: "cost,notional,unpriced_tokens" });
    expect(table(reply)).toEqual([
      ["headcount", expect.any(String), "0.0005", 0],
      ["acme", null, null, 11],
    ]);
  });

  it("folds what the limit leaves out into one row, and orders as asked", async () => {
    const limited = await ask({ group_by: "issue", limit: 1, metrics: "tokens" });
    expect(table(limited)).toEqual([
      ["ACME-1 · =Inside", 3_202],
      ["Other", 820],
    ]);
    expect(limited.rows[1]?.keys[0]).toMatchObject({ kind: "other", value: null });
    const turned = await ask({ group_by: "agent", order: "tokens", metrics: "tokens" });
    expect(table(turned).map(([label]) => label)).toEqual(["Open", "Unmanaged sessions", "Ada"]);
    const named = await ask({ group_by: "agent", order: "key", metrics: "tokens" });
    expect(table(named).map(([label]) => label)).toEqual(["Ada", "Open", "Unmanaged sessions"]);
  });

  it("INV-84 makes one row of what is closed to the viewer, and tells nothing else about it", async () => {
    const { bob } = books.test;
    const theirs = await ask({ group_by: "agent", metrics: "tokens,tasks" }, bob);
    expect(table(theirs)).toEqual([
      ["Private agents", 3_160, 1],
      ["Unmanaged sessions", 500, 0],
      ["Open", 362, 1],
    ]);
    const machines = await ask({ group_by: "runtime", metrics: "tokens" }, bob);
    expect(table(machines)).toEqual([
      ["Private runtimes", 3_160],
      ["No runtime", 500],
      ["server · claude", 362],
    ]);
    for (const dimension of usageDimensions) {
      const mine = await ask({ group_by: dimension, metrics: "tokens,tasks" });
      const reply = await ask({ group_by: dimension, metrics: "tokens,tasks" }, bob);
      expect([dimension, reply.totals]).toEqual([dimension, mine.totals]);
    }
    const { ids } = books;
    for (const filter of [
      { agent: ids.ada },
      { agent: crypto.randomUUID() },
      { runtime: ids.adaRuntime },
    ]) {
      await expect(ask(filter, bob)).rejects.toMatchObject({ code: "not_found" });
    }
    expect((await ask({ agent: "Ada", metrics: "tokens" }, bob)).totals.tokens).toBe(0);
    expect((await ask({ agent: ids.open, metrics: "tokens" }, bob)).totals.tokens).toBe(362);
    await expect(
      bob.call(usageQueries.runtime, { workspace, runtimeId: ids.adaRuntime as never }),
    ).rejects.toMatchObject({ code: "not_found" });
  });

  it("answers the views of a runtime, of agents and of hours with one total", async () => {
    const { alice } = books.test;
    const { ids } = books;
    const tz = "Europe/Berlin";
    const runtime = await alice.call(usageQueries.runtime, {
      workspace,
      runtimeId: ids.sharedRuntime as never,
      tz,
    });
    expect(runtime.days).toHaveLength(90);
    expect(runtime.total.tokens.total).toBe(362);
    expect(runtime.byAgent.map((one) => [one.name, one.tasks, one.runTimeMs])).toEqual([
      ["Open", 1, 1_017_840_000],
    ]);
    expect(runtime.hours[19]?.usage.tokens.total).toBe(320);
    expect(runtime.asOf).toMatch(/^2026-11-05T15:02:00/);
    const activity = await alice.call(usageQueries.activity, { workspace, tz });
    expect(activity.cells).toHaveLength(168);
    const twice = activity.cells.find((cell) => cell.weekday === 7 && cell.hour === 2);
    expect(twice?.usage.tokens.total).toBe(3_005);
    const sum = activity.cells.reduce((all, cell) => all + Number(cell.usage.tokens.total), 0);
    expect(sum).toBe(activity.total.tokens.total);
    const hours = await alice.call(usageQueries.byHour, { workspace, tz, agent: "Ada" });
    expect(hours.total.tokens.total).toBe(3_160);
    const shares = await alice.call(usageQueries.byAgent, { workspace, project: "Website" });
    expect(shares.agents.map((one) => one.name)).toEqual(["Ada", "Open"]);
  });

  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    Promise.resolve(
      books.test.app.api.fetch(
        new Request(`http://headcount.test/api/w/acme/${path}`, {
          headers: { authorization: `Bearer ${books.test.alice.token}`, ...headers },
        }),
      ),
    );

  it("writes the same rows as CSV, safe for spreadsheets", async () => {
    const path = "usage/query?group_by=issue,project&metrics=tokens,cost&order=-tokens";
    const reply = await get(path, { accept: "text/csv" });
    expect(reply.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const { ids } = books;
    const lines = (await reply.text()).split("\r\n");
    expect(lines[0]).toBe("issue,issue_id,project,project_id,tokens,cost");
    expect(lines[1]).toMatch(`ACME-1 · =Inside,${ids.adaIssue},Website,${ids.project},3202,`);
    expect(lines).toContain(`"ACME-2 · Outside, alone",${ids.openIssue},No project,,320,0.0004`);
    expect(await (await get(`${path}&format=csv`)).text()).toBe(lines.join("\r\n"));
    expect(
      (await get(`${path}&format=json`, { accept: "text/csv" })).headers.get("content-type"),
    ).toMatch("application/json");
    for (const other of ["daily?days=7", "by-agent", "by-hour", "activity"]) {
      const text = await (await get(`usage/${other}`, { accept: "text/csv" })).text();
      expect(text.split("\r\n").length).toBeGreaterThan(2);
    }
    expect(await (await get(`tasks/${ids.adaTask}/usage?format=csv`)).text()).toContain(",3149,");
    expect(await (await get("issues/ACME-1/usage?format=csv")).text()).toContain(",3160,");
  });

  it("takes anything at all as the value of a filter", async () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("' or 1=1 --", "\u0000", "none", "a,b", "\\", "%", "ACME-99999999999"),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...usageDimensions), value, async (dimension, text) => {
        const path = `usage/query?${dimension}=${encodeURIComponent(text.toWellFormed())}`;
        const reply = await get(path);
        expect([path, [200, 400].includes(reply.status)]).toEqual([path, true]);
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["metrics=speed", '"speed" is no metric; there are tokens,'],
    ["group_by=colour", '"colour" is no grouping'],
    ["group_by=agent,model,role", "at most 2"],
    ["tz=Mars/Base", "is not an IANA time zone name"],
    ["tz=%2B05:30", "is not an IANA time zone name"],
    ["days=0", "is no whole number of days from 1 to 365"],
    ["days=1.5", "is no whole number of days from 1 to 365"],
    ["days=x", "is no whole number of days from 1 to 365"],
    ["from=yesterday", "is neither a day like"],
    ["from=2026-11-02&to=2026-11-01", "`from` has to lie before `to`"],
    ["from=2026-11-01&days=3", "exclude each other"],
    ["days=90&group_by=time&bucket=hour", "at most 62 days"],
    ["from=2026-11-01T10:01:00.500Z", "whole second"],
    ["bucket=year", '"year" is no bucket'],
    ["order=size", "is neither a metric nor"],
    ["limit=0", "limit"],
    ["colour=red", "colour"],
  ])("refuses %s in one sentence", async (asked, sentence) => {
    const reply = await get(`usage/query?${asked}`);
    const body = (await reply.json()) as { code: string; message: string };
    expect([reply.status, body.code]).toEqual([400, "invalid"]);
    expect(body.message).toContain(sentence);
    expect(body.message).not.toContain("\n");
  });
});

describe("usage that is not folded yet", () => {
  it("is in every answer at once, over days that are kept and over hours", async () => {
    await using books = await makeBooks();
    const { test, ids } = books;
    await books.keepZones();
    await books.fold();
    const at = Date.parse("2026-11-01T20:00:00Z");
    const ageMs = test.now().getTime() - at;
    await book(test, [usageOf({ id: ids.runningTask }, { key: "late", input: 9_000, ageMs })]);
    for (const tz of ["UTC", ...zones]) {
      for (const groupBy of ["time", "agent", "project", "model", "member", "hour", "issue"]) {
        const reply = await test.alice.call(usageQueries.query, {
          workspace,
          tz,
          group_by: groupBy,
          metrics: "tokens",
        });
        const sum = reply.rows.reduce((all, row) => all + Number(row.metrics.tokens), 0);
        expect([tz, groupBy, sum, reply.totals.tokens]).toEqual([tz, groupBy, 13_022, 13_022]);
      }
    }
    const day = await test.alice.call(usageQueries.query, {
      workspace,
      tz: "Asia/Kolkata",
      from: "2026-11-02",
      to: "2026-11-02",
      agent: "Open",
      group_by: "time",
      metrics: "tokens",
    });
    expect(day.rows.map((row) => row.metrics)).toEqual([{ tokens: 9_000 }]);
  });
});

describe("usage of what is gone", () => {
  it("INV-112 keeps every total and the names of what was deleted", async () => {
    await using books = await makeBooks();
    const { test, ids } = books;
    const { alice, bob } = test;
    const ask = (asked: Asked): Promise<UsageQueryReply> =>
      alice.call(usageQueries.query, { workspace, metrics: "tokens,tasks,cost", ...asked });
    const before = await ask({});
    await alice.call(agents.archive, { workspace, agentId: ids.ada });
    await alice.call(issues.delete, { workspace, issue: "ACME-1" });
    await alice.call(members.remove, { workspace, memberId: bob.userId });
    await alice.call(runtimes.removeAndDelete, {
      workspace,
      runtimeId: ids.adaRuntime as never,
      agentIds: [],
    });
    const labels = async (dimension: UsageDimension): Promise<string[]> => {
      const reply = await ask({ group_by: dimension });
      // The task that still ran was cancelled with its issue, so one more has ended.
      expect([dimension, reply.totals]).toEqual([dimension, { ...before.totals, tasks: 3 }]);
      return reply.rows.map(({ keys: [key] }) => `${key?.kind}: ${key?.label}`);
    };
    expect(await labels("issue")).toEqual([
      "deleted: ACME-1 · =Inside",
      "none: No issue",
      "value: ACME-2 · Outside, alone",
    ]);
    expect(await labels("agent")).toEqual([
      "value: Ada",
      "unmanaged: Unmanaged sessions",
      "value: Open",
    ]);
    expect(await labels("member")).toEqual(["value: Alice", "deleted: Bob"]);
    expect(await labels("runtime")).toEqual([
      "deleted: Ada's laptop · claude",
      "none: No runtime",
      "value: server · claude",
    ]);
    expect((await ask({ runtime: ids.adaRuntime })).totals.tokens).toBe(3_160);
    expect((await ask({ issue: "ACME-1" })).totals.tokens).toBe(3_202);
  });

  it("follows an issue into another project at once, in every pivot", async () => {
    await using books = await makeBooks();
    const { alice } = books.test;
    await books.keepZones();
    await books.fold();
    const projectsOf = async (): Promise<Record<string, unknown>> => {
      const reply = await alice.call(usageQueries.query, {
        workspace,
        tz: "Asia/Kolkata",
        group_by: "project",
        metrics: "tokens,tasks",
      });
      return Object.fromEntries(reply.rows.map((row) => [row.keys[0]?.label, row.metrics]));
    };
    const other = await alice.call(projects.create, { workspace, title: "Elsewhere" });
    await alice.call(issues.update, { workspace, issue: "ACME-1", projectId: other.id });
    expect(await projectsOf()).toEqual({
      Elsewhere: { tokens: 3_202, tasks: 1 },
      "No project": { tokens: 820, tasks: 1 },
    });
    await books.fold();
    expect(await projectsOf()).toMatchObject({ Elsewhere: { tokens: 3_202, tasks: 1 } });
  });
});

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
