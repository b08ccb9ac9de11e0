import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { UsageGrouping } from "@headcount/contract/usage/query-words";
import { type Group, limitGroups, mergeGroups, orderGroups } from "./arrange-groups.ts";
import { amountOf, sumMeasured } from "./measures.ts";

const group = (values: readonly (string | null)[], input: number, agent = "a"): Group => ({
  keys: values.map((value) => ({ kind: value === null ? "none" : "value", value })),
  measured: { sums: { tokens: BigInt(input), events: 1n }, agents: new Set([agent]) },
});
const totalOf = (groups: readonly Group[]): bigint =>
  amountOf("tokens", sumMeasured(groups.map((one) => one.measured)));
const labelled = (groups: readonly Group[]) =>
  groups.map((one) => ({ ...one, labels: one.keys.map((key) => key.value ?? key.kind) }));
const shown = (groups: readonly Group[]) =>
  labelled(groups).map((one) => [one.labels.join(" "), Number(amountOf("tokens", one.measured))]);

describe("limitGroups", () => {
  it("loses nothing, whatever the limit", () => {
    const groups = fc.array(
      fc
        .tuple(
          fc.constantFrom("2026-11-20", "2026-11-21"),
          fc.constantFrom("x", "y", "z", null),
          fc.nat(1_000),
        )
        .map(([day, model, input]) => group([day, model], input)),
    );
    fc.assert(
      fc.property(groups, fc.integer({ min: 1, max: 5 }), (all, most) => {
        const limited = limitGroups(mergeGroups(all), ["time", "model"], { most, by: "tokens" });
        expect(totalOf(limited)).toBe(totalOf(all));
        const things = limited.filter((one) => one.keys[1]?.kind !== "other");
        expect(new Set(things.map((one) => one.keys[1]?.value)).size).toBeLessThanOrEqual(most);
      }),
    );
  });

  it("ranks over the whole range and folds the rest at every place of the axis", () => {
    const groups = [
      group(["2026-11-20", "x"], 5),
      group(["2026-11-20", "y"], 7),
      group(["2026-11-20", "z"], 1),
      group(["2026-11-21", "x"], 5),
      group(["2026-11-21", "z"], 2),
    ];
    const limited = limitGroups(groups, ["time", "model"], { most: 1, by: "tokens" });
    const ordered = orderGroups(labelled(limited), ["time", "model"], null, "tokens");
    expect(shown(ordered)).toEqual([
      ["2026-11-20 x", 5],
      ["2026-11-20 other", 8],
      ["2026-11-21 x", 5],
      ["2026-11-21 other", 2],
    ]);
  });

  it("counts an agent once where groups become one", () => {
    const groups = [group(["x"], 1, "a"), group(["y"], 1, "a"), group(["z"], 1, "b")];
    const limited = limitGroups(groups, ["model"], { most: 1, by: "tokens" });
    expect(limited.map((one) => one.measured.agents.size)).toEqual([1, 2]);
  });
});

describe("orderGroups", () => {
  const groups = [group(["b"], 1), group(["a"], 3), group([null], 2)];
  const by: readonly UsageGrouping[] = ["model"];
  it.each([
    ["the largest first, usually", null, ["a", "none", "b"]],
    ["by a metric, upwards", { by: "tokens", direction: "up" }, ["b", "none", "a"]],
    ["by name", { by: "key", direction: "up" }, ["a", "b", "none"]],
    ["by name, turned around", { by: "key", direction: "down" }, ["none", "b", "a"]],
  ] as const)("orders %s", (_, order, expected) => {
    const ordered = orderGroups(labelled(groups), by, order, "tokens");
    expect(ordered.map((one) => one.labels[0])).toEqual(expected);
  });

  it("puts hours in the order of numbers", () => {
    const hours = [group(["10"], 1), group(["9"], 5), group(["0"], 2)];
    const ordered = orderGroups(labelled(hours), ["hour"], null, "tokens");
    expect(ordered.map((one) => one.labels[0])).toEqual(["0", "9", "10"]);
  });
});
