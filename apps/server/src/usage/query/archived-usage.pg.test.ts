import { afterAll, beforeAll, expect, it } from "vitest";
import type { InputOf } from "@headcount/contract/kit/route";
import { usageQueries } from "@headcount/contract/usage/query-routes";
import { type ArchivedMarch, makeArchivedMarch } from "../archive/archived-march.fixture.ts";

const workspace = "acme";
const refusal = {
  code: "invalid",
  reason: "usage.archived",
  details: { archivedMonths: ["2026-03"], finestBucket: "15min" },
};

let march: ArchivedMarch;
beforeAll(async () => {
  march = await makeArchivedMarch();
});
afterAll(() => march.test[Symbol.asyncDispose]());

const ask = (question: Omit<InputOf<typeof usageQueries.query>, "workspace">) =>
  march.test.alice.call(usageQueries.query, { workspace, metrics: "input", ...question });
const day = { from: "2026-04-01", to: "2026-04-01", group_by: "time" };
/** Of the two tasks only that of April has its event still. */
const cut = { from: "2026-04-01T01:31:00Z", to: "2026-04-02T00:00:00Z" };

it.each(["1min", "5min"] as const)(
  "refuses rows of %s where events of them were archived",
  async (bucket) => {
    await expect(ask({ ...day, bucket })).rejects.toMatchObject({
      ...refusal,
      message:
        "Events of 2026-03 were archived: of what was used there, rows of 15min are the narrowest.",
    });
  },
);

it("answers in rows of the width that it names, and in any where nothing was archived", async () => {
  expect(await ask({ ...day, bucket: "15min" })).toMatchObject({ totals: { input: 12 } });
  const after = { from: "2026-04-01T01:45:00Z", to: "2026-04-01T02:45:00Z", group_by: "time" };
  expect(await ask({ ...after, bucket: "1s" })).toMatchObject({ totals: { input: 0 } });
});

it("refuses ranges that begin or end between two quarters of an hour with archived usage", async () => {
  await expect(ask(cut)).rejects.toMatchObject({
    ...refusal,
    message:
      "Events of 2026-03 were archived: what was used there has to begin and end with a quarter of an hour, like 10:15:00Z.",
  });
  await expect(ask({ ...cut, group_by: "agent" })).rejects.toMatchObject(refusal);
  expect(await ask({ ...cut, from: "2026-04-01T01:30:00Z" })).toMatchObject({
    totals: { input: 12 },
  });
  expect(await ask({ ...cut, from: "2026-04-01T01:22:33Z" })).toMatchObject({
    totals: { input: 12 },
  });
});

it("refuses nothing that does not need those events: other agents, and what became of tasks", async () => {
  const { ofMarch, ofApril } = march;
  expect(await ask({ ...day, bucket: "1min", agent: ofApril.agentId })).toMatchObject({
    totals: { input: 5 },
  });
  await expect(ask({ ...day, bucket: "1min", agent: ofMarch.agentId })).rejects.toMatchObject(
    refusal,
  );
  expect(await ask({ ...day, bucket: "1min", metrics: "tasks_started" })).toMatchObject({
    totals: { tasks_started: 1 },
  });
  expect(await march.test.alice.call(usageQueries.failures, { workspace, ...cut })).toMatchObject({
    rows: [],
  });
});

it("refuses a list of tasks that would not sum to its figure", async () => {
  const { alice } = march.test;
  const tasks = { workspace, metrics: "input", ...cut };
  await expect(alice.call(usageQueries.tasks, tasks)).rejects.toMatchObject(refusal);
  const whole = await alice.call(usageQueries.tasks, { ...tasks, from: "2026-04-01T01:30:00Z" });
  expect(whole).toMatchObject({ totals: { input: 12 } });
});
