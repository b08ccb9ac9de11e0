import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { patientMs } from "@headcount/testkit/patience";
import { seeded } from "@headcount/testkit/seeded";
import { compareOrderKeys } from "./compare-order-keys.ts";
import {
  longestOrderKey,
  orderKeyBetween,
  type PlacedIssue,
  planMove,
  respacedOrderKeys,
} from "./order-keys.ts";

function columnOf(keys: ReadonlyMap<string, string>): readonly PlacedIssue[] {
  return [...keys]
    .map(([id, orderKey]) => ({ id, orderKey, bytes: Buffer.from(orderKey) }))
    .toSorted((a, b) => Buffer.compare(a.bytes, b.bytes));
}

describe("planMove", () => {
  it(
    "INV-114 keeps the order of a plain list over 10,000 random moves",
    { timeout: patientMs(30_000) },
    () => {
      const random = seeded(114).below;
      const ids = Array.from({ length: 12 }, (_, index) => `i${index}`);
      const keys = new Map(respacedOrderKeys(12).map((key, index) => [ids[index] ?? "", key]));
      let model = [...ids];
      let respaced = 0;
      let column = columnOf(keys);
      for (let move = 0; move < 10_000; move += 1) {
        const moved = ids[random(12)] ?? "";
        const others = model.filter((id) => id !== moved);
        // Mostly into one gap: that is what makes keys grow.
        const place = random(4) === 0 ? random(12) : 5;
        const wanted = {
          after: others[place - 1] ?? null,
          before: others[place] ?? null,
          place: "top",
        } as const;
        const plan = planMove(column, moved, wanted);
        keys.set(moved, plan.orderKey);
        for (const issue of plan.respaced) keys.set(issue.id, issue.orderKey);
        respaced += plan.respaced.length > 0 ? 1 : 0;
        model = others.toSpliced(place, 0, moved);
        column = columnOf(keys);
        expect(column.map((issue) => issue.id)).toEqual(model);
      }
      expect(Math.max(...[...keys.values()].map((key) => key.length))).toBeLessThanOrEqual(
        longestOrderKey,
      );
      expect(respaced).toBeGreaterThan(0);
    },
  );

  const column = respacedOrderKeys(4).map((orderKey, index) => ({
    id: "abcd"[index] ?? "",
    orderKey,
  }));
  const place = (wanted: Parameters<typeof planMove>[2], id = "x"): string => {
    const plan = planMove(column, id, wanted);
    const others = column.filter((issue) => issue.id !== id);
    return [...others, { id, orderKey: plan.orderKey }]
      .toSorted((a, b) => compareOrderKeys(a.orderKey, b.orderKey))
      .map((issue) => issue.id)
      .join("");
  };

  it.each([
    [{ after: null, before: null, place: "top" }, "xabcd"],
    [{ after: null, before: null, place: "bottom" }, "abcdx"],
    [{ after: "b", before: "c", place: "top" }, "abxcd"],
    [{ after: "b", before: null, place: "top" }, "abxcd"],
    [{ after: null, before: "b", place: "top" }, "axbcd"],
    [{ after: "d", before: null, place: "top" }, "abcdx"],
    [{ after: "gone", before: "c", place: "top" }, "abxcd"],
    [{ after: "b", before: "gone", place: "top" }, "abxcd"],
    [{ after: "gone", before: "also gone", place: "bottom" }, "xabcd"],
    [{ after: "d", before: "a", place: "top" }, "abcdx"],
  ] as const)("INV-114 %j places as %s", (wanted, expected) => {
    expect(place(wanted)).toBe(expected);
  });

  it("moves an issue that is in the column already", () => {
    expect(place({ after: "c", before: "d", place: "top" }, "a")).toBe("bcad");
  });

  it("re-spaces a column whose keys collide", () => {
    const clash = [
      { id: "a", orderKey: "a0" },
      { id: "b", orderKey: "a0" },
    ];
    const plan = planMove(clash, "x", { after: "a", before: "b", place: "top" });
    const after = [{ id: "x", orderKey: plan.orderKey }, ...plan.respaced];
    expect(
      after.toSorted((a, b) => compareOrderKeys(a.orderKey, b.orderKey)).map((i) => i.id),
    ).toEqual(["a", "x", "b"]);
  });
});

describe("orderKeyBetween", () => {
  it("INV-114 lies strictly between its neighbours, bytewise", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 400 }), fc.nat(), (count, pick) => {
        const keys = respacedOrderKeys(count);
        const index = pick % (count - 1);
        const [above, below] = [keys[index] ?? "", keys[index + 1] ?? ""];
        const between = orderKeyBetween(above, below);
        expect(between.ok).toBe(true);
        if (!between.ok) return;
        expect(Buffer.compare(Buffer.from(above), Buffer.from(between.value))).toBeLessThan(0);
        expect(Buffer.compare(Buffer.from(between.value), Buffer.from(below))).toBeLessThan(0);
      }),
    );
  });

  it("refuses neighbours that are not in order", () => {
    expect(orderKeyBetween("a1", "a0")).toEqual({ ok: false, reason: "neighbours_out_of_order" });
    expect(orderKeyBetween("a1", "a1")).toEqual({ ok: false, reason: "neighbours_out_of_order" });
  });
});
