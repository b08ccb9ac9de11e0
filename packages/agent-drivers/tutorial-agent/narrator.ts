import type { SessionUpdate } from "@agentclientprotocol/sdk";
import { addTokens, madeUpTokens, noTokens, reportedTokens } from "./made-up-tokens.ts";
import type { StepTokens } from "./made-up-tokens.ts";

export type ToolStart = {
  readonly id: string;
  readonly title: string;
  readonly kind: "read" | "edit" | "execute";
  readonly input: Readonly<Record<string, unknown>>;
};

export type ToolEnd = { readonly id: string; readonly output: string; readonly isError: boolean };

/** How the agent makes itself heard: frames of the protocol, and the books of its made-up tokens. */
export class Narrator {
  readonly #send: (update: SessionUpdate) => Promise<void>;
  #used: StepTokens = noTokens;
  #steps = 0;

  constructor(send: (update: SessionUpdate) => Promise<void>) {
    this.#send = send;
  }

  get used(): StepTokens {
    return this.#used;
  }

  say(text: string): Promise<void> {
    return this.#send({ sessionUpdate: "agent_message_chunk", content: { type: "text", text } });
  }

  toolStarted(call: ToolStart): Promise<void> {
    return this.#send({
      sessionUpdate: "tool_call",
      toolCallId: call.id,
      title: call.title,
      kind: call.kind,
      status: "in_progress",
      rawInput: call.input,
      _meta: { toolName: call.id },
    });
  }

  toolEnded(call: ToolEnd): Promise<void> {
    return this.#send({
      sessionUpdate: "tool_call_update",
      toolCallId: call.id,
      status: call.isError ? "failed" : "completed",
      rawOutput: call.output,
    });
  }

  /** Books and reports the tokens of one finished step, so that figures grow while it runs. */
  stepDone(): Promise<void> {
    const tokens = madeUpTokens(this.#steps);
    this.#steps += 1;
    this.#used = addTokens(this.#used, tokens);
    return this.#send({
      sessionUpdate: "agent_message_chunk",
      content: { type: "text", text: "" },
      _meta: { usage: reportedTokens(tokens) },
    });
  }
}
