import { resolveRange } from "@headcount/domain/usage/query/resolve-range";
import { expect, it } from "vitest";
import { sharedSearch } from "./shared-search.ts";

it("what is shared shows the same days to a reader in another zone, a month later", () => {
  const zone = "Asia/Tokyo";
  const nowMs = Date.parse("2026-11-21T20:00:00Z");
  const seen = resolveRange({ zone, nowMs, days: 7, bucket: null });
  if (!seen.ok) throw new Error(seen.reason);
  const shared = sharedSearch({ days: 7, measure: "cost" }, zone, seen.value);
  expect(shared).toEqual({
    measure: "cost",
    days: undefined,
    tz: zone,
    from: "2026-11-16",
    to: "2026-11-22",
  });
  const later = nowMs + 30 * 86_400_000;
  const { tz = "", from, to } = shared;
  expect(resolveRange({ zone: tz, nowMs: later, from, to, bucket: null })).toEqual(seen);
});

it("a part of a day is shared by its instants", () => {
  const range = {
    fromMs: Date.parse("2026-11-21T08:00:00Z"),
    toMs: Date.parse("2026-11-21T12:00:00Z"),
  };
  expect(sharedSearch({}, "UTC", range)).toMatchObject({
    from: "2026-11-21T08:00:00.000Z",
    to: "2026-11-21T12:00:00.000Z",
  });
});
