import { IssueStatus } from "@headcount/contract/issues/schemas";
import { type AgentId, newId } from "@headcount/contract/kit/ids";
import { describe, expect, it } from "vitest";
import { isTerminalCategory } from "./status-categories.ts";
import {
  type Assignee,
  issueTrigger,
  type IssueWrite,
  triggerEffect,
  type TriggerTargetFacts,
} from "./triggers.ts";

const [bot, other] = [newId<AgentId>(), newId<AgentId>()];
const agent: Assignee = { type: "agent", id: bot };
const member: Assignee = { type: "member", id: "m" };
const write = (
  before: readonly [IssueStatus, Assignee | null] | null,
  after: readonly [IssueStatus, Assignee | null],
  over: Partial<IssueWrite> = {},
): IssueWrite => ({
  before: before === null ? null : { status: before[0], assignee: before[1] },
  after: { status: after[0], assignee: after[1] },
  start: true,
  runningAgentId: null,
  ...over,
});

describe("issueTrigger", () => {
  it.each<readonly [string, IssueWrite, string]>([
    ["created for nobody", write(null, ["todo", null]), "no_agent"],
    ["created for a member", write(null, ["todo", member]), "no_agent"],
    ["created for an agent", write(null, ["todo", agent]), "assigned"],
    ["created done for an agent", write(null, ["done", agent]), "assigned"],
    ["created in backlog", write(null, ["backlog", agent]), "backlog"],
    ["assigned", write(["todo", null], ["todo", agent]), "assigned"],
    [
      "re-assigned from an agent",
      write(["todo", { ...agent, id: other }], ["todo", agent]),
      "assigned",
    ],
    ["re-assigned when done", write(["done", member], ["done", agent]), "assigned"],
    ["assigned in backlog", write(["backlog", null], ["backlog", agent]), "backlog"],
    ["assigned while leaving backlog", write(["backlog", null], ["todo", agent]), "assigned"],
    ["assigned while entering backlog", write(["todo", null], ["backlog", agent]), "backlog"],
    ["unassigned", write(["todo", agent], ["todo", null]), "no_agent"],
    ["text edited", write(["todo", agent], ["todo", agent]), "not_starting_change"],
    ["without starting", write(null, ["todo", agent], { start: false }), "start_declined"],
    [
      "by the agent itself",
      write(["backlog", agent], ["todo", agent], { runningAgentId: bot }),
      "own_run",
    ],
    ["self-assigned", write(["todo", null], ["todo", agent], { runningAgentId: bot }), "own_run"],
    [
      "by another agent",
      write(["todo", null], ["todo", agent], { runningAgentId: other }),
      "assigned",
    ],
  ])("%s", (_title, input, expected) => {
    const trigger = issueTrigger(input);
    expect(trigger.start ? trigger.cause : trigger.reason).toBe(expected);
  });

  it("INV-42 starts on a change of status only when the category leaves backlog for work", () => {
    for (const from of IssueStatus.options) {
      for (const to of IssueStatus.options) {
        const starts = from === "backlog" && to !== "backlog" && !isTerminalCategory(to);
        expect(issueTrigger(write([from, agent], [to, agent])).start).toBe(starts);
      }
    }
  });
});

describe("triggerEffect", () => {
  const fine: TriggerTargetFacts = {
    mayInvoke: true,
    readiness: { verdict: "available", reason: null },
    guard: { ok: true },
    slot: "free",
    trigger: "issue_write",
    suppressed: false,
  };
  const tripped = { ok: false, reason: "hop_limit_reached", limit: 8, notice: "" } as const;

  it.each<readonly [Partial<TriggerTargetFacts>, string, string | null]>([
    [{}, "queued", null],
    [{ readiness: { verdict: "waitable", reason: "runtime_offline" } }, "queued", null],
    [{ slot: "active" }, "queued", null],
    [{ slot: "pending" }, "none", "already_pending"],
    [{ trigger: "comment", slot: "pending" }, "coalesced", null],
    [{ trigger: "comment", slot: "active" }, "coalesced", null],
    [{ trigger: "comment" }, "queued", null],
    [{ trigger: "fallback" }, "deferred", null],
    [{ trigger: "fallback", slot: "pending" }, "none", "already_pending"],
    [{ mayInvoke: false, suppressed: true }, "blocked", "agent_not_available"],
    [{ suppressed: true }, "none", "suppressed"],
    [{ readiness: { verdict: "blocked", reason: "no_runtime" } }, "blocked", "no_runtime"],
    [{ guard: tripped }, "blocked", "hop_limit_reached"],
    [
      { mayInvoke: false, readiness: { verdict: "blocked", reason: "agent_archived" } },
      "blocked",
      "agent_not_available",
    ],
  ])("%j is %s (%s)", (over, effect, reason) => {
    expect(triggerEffect({ ...fine, ...over })).toEqual({ effect, reason });
  });
});
