import { expect, it } from "vitest";
import { toQuestion, withRange } from "./to-question.ts";
import { UsageSearch } from "./usage-search.ts";

const asked = { workspace: "w", tz: "Asia/Kolkata" };

it("an address without a period asks for 30 days", () => {
  expect(toQuestion(asked, {}, {})).toEqual({ ...asked, days: 30 });
});

it("a range goes before days, and may be open at its end", () => {
  expect(toQuestion(asked, { days: 7, from: "2026-10-01", to: "2026-10-31" }, {})).toEqual({
    ...asked,
    from: "2026-10-01",
    to: "2026-10-31",
  });
  expect(toQuestion(asked, { from: "2026-10-01" }, {})).toEqual({ ...asked, from: "2026-10-01" });
});

it("values with commas stay one value", () => {
  const question = toQuestion(asked, {}, { model: ["a,b", "c"] });
  expect(question.model).toBe("a\\,b,c");
});

it("another range replaces days", () => {
  const question = toQuestion(asked, { days: 7 }, { agent: ["a"] });
  expect(withRange(question, { from: "2026-01-01", to: "2026-01-02" })).toEqual({
    ...asked,
    agent: "a",
    from: "2026-01-01",
    to: "2026-01-02",
  });
});

it("an address that makes no sense is read as far as it does", () => {
  const read = UsageSearch.parse({
    days: 31,
    from: "yesterday",
    measure: "love",
    agent: [],
    project: ["p"],
    drill: { of: [{ by: "colour", kind: "value", value: null }] },
    bucket: "day",
  });
  expect(Object.entries(read).filter(([, value]) => value !== undefined)).toEqual([
    ["project", ["p"]],
    ["bucket", "day"],
  ]);
});
