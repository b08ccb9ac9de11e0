import { seeded } from "@headcount/testkit/seeded";
import { describe, expect, it } from "vitest";
import { toHistory } from "./history.ts";
import { projectSum } from "./project-days.ts";
import { one } from "./share.ts";

type Kind = "steady" | "growing" | "wandering" | "sparse";

/** Days of work weeks, of which each is as lucky as the next. */
function daysOf(kind: Kind, seed: number, count: number): readonly bigint[] {
  const { next } = seeded(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  let level = 0;
  return Array.from({ length: count }, (_, day) => {
    level += kind === "wandering" ? 0.06 * normal() : 0;
    const growth = kind === "growing" ? 0.008 * day : 0;
    const weekend = day % 7 >= 5 ? 0.15 : 1;
    const rests = kind === "sparse" && next() > 0.3;
    const amount = rests ? 0 : 1e12 * weekend * Math.exp(level + growth + 0.4 * normal());
    return BigInt(Math.round(amount));
  });
}

/** How many of some made-up months end within the range that was said, in percent. */
function insidePercent(kind: Kind, daysKnown: number): number {
  const results = Array.from({ length: 60 }, (_, seed) =>
    [4, 12, 24].map((ahead) => {
      const days = daysOf(kind, seed * 77 + 13, daysKnown + ahead);
      const history = toHistory(days.slice(0, daysKnown), 0);
      const said = projectSum({ history, end: daysKnown, leftOfToday: one }, ahead);
      const came = days.slice(daysKnown).reduce((sum, amount) => sum + amount, 0n);
      return said.low <= came && came <= said.high;
    }),
  ).flat();
  return Math.round((100 * results.filter(Boolean).length) / results.length);
}

describe("the range of a projection", () => {
  it.each(["steady", "growing", "wandering", "sparse"] as const)(
    "holds about eight of ten results of %s usage from thirteen weeks on, and most of them before",
    (kind) => {
      expect(insidePercent(kind, 91)).toBeGreaterThanOrEqual(75);
      expect(insidePercent(kind, 182)).toBeGreaterThanOrEqual(70);
      expect(insidePercent(kind, 56)).toBeGreaterThanOrEqual(50);
    },
  );
});
