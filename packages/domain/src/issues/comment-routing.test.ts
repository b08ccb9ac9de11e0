import { type AgentId, newId, type UserId } from "@headcount/contract/kit/ids";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CommentAuthor,
  type CommentFacts,
  routeComment,
  type Routing,
  type ThreadFacts,
} from "./comment-routing.ts";
import type { Mention } from "./mentions.ts";

const [assignee, bot, third] = [newId<AgentId>(), newId<AgentId>(), newId<AgentId>()];
const userId = newId<UserId>();
const ann: CommentAuthor = { type: "member", id: userId };
const byAgent = (id: AgentId): CommentAuthor => ({ type: "agent", id });
const at = (id: AgentId): Mention => ({ type: "agent", id, name: "x" });
const all: Mention = { type: "all", name: "all" };
const someone: Mention = { type: "member", id: userId, name: "Ann" };
const thread = (over: Partial<ThreadFacts> = {}): ThreadFacts => ({
  parentAuthor: ann,
  rootAuthor: ann,
  rootMentions: [],
  replyAuthors: [],
  ...over,
});
const comment = (over: Partial<CommentFacts> = {}): CommentFacts => ({
  author: ann,
  body: "hello",
  mentions: [],
  thread: null,
  assignee: { type: "agent", id: assignee },
  ...over,
});
const wakes = (routing: Routing): readonly string[] =>
  routing.targets.map(({ agentId, when }) => {
    const name = new Map([
      [assignee, "assignee"],
      [bot, "bot"],
      [third, "third"],
    ]).get(agentId);
    return when === "now" ? `${name}` : `${name} later`;
  });

describe("routeComment", () => {
  it.each<readonly [string, Partial<CommentFacts>, Routing["rule"], readonly string[]]>([
    ["a note", { body: "/note for later", mentions: [at(bot)] }, "note", []],
    ["a word that begins like a note", { body: "/notes" }, "assignee", ["assignee"]],
    ["mentions", { mentions: [at(bot), at(third), at(bot)] }, "agent_mention", ["bot", "third"]],
    ["a mention beside @all", { mentions: [all, at(bot)] }, "agent_mention", ["bot"]],
    ["a mention beside a member", { mentions: [someone, at(bot)] }, "agent_mention", ["bot"]],
    ["@all", { mentions: [all] }, "all_mention", []],
    ["a member", { mentions: [someone] }, "member_mention", []],
    ["a member in a reply", { mentions: [someone], thread: thread() }, "member_mention", []],
    ["an agent", { author: byAgent(bot) }, "agent_author", []],
    ["an agent to a member", { author: byAgent(bot), mentions: [someone] }, "agent_author", []],
    [
      "an agent to an agent",
      { author: byAgent(bot), mentions: [at(third)] },
      "agent_mention",
      ["third"],
    ],
    ["an agent to itself", { author: byAgent(bot), mentions: [at(bot)] }, "agent_mention", []],
    [
      "a reply to an agent",
      { thread: thread({ parentAuthor: byAgent(bot) }) },
      "reply_to_agent",
      ["bot", "assignee later"],
    ],
    [
      "a reply to the assignee",
      { thread: thread({ parentAuthor: byAgent(assignee) }) },
      "reply_to_agent",
      ["assignee"],
    ],
    [
      "a thread that an agent opened",
      { thread: thread({ rootAuthor: byAgent(bot), replyAuthors: [byAgent(third)] }) },
      "agent_thread",
      ["bot", "assignee later"],
    ],
    [
      "a thread whose root addresses agents",
      { thread: thread({ rootMentions: [someone, at(third), at(bot)] }) },
      "agent_thread",
      ["third", "assignee later"],
    ],
    [
      "a thread that agents replied to",
      { thread: thread({ replyAuthors: [byAgent(third), byAgent(bot), ann] }) },
      "agent_thread",
      ["bot", "assignee later"],
    ],
    ["a thread among people", { thread: thread({ replyAuthors: [ann] }) }, "other_reply", []],
    ["a person at the top level", {}, "assignee", ["assignee"]],
    ["nobody assigned", { assignee: null }, "assignee", []],
    ["a person assigned", { assignee: { type: "member", id: userId } }, "assignee", []],
    ["the system", { author: { type: "system" }, mentions: [at(bot)] }, "system", []],
  ])("INV-37 %s", (_title, over, rule, expected) => {
    const routing = routeComment(comment(over));
    expect(routing.rule).toBe(rule);
    expect(wakes(routing)).toEqual(expected);
  });

  it("INV-40 never wakes an author, nor any agent twice", () => {
    const author = fc.constantFrom<CommentAuthor>(ann, byAgent(bot), byAgent(assignee), {
      type: "system",
    });
    const mentions = fc.array(fc.constantFrom(at(bot), at(assignee), at(third), all, someone));
    const facts = fc.record({
      author,
      body: fc.constant("text"),
      mentions,
      thread: fc.option(
        fc.record({
          parentAuthor: author,
          rootAuthor: author,
          rootMentions: mentions,
          replyAuthors: fc.array(author),
        }),
        { nil: null },
      ),
      assignee: fc.constantFrom({ type: "agent", id: assignee } as const, null),
    });
    fc.assert(
      fc.property(facts, (input) => {
        const ids = routeComment(input).targets.map((target) => target.agentId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).not.toContain(input.author.type === "agent" ? input.author.id : null);
      }),
    );
  });
});
