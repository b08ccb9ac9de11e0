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

const minuteMs = 60_000;
/** Clocks are read once more by Gemini itself. */
const marginMs = 250;

/**
 * Gemini begins a file when it loads a session, under the name of the minute, and takes the one of
 * an earlier process for it if that is of the same minute: the history is then overwritten and the
 * session lost.
 */
export function geminiResumeWaitMs(
  { environment }: Pick<RunOptions, "environment">,
  sessionId: string,
  nowMs: number,
): number {
  const minute = new Date(nowMs).toISOString().slice(0, 16).replaceAll(":", "-");
  const name = `*/chats/session-${minute}-${sessionId.slice(0, 8)}.jsonl`;
  const isOfThisMinute = globSync(name, { cwd: chatFolder(environment) }).length > 0;
  return isOfThisMinute ? minuteMs - (nowMs % minuteMs) + marginMs : 0;
}

/** Texts of `~/.gemini/tmp/<project>/chats/session-<time>-<first part of the session id>.jsonl`. */
function chatsOf({ environment }: RunOptions, sessionId: string): readonly string[] {
  const start = /^[0-9a-f]{8}/i.exec(sessionId)?.[0];
  if (start === undefined) return [];
  const folder = chatFolder(environment);
  const files = globSync(`*/chats/session-*-${start}.jsonl`, { cwd: folder });
  const texts = files.map((file) => readFileSync(join(folder, file), "utf8"));
  // Eight characters may be shared with another session; the file says whose it is.
  return texts.filter((text) => text.includes(`"sessionId":"${sessionId}"`));
}

function chatFolder(environment: RunOptions["environment"]): string {
  return join(environment["HOME"] ?? "", ".gemini", "tmp");
}
