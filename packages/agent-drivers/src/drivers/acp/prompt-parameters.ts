import type { JsonObject } from "../../core/json.ts";
import type { RunOptions } from "../../core/types.ts";
import type { AcpDialect } from "../../mappers/acp/acp-dialect.ts";

/** Parameters of `session/prompt`. A system prompt that came along goes in front of the prompt. */
export function promptParameters(
  options: RunOptions,
  dialect: AcpDialect,
  sessionId: string,
): JsonObject {
  const { systemPrompt, prompt } = options;
  const text = systemPrompt === null ? prompt : `${systemPrompt}\n\n${prompt}`;
  const blocks = [{ type: "text", text }];
  const repeated = dialect.promptAlsoAs === null ? {} : { [dialect.promptAlsoAs]: blocks };
  return { sessionId, prompt: blocks, ...repeated };
}
