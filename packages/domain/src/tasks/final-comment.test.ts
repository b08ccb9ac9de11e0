import { describe, expect, it } from "vitest";
import { finalComment, type FinalCommentFacts } from "./final-comment.ts";
import { outcomeOf } from "./outcome.ts";

const facts = (over: Partial<FinalCommentFacts> = {}): FinalCommentFacts => ({
  triggeredByComment: false,
  wroteComment: false,
  answer: "The cache is fixed; see branch agent/x.",
  transcriptUrl: "/w/acme/tasks/1",
  ...over,
});

describe("finalComment", () => {
  it("INV-28 posts the answer only when the agent wrote none", () => {
    expect(finalComment(facts())).toEqual({ post: true, body: facts().answer });
    expect(finalComment(facts({ wroteComment: true }))).toEqual({
      post: false,
      reason: "agent_commented",
    });
  });

  it("INV-28 posts 8,000 characters as they are and a short notice for 250 KB", () => {
    expect(finalComment(facts({ answer: "x".repeat(8_000) }))).toMatchObject({
      body: "x".repeat(8_000),
    });
    const long = finalComment(facts({ answer: "x".repeat(250_000) }));
    expect(long).toEqual({
      post: true,
      body: "The answer is 250,000 characters long and is kept in the [transcript](/w/acme/tasks/1).",
    });
  });

  it.each(["done", "Done.", "OK!", "完成", "Task completed ✅"])(
    "does not post %j under a comment, but does on an assignment",
    (answer) => {
      expect(finalComment(facts({ answer, triggeredByComment: true }))).toEqual({
        post: false,
        reason: "trivial",
      });
      expect(finalComment(facts({ answer }))).toEqual({ post: true, body: answer });
    },
  );

  it("posts nothing for an empty answer", () => {
    expect(finalComment(facts({ answer: " \n" }))).toEqual({ post: false, reason: "empty" });
  });

  it("INV-21 turns a provider's notice into a failure, even beside a comment", () => {
    for (const wroteComment of [true, false]) {
      const decision = finalComment(facts({ answer: "Credit balance is too low", wroteComment }));
      expect(decision).toEqual({
        post: false,
        reason: "provider_notice",
        failure: "agent_error.provider_quota_limit",
      });
    }
  });
});

describe("outcomeOf", () => {
  const silent = {
    status: "completed",
    answer: " ",
    wroteComment: false,
    recordedEffect: false,
    askedQuestion: false,
  } as const;

  it.each([
    [silent, "no_response"],
    [{ ...silent, answer: "42" }, "done"],
    [{ ...silent, wroteComment: true }, "done"],
    [{ ...silent, recordedEffect: true }, "done"],
    [{ ...silent, answer: "?", askedQuestion: true }, "needs_input"],
    [{ ...silent, status: "failed", answer: "42" }, "failed"],
    [{ ...silent, status: "cancelled", wroteComment: true }, "cancelled"],
  ] as const)("%j is %s", (input, outcome) => {
    expect(outcomeOf(input)).toBe(outcome);
  });
});
