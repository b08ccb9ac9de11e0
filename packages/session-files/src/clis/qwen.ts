import { basename, join } from "node:path";
import { listFiles } from "../kit/list-files.ts";
import { readJsonLines } from "../kit/read-json-lines.ts";
import { foldersOf, type MachinePlace } from "../machine-place.ts";
import type { SessionCli } from "../session-cli.ts";
import { createQwenChat } from "./qwen-chat.ts";

/** Qwen Code: `projects/<work directory>/chats/<session>.jsonl` in its runtime folder. */
export const qwenSessions: SessionCli = {
  id: "qwen",
  title: "Qwen Code",
  gap: "Qwen Code counts cache writes as plain input.",
  async find(place) {
    const listed = await Promise.all(
      homesOf(place).map((home) => listFiles(join(home, "projects"), /(^|\/)chats\/.*\.jsonl$/)),
    );
    return listed.flat().map(({ path, below, sizeBytes, modifiedAtMs }) => ({
      cli: "qwen",
      path,
      sizeBytes,
      modifiedAtMs,
      startsSession: /(^|\/)chats\/[^/]*$/.test(below),
    }));
  },
  async *read({ path }, report) {
    const chat = createQwenChat(basename(path, ".jsonl"));
    const marks = ['"usageMetadata"', '"qwen-code.api_response"'];
    await readJsonLines({ path, marks, report, onLine: chat.line });
    yield* chat.calls();
  },
};

function homesOf(place: MachinePlace): readonly string[] {
  const own = foldersOf(place, "QWEN_HOME", [join(place.home, ".qwen")]);
  return [...new Set([...foldersOf(place, "QWEN_RUNTIME_DIR", []), ...own])];
}
