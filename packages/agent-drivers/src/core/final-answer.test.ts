import { describe, expect, it } from "vitest";
import { createFinalAnswer, type AnswerPart } from "./final-answer.ts";

const text = (value: string): AnswerPart => ({ kind: "text", text: value });
const tool: AnswerPart = { kind: "tool" };
const thinking: AnswerPart = { kind: "thinking" };
const unreadable: AnswerPart = { kind: "unreadable" };

function answerOf(...turns: readonly (readonly AnswerPart[])[]): string {
  const answer = createFinalAnswer();
  for (const [index, parts] of turns.entries()) {
    for (const part of parts) answer.observe(`turn-${index}`, part);
  }
  return answer.text();
}

describe("final answer", () => {
  it.each([
    ["is the last reply without a tool", [[text("I look."), tool], [text("Done.")]], "Done."],
    ["is never narration", [[text("I look."), tool]], ""],
    ["is narration neither when the tool comes first", [[tool, text("Looking.")]], ""],
    ["joins the blocks of one reply", [[text("a"), text("b")]], "a\n\nb"],
    ["survives a reply of thinking only", [[text("Done.")], [thinking]], "Done."],
    ["is gone after a reply that could not be read", [[text("Done.")], [unreadable]], ""],
    ["may follow a reply that could not be read", [[unreadable], [text("Done.")]], "Done."],
    ["is empty when nothing was said", [], ""],
  ])("%s", (_title, turns, wanted) => {
    expect(answerOf(...turns)).toBe(wanted);
  });
});
