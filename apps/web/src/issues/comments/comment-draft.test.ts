import { expect, test } from "vitest";
import { unsentOf } from "./comment-draft.ts";

const picked = [{ type: "agent" as const, id: "a1", name: "Tutor" }];
const sent = { typed: "Have a look", picked };

test("what is typed while a comment is on its way is left, without the comment", () => {
  expect(unsentOf({ typed: "Have a look\n\nAnd then", picked }, sent)).toEqual({
    typed: "And then",
    picked,
  });
  expect(unsentOf({ typed: "Look at this instead", picked }, sent).typed).toBe(
    "Look at this instead",
  );
});

test("nothing is left of a comment that was sent as it stands", () => {
  expect(unsentOf(sent, sent)).toEqual({ typed: "", picked: [] });
  expect(unsentOf({ typed: "Have a look \n", picked }, sent).typed).toBe("");
});
