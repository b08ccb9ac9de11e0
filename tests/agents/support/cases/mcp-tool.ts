import { expect } from "vitest";
import { fakeMcpServer } from "@headcount/agent-drivers/testing/fake-mcp-server";
import { agentMcp } from "@headcount/contract/agents/mcp-routes";
import type { TaskId } from "@headcount/contract/kit/ids";
import { workspace } from "../../../support/start-product.ts";
import { bookedAsServed, ended } from "../account.ts";
import { type AgentCase, firstCall, secondCall, thirdCall } from "../agent-case.ts";
import type { AgentStage } from "../agent-stage.ts";
import { done } from "../endings.ts";
import { finalText, hasToolCalls, transcriptOf } from "../transcript.ts";

const secret = "Good day from canary-7d20e1";

/** The model is told of the tool of a server that the agent was given, calls it and is answered. */
export const mcpTool: AgentCase = {
  name: "mcp",
  title: "INV-80 a tool of an MCP server of the agent",
  async play(stage, coverage) {
    const { product, agent } = stage;
    const input = { workspace, agentId: agent.id };
    const greeter = fakeMcpServer({ GREETING: secret });
    await product.call(agentMcp.set, { ...input, mcpServers: { greeter } });
    try {
      playGreeting(stage);
      const { taskId } = await stage.assign("Greet Ada");
      await product.taskEnded(taskId);
      await ended(stage, taskId, { ending: done, coverage });
      await bookedAsServed(stage, [taskId], coverage);
      expect(stage.model.unused()).toEqual([]);
      await hasGreeted(stage, taskId);
    } finally {
      await product.call(agentMcp.set, { ...input, mcpServers: null });
    }
  },
};

/** A model cannot call what it was not told of: each rule waits for the words that it needs. */
function playGreeting({ play, profile }: AgentStage): void {
  const { mcpTool: tool, findsTools } = profile;
  const told = findsTools === undefined ? tool.tool : "Greets somebody by name";
  const find = {
    name: "find",
    reply: { content: findsTools ? [findsTools] : [], usage: thirdCall },
  };
  play([
    ...(findsTools === undefined ? [] : [find]),
    {
      name: "call",
      when: { anyText: told },
      reply: { content: [{ ...tool, input: tool.input ?? { name: "Ada" } }], usage: firstCall },
    },
    {
      name: "answer",
      when: { anyText: `${secret}, Ada` },
      reply: { content: [{ text: "Ada was greeted." }], usage: secondCall },
    },
  ]);
}

async function hasGreeted({ product, profile }: AgentStage, taskId: TaskId): Promise<void> {
  const rows = await transcriptOf(product, taskId);
  const found = profile.findsTools === undefined ? [] : [{ input: /say_hello/, output: /(?:)/ }];
  const calls = [...found, { input: /Ada/, output: /, Ada/ }];
  hasToolCalls(rows, profile.hidesTools === true ? [] : calls);
  // What the server said holds a secret of its own, and is not kept.
  expect(JSON.stringify(rows)).not.toContain(secret);
  expect(finalText(rows)).toBe("Ada was greeted.");
}
