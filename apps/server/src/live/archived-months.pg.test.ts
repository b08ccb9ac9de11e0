import { afterAll, beforeAll, expect, it } from "vitest";
import { live } from "@headcount/contract/live/routes";
import type { TestApp } from "../testing/test-app.ts";
import { makeArchivedMarch } from "../usage/archive/archived-march.fixture.ts";

const workspace = "acme";

let test: TestApp;
beforeAll(async () => {
  ({ test } = await makeArchivedMarch());
});
afterAll(() => test[Symbol.asyncDispose]());

const series = (from: string, to: string, compare: { readonly compare?: "previous" } = {}) =>
  test.alice.call(live.series, { workspace, metrics: "input", from, to, ...compare });

it("a chart of days that a task of an archived month reached into shows all that was used", async () => {
  const day = await series("2026-04-01T00:00:00Z", "2026-04-01T08:00:00Z");
  expect(day.sums).toMatchObject({ times: { bucket: "15min" }, series: [{ total: 12 }] });
  const next = await series("2026-04-01T08:00:00Z", "2026-04-01T16:00:00Z", {
    compare: "previous",
  });
  expect(next.comparison?.sums).toMatchObject({
    times: { bucket: "15min" },
    series: [{ total: 12 }],
  });
});

it("a chart that reads nothing of that month stays as fine as ever", async () => {
  const { sums } = await series("2026-04-01T08:00:00Z", "2026-04-01T16:00:00Z");
  expect(sums).toMatchObject({ times: { bucket: "1min" }, series: [{ total: 0 }] });
});

it("a chart that begins or ends between the quarters of an hour of that month shows whole ones, and says so", async () => {
  const begun = await series("2026-04-01T01:22:07Z", "2026-04-01T08:00:00Z");
  expect(begun).toMatchObject({
    from: "2026-04-01T01:22:07.000Z",
    sums: { times: { bucket: "15min" }, series: [{ total: 12 }] },
  });
  const cut = await series("2026-04-01T01:33:20Z", "2026-04-20T08:01:00Z");
  expect(cut).toMatchObject({
    from: "2026-04-01T01:30:00.000Z",
    to: "2026-04-20T08:15:00.000Z",
    sums: { times: { bucket: "hour" }, series: [{ total: 12 }] },
  });
  const short = await series("2026-04-01T01:31:00Z", "2026-04-01T01:33:00Z");
  expect(short).toMatchObject({
    from: "2026-04-01T01:30:00.000Z",
    to: "2026-04-01T01:45:00.000Z",
    sums: { series: [{ values: [12], total: 12 }] },
  });
});

it("a chart is compared with whole quarters of an hour where one of them was archived", async () => {
  const { from, comparison } = await series("2026-04-01T09:31:00Z", "2026-04-01T17:31:00Z", {
    compare: "previous",
  });
  expect(from).toBe("2026-04-01T09:30:00.000Z");
  expect(comparison).toMatchObject({
    from: "2026-04-01T01:15:00.000Z",
    to: "2026-04-01T09:30:00.000Z",
    sums: { times: { bucket: "15min" }, series: [{ total: 12 }] },
  });
});
