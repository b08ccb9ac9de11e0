import { type CommentId, newId, type UserId } from "@headcount/contract/kit/ids";
import { TaskStatus } from "@headcount/contract/tasks/states";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Attribution } from "./attribution.ts";
import { coalesce, type IncomingTrigger, type SlotTask, triggerSummary } from "./coalescing.ts";

function by(userId: UserId, hop = 0): Attribution {
  return {
    initiator: { type: "member", id: userId },
    originatorId: userId,
    accountableId: userId,
    source: "direct_human",
    delegatedByTaskId: null,
    hop,
  };
}

const [ann, bob] = [newId<UserId>(), newId<UserId>()];
const [first, second, third] = [newId<CommentId>(), newId<CommentId>(), newId<CommentId>()];
const pending = (over: Partial<SlotTask> = {}): SlotTask => ({
  status: "queued",
  triggerCommentId: first,
  plannedCommentIds: [],
  triggerSummary: "first",
  attribution: { ...by(ann), delegatedByTaskId: "t", hop: 4 },
  ...over,
});
const incoming = (over: Partial<IncomingTrigger> = {}): IncomingTrigger => ({
  commentId: second,
  summary: "second",
  attribution: by(bob),
  mayInvoke: true,
  ...over,
});

describe("coalesce", () => {
  it("INV-35 replaces the whole attribution of a queued task", () => {
    expect(coalesce(pending(), incoming())).toEqual({
      merge: "restamp",
      triggerCommentId: second,
      plannedCommentIds: [first],
      triggerSummary: "second",
      attribution: by(bob),
    });
  });

  it("INV-35 does not merge the words of somebody who may not give the agent work", () => {
    for (const status of TaskStatus.options) {
      expect(coalesce(pending({ status }), incoming({ mayInvoke: false }))).toEqual({
        merge: "refused",
        reason: "agent_not_available",
      });
    }
  });

  it("remembers a comment for a claimed or running task and changes nothing else", () => {
    for (const status of ["dispatched", "waiting_directory", "running"] as const) {
      const merged = coalesce(pending({ status, plannedCommentIds: [third] }), incoming());
      expect(merged).toEqual({ merge: "planned", plannedCommentIds: [third, second] });
    }
  });

  it("starts a task of its own beside nothing, a deferred or an ended one", () => {
    expect(coalesce(null, incoming())).toEqual({ merge: "none" });
    for (const status of ["deferred", "completed", "failed", "cancelled"] as const) {
      expect(coalesce(pending({ status }), incoming())).toEqual({ merge: "none" });
    }
  });

  it("INV-48 keeps every comment exactly once, however they arrive", () => {
    const ids = Array.from({ length: 8 }, () => newId<CommentId>());
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...ids), { minLength: 1 }), (arrivals) => {
        let task = pending({ triggerCommentId: null });
        for (const commentId of arrivals) {
          const merged = coalesce(task, incoming({ commentId }));
          if (merged.merge !== "restamp") throw new Error("a queued task merges");
          task = { ...task, ...merged };
        }
        expect(task.triggerCommentId).toBe(arrivals.at(-1));
        const all = [...task.plannedCommentIds, task.triggerCommentId];
        expect(all.length).toBe(new Set(arrivals).size);
        expect(new Set(all)).toEqual(new Set(arrivals));
      }),
    );
  });
});

describe("triggerSummary", () => {
  it("is one well-formed line of at most 200 characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 400 }), (body) => {
        const summary = triggerSummary(body);
        expect(summary.length).toBeLessThanOrEqual(200);
        expect(summary.includes("\n")).toBe(false);
        expect(summary.isWellFormed()).toBe(true);
      }),
    );
    expect(triggerSummary(" a\n\n b ")).toBe("a b");
    expect(triggerSummary("😀".repeat(150))).toBe(`${"😀".repeat(99)}…`);
  });
});
