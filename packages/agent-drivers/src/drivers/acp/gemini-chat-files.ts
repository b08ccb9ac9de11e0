import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readGeminiChat } from "../../mappers/acp/read-gemini-chat.ts";
import type { FindCalls } from "./found-call.ts";

/** Source of figures that are read from Gemini's own chat files. */
export const geminiUsageSource = "gemini.chat-files";

/**
 * Model calls of this run in Gemini's chat files,
 * `~/.gemini/tmp/<project>/chats/session-<time>-<first part of the session id>.jsonl`.
 */
export const findGeminiCalls: FindCalls = ({ environment, startedAtMs }, sessionId) => {
  const start = /^[0-9a-f]{8}/i.exec(sessionId)?.[0];
  if (start === undefined) return [];
  const folder = join(environment["HOME"] ?? "", ".gemini", "tmp");
  const files = globSync(`*/chats/session-*-${start}.jsonl`, { cwd: folder });
  return files.flatMap((file) => {
    const text = readFileSync(join(folder, file), "utf8");
    // Eight characters may be shared with another session; the file says whose it is.
    if (!text.includes(`"sessionId":"${sessionId}"`)) return [];
    return readGeminiChat(text, startedAtMs).map(({ id, reading }) => ({
      id,
      role: "main" as const,
      reading,
    }));
  });
};
