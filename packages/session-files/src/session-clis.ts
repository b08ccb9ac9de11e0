import { claudeSessions } from "./clis/claude.ts";
import { codexSessions } from "./clis/codex.ts";
import { geminiSessions } from "./clis/gemini.ts";
import { kimiSessions } from "./clis/kimi.ts";
import { opencodeSessions } from "./clis/opencode.ts";
import { piSessions } from "./clis/pi.ts";
import { qwenSessions } from "./clis/qwen.ts";
import type { SessionCli } from "./session-cli.ts";
import type { SessionCliId } from "./session-usage.ts";

/** Every CLI whose session files are understood. */
export const sessionClis: Readonly<Record<SessionCliId, SessionCli>> = {
  claude: claudeSessions,
  codex: codexSessions,
  gemini: geminiSessions,
  opencode: opencodeSessions,
  qwen: qwenSessions,
  pi: piSessions,
  kimi: kimiSessions,
};
