import { describe, expect, it } from "vitest";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import { members } from "@headcount/contract/members/routes";
import { projects } from "@headcount/contract/projects/routes";
import { runtimes } from "@headcount/contract/runtimes/routes";
import type { UsageQueryReply } from "@headcount/contract/usage/query-schemas";
import type { UsageDimension } from "@headcount/contract/usage/query-words";
import { book, usageOf } from "../ledger/usage.fixture.ts";
import { askBooks, type Asked, makeKeptBooks } from "./ask-books.fixture.ts";
import { makeBooks, zones } from "./books.fixture.ts";

const workspace = "acme";

describe("usage that is not folded yet", () => {
  it("is in every answer at once, over days that are kept and over hours", async () => {
    await using books = await makeKeptBooks();
    const { test, ids } = books;
    const at = Date.parse("2026-11-01T20:00:00Z");
    const ageMs = test.now().getTime() - at;
    await book(test, [usageOf({ id: ids.runningTask }, { key: "late", input: 9_000, ageMs })]);
    for (const tz of ["UTC", ...zones]) {
      for (const groupBy of ["time", "agent", "project", "model", "member", "hour", "issue"]) {
        const reply = await askBooks(books, {
          tz,
          group_by: groupBy,
          metrics: "tokens",
        });
        const sum = reply.rows.reduce((all, row) => all + Number(row.metrics.tokens), 0);
        expect([tz, groupBy, sum, reply.totals.tokens]).toEqual([tz, groupBy, 13_022, 13_022]);
      }
    }
    const day = await askBooks(books, {
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
    const { ids } = books;
    const { alice, bob } = books.test;
    const ask = (asked: Asked): Promise<UsageQueryReply> =>
      askBooks(books, { metrics: "tokens,tasks,cost", ...asked });
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
    await using books = await makeKeptBooks();
    const { alice } = books.test;
    const projectsOf = async (): Promise<Record<string, unknown>> => {
      const reply = await askBooks(books, {
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
