import type { IssueStatus, IssueSummary } from "@headcount/contract/issues/schemas";
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  appendPage,
  applyTotals,
  columnOf,
  findIssue,
  isSamePlace,
  mergeFirstPages,
  moveTarget,
  removeIssue,
  upsertIssue,
  type BoardData,
} from "./board-data.ts";
import { moveOptimistically } from "./move-optimistically.ts";
import { sampleIssue } from "./issue-sample.fixture.ts";

function board(columns: Partial<Record<IssueStatus, readonly IssueSummary[]>>): BoardData {
  const statuses: readonly IssueStatus[] = ["todo", "in_progress", "done"];
  return {
    columns: statuses.map((status) => ({
      status,
      count: columns[status]?.length ?? 0,
      costUsd: null,
      items: [...(columns[status] ?? [])],
      nextCursor: null,
    })),
  };
}

const a = sampleIssue({ key: "HC-1", orderKey: "a0" });
const b = sampleIssue({ key: "HC-2", orderKey: "a1" });
const c = sampleIssue({ key: "HC-3", orderKey: "a2" });
const d = sampleIssue({ key: "HC-4", orderKey: "a0", status: "in_progress" });

const keysOf = (data: BoardData, status: IssueStatus) =>
  columnOf(data, status)?.items.map((item) => item.key);

test("a target within the column does not count the moved card as its own neighbour", () => {
  const data = board({ todo: [a, b, c] });
  expect(moveTarget(data, a.id, "todo", 2)).toEqual({ status: "todo", after: b.id, before: c.id });
  expect(moveTarget(data, c.id, "todo", 1)).toEqual({ status: "todo", after: a.id, before: b.id });
  expect(moveTarget(data, a.id, "todo", 3)).toEqual({ status: "todo", after: c.id, before: null });
  expect(moveTarget(data, d.id, "todo", 0)).toEqual({ status: "todo", after: null, before: a.id });
});

test("dropping a card beside itself is no move", () => {
  const data = board({ todo: [a, b, c] });
  expect(isSamePlace(data, b, moveTarget(data, b.id, "todo", 1))).toBe(true);
  expect(isSamePlace(data, b, moveTarget(data, b.id, "todo", 2))).toBe(true);
  expect(isSamePlace(data, b, moveTarget(data, b.id, "todo", 3))).toBe(false);
  expect(isSamePlace(data, d, moveTarget(data, d.id, "todo", 1))).toBe(false);
});

test("an optimistic move shows the card at its place and moves one count", () => {
  const data = board({ todo: [a, b], in_progress: [d] });
  const moved = moveOptimistically(data, a, moveTarget(data, a.id, "in_progress", 1));
  expect(keysOf(moved, "todo")).toEqual(["HC-2"]);
  expect(keysOf(moved, "in_progress")).toEqual(["HC-4", "HC-1"]);
  expect(columnOf(moved, "todo")?.count).toBe(1);
  expect(columnOf(moved, "in_progress")?.count).toBe(2);
});

test("any move keeps every card once and the columns in order", () => {
  const data = board({ todo: [a, b, c], in_progress: [d] });
  const all = [a, b, c, d];
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.nat(3), fc.constantFrom<IssueStatus>("todo", "in_progress", "done"), fc.nat(4)),
        { maxLength: 12 },
      ),
      (moves) => {
        let now = data;
        for (const [which, status, index] of moves) {
          const issue = findIssue(now, all[which]?.id ?? "");
          if (issue === undefined) throw new Error("A card was lost.");
          now = moveOptimistically(now, issue, moveTarget(now, issue.id, status, index));
        }
        const shown = now.columns.flatMap((column) => column.items.map((item) => item.id));
        expect(shown.toSorted()).toEqual(all.map((issue) => issue.id).toSorted());
        for (const { items } of now.columns) {
          const orderKeys = items.map((item) => item.orderKey);
          expect(orderKeys).toEqual(orderKeys.toSorted());
        }
      },
    ),
  );
});

test("a newer issue replaces the card in place, an older one is dropped", () => {
  const data = board({ todo: [a, b] });
  const newer = { ...a, title: "New", revision: 2 };
  const updated = upsertIssue(data, newer);
  expect(columnOf(updated, "todo")?.items[0]).toBe(newer);
  expect(columnOf(updated, "todo")?.items[1]).toBe(b);
  expect(upsertIssue(updated, { ...a, title: "Old", revision: 1 })).toBe(updated);
});

test("an issue whose status changed elsewhere goes to its new column by order key", () => {
  const data = board({ todo: [a, b], in_progress: [d] });
  const moved = upsertIssue(data, { ...b, status: "in_progress", revision: 2 });
  expect(keysOf(moved, "todo")).toEqual(["HC-1"]);
  expect(keysOf(moved, "in_progress")).toEqual(["HC-4", "HC-2"]);
});

test("an issue that belongs below the loaded part is not shown out of order", () => {
  const data = board({ todo: [a] });
  const partly = { columns: data.columns.map((column) => ({ ...column, nextCursor: "more" })) };
  expect(keysOf(upsertIssue(partly, c), "todo")).toEqual(["HC-1"]);
});

test("a reload keeps deeper pages, drops what has left, and leaves unchanged cards alone", () => {
  const before: BoardData = {
    columns: [{ status: "todo", count: 3, costUsd: null, items: [a, b, c], nextCursor: "deep" }],
  };
  const fresh = {
    columns: [
      {
        status: "todo" as const,
        count: 3,
        costUsd: "1",
        items: [structuredClone(a)],
        nextCursor: "next",
      },
      {
        status: "done" as const,
        count: 1,
        costUsd: null,
        items: [{ ...c, status: "done" as const }],
        nextCursor: null,
      },
    ],
  };
  const merged = mergeFirstPages(before, fresh);
  expect(keysOf(merged, "todo")).toEqual(["HC-1", "HC-2"]);
  expect(columnOf(merged, "todo")?.items[0]).toBe(a);
  expect(columnOf(merged, "todo")?.nextCursor).toBe("deep");
});

test("of a board that has missed changes nothing is kept below the fresh page", () => {
  const column = { status: "todo" as const, count: 3, costUsd: null };
  const left: BoardData = {
    columns: [{ ...column, items: [a, b, c], nextCursor: "deep" }],
    missed: true,
  };
  const fresh = { columns: [{ ...column, count: 2, items: [a], nextCursor: "first" }] };
  const merged = mergeFirstPages(left, fresh);
  expect(keysOf(merged, "todo")).toEqual(["HC-1"]);
  expect(columnOf(merged, "todo")?.nextCursor).toBe("first");
  expect(merged.missed).toBeUndefined();
});

test("pages append without repeating a card that moved between them", () => {
  const data = board({ todo: [a, b] });
  const page = { status: "todo" as const, count: 3, costUsd: null, items: [b, c], nextCursor: "x" };
  expect(keysOf(appendPage(data, page), "todo")).toEqual(["HC-1", "HC-2", "HC-3"]);
});

test("fresh totals change no card", () => {
  const data = board({ todo: [a] });
  const totals = {
    columns: [{ status: "todo" as const, count: 9, costUsd: "2.5", items: [], nextCursor: null }],
  };
  const updated = applyTotals(data, totals);
  expect(columnOf(updated, "todo")).toMatchObject({ count: 9, costUsd: "2.5" });
  expect(columnOf(updated, "todo")?.items).toBe(columnOf(data, "todo")?.items);
  expect(columnOf(updated, "done")).toBe(columnOf(data, "done"));
});

test("removing a card that is not loaded changes nothing", () => {
  const data = board({ todo: [a] });
  expect(removeIssue(data, c.id)).toBe(data);
});
