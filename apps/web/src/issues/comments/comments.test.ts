import type { Comment, TimelineEntry } from "@headcount/contract/issues/schemas";
import { newId } from "@headcount/contract/kit/ids";
import { parseMentions } from "@headcount/domain/issues/mentions";
import { expect, test } from "vitest";
import { mentionBeingTyped, withMentionLinks } from "./mention-text.ts";
import { threadsOf } from "./threads.ts";

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();

function commentAt(second: number, root: Comment | null): Comment {
  const id = newId<Comment["id"]>();
  return {
    id,
    issueId: newId<Comment["issueId"]>(),
    kind: "comment",
    author: { type: "member", id: null, name: "Mara" },
    onBehalfOf: null,
    body: String(second),
    parentId: root?.id ?? null,
    threadId: root?.id ?? id,
    resolvedAt: null,
    taskId: null,
    revision: 1,
    createdAt: at(second),
    editedAt: null,
  };
}

function activityAt(second: number): TimelineEntry {
  const id = newId<string>();
  const actor = { type: "member" as const, id: null, name: "Mara" };
  const issueId = newId<Comment["issueId"]>();
  return {
    type: "activity",
    at: at(second),
    activity: { id, issueId, actor, action: "created", details: {}, createdAt: at(second) },
  };
}

const entry = (comment: Comment): TimelineEntry => ({
  type: "comment",
  at: comment.createdAt,
  comment,
});

test("replies join their thread, activity between comments becomes blocks", () => {
  const first = commentAt(1, null);
  const second = commentAt(4, null);
  const reply = commentAt(5, first);
  const blocks = threadsOf([
    activityAt(0),
    entry(first),
    activityAt(2),
    activityAt(3),
    entry(second),
    entry(reply),
  ]);
  expect(blocks.map((block) => block.type)).toEqual([
    "happenings",
    "thread",
    "happenings",
    "thread",
  ]);
  expect(blocks[1]).toMatchObject({ root: { id: first.id }, replies: [{ id: reply.id }] });
  expect(blocks[2]).toMatchObject({ items: [{}, {}] });
});

test("a reply whose root is not loaded is still shown", () => {
  const orphan = commentAt(2, commentAt(1, null));
  expect(threadsOf([entry(orphan)])).toMatchObject([{ type: "thread", root: { id: orphan.id } }]);
});

test("a picked name becomes a link that the router of comments understands", () => {
  const id = newId<string>();
  const picked = [
    { type: "agent" as const, id, name: "Ada" },
    { type: "member" as const, id: newId<string>(), name: "Ada [QA]" },
  ];
  const sent = withMentionLinks("Hi @Ada, see mail@Ada.org and @Ada [QA] or @Adam", picked);
  expect(parseMentions(sent)).toEqual([
    { type: "agent", id, name: "Ada" },
    { type: "member", id: picked[1]?.id, name: "Ada [QA]" },
  ]);
  expect(sent).toContain("mail@Ada.org");
  expect(sent).toContain("@Adam");
});

test.each([
  ["@", 1, { start: 0, word: "" }],
  ["hi @ad", 6, { start: 3, word: "ad" }],
  ["hi @ad now", 6, { start: 3, word: "ad" }],
  ["mail@ad", 7, null],
  ["@a b", 4, null],
])("typing %j with the caret at %i asks for %j", (typed, caret, expected) => {
  expect(mentionBeingTyped(typed, caret)).toEqual(expected);
});
