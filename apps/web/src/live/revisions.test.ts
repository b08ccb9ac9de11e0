import type { ChangeItem } from "@headcount/contract/realtime/changes";
import { describe, expect, it } from "vitest";
import { Revisions } from "./revisions.ts";

const now = Date.parse("2026-11-18T12:00:00Z");
const minuteMs = 60_000;

function change(type: string, fields: Partial<ChangeItem> = {}): ChangeItem {
  return {
    seq: 1,
    at: new Date(now).toISOString(),
    type,
    entity: { kind: "task", id: "t", revision: null },
    actor: { type: "system", id: null },
    changed: [],
    data: {},
    ...fields,
  };
}

const booked = (agoMs: number): ChangeItem =>
  change("usage.booked", {
    changed: ["usage"],
    data: { taskId: "t", usedFrom: new Date(now - agoMs).toISOString() },
  });

describe("Revisions", () => {
  it("tells the earliest time that was revised since somebody asked", () => {
    const revisions = new Revisions();
    const first = revisions.heard();
    revisions.note([booked(40 * minuteMs)], now);
    const second = revisions.heard();
    revisions.note([booked(10 * minuteMs), booked(20 * minuteMs)], now);
    expect(revisions.since(first)).toBe(now - 40 * minuteMs);
    expect(revisions.since(second)).toBe(now - 20 * minuteMs);
    expect(revisions.since(revisions.heard())).toBe(Infinity);
  });

  it("takes no note of what is told in time, or is about something else", () => {
    const revisions = new Revisions();
    const heard = revisions.heard();
    revisions.note([booked(5_000), change("task.ended"), change("comment.created")], now);
    revisions.note([change("issue.updated", { changed: ["status"] })], now);
    expect(revisions.since(heard)).toBe(Infinity);
  });

  it.each([
    ["a gap", "snapshot" as const],
    ["another price of what was booked", [change("usage.repriced")]],
    ["sessions that were brought in", [change("usage.imported")]],
    ["a change of a newer server", [change("usage.folded_twice")]],
    [
      "a name",
      [
        change("agent.updated", {
          changed: ["name"],
          entity: { ...change("").entity, kind: "agent" },
        }),
      ],
    ],
    ["an issue's project", [change("issue.updated", { changed: ["projectId"] })]],
  ])("doubts everything after %s", (_, items) => {
    const revisions = new Revisions();
    const heard = revisions.heard();
    revisions.note(items, now);
    expect(revisions.since(heard)).toBe(-Infinity);
  });

  it("doubts everything where another page, or nobody, had listened", () => {
    const revisions = new Revisions();
    expect(revisions.since(new Revisions().heard())).toBe(-Infinity);
    const heard = revisions.heard();
    for (let told = 0; told < 501; told += 1) revisions.note([booked(5 * minuteMs)], now);
    expect(revisions.since(heard)).toBe(-Infinity);
    expect(revisions.since(revisions.heard())).toBe(Infinity);
  });
});
