import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunOptions } from "../../core/types.ts";
import { readGeminiChat, readGeminiOutputs } from "../../mappers/acp/read-gemini-chat.ts";
import type { FindCalls, FindOutputs } from "./found-call.ts";

/** Source of figures that are read from Gemini's own chat files. */
export const geminiUsageSource = "gemini.chat-files";

/** Model calls of this run in Gemini's chat files. */
export const findGeminiCalls: FindCalls = (options, sessionId) =>
  chatsOf(options, sessionId).flatMap((text) =>
    readGeminiChat(text, options.startedAtMs).map(({ id, reading }) => ({
      id,
      role: "main" as const,
      reading,
    })),
  );

/** Outputs of tool calls, which Gemini writes down before it asks the model what is next. */
export const findGeminiOutputs: FindOutputs = (options, sessionId) =>
  chatsOf(options, sessionId).flatMap(readGeminiOutputs);

/** Texts of `~/.gemini/tmp/<project>/chats/session-<time>-<first part of the session id>.jsonl`. */
function chatsOf({ environment }: RunOptions, sessionId: string): readonly string[] {
  const start = /^[0-9a-f]{8}/i.exec(sessionId)?.[0];
  if (start === undefined) return [];
  const folder = join(environment["HOME"] ?? "", ".gemini", "tmp");
  const files = globSync(`*/chats/session-*-${start}.jsonl`, { cwd: folder });
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8"));
  // Eight characters may be shared with another session; the file says whose it is.
  return texts.filter((text) => text.includes(`"sessionId":"${sessionId}"`));
}
