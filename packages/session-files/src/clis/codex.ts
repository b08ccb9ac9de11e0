import { join } from "node:path";
import { listFiles } from "../kit/list-files.ts";
import { readJsonLines } from "../kit/read-json-lines.ts";
import { foldersOf } from "../machine-place.ts";
import type { SessionCli } from "../session-cli.ts";
import { createCodexRollout } from "./codex-rollout.ts";

/** Codex: `sessions/<year>/<month>/<day>/rollout-<time>-<thread>.jsonl`, and those that were archived. */
export const codexSessions: SessionCli = {
  id: "codex",
  title: "Codex",
  gap: null,
  async find(place) {
    const homes = foldersOf(place, "CODEX_HOME", [join(place.home, ".codex")]);
    const folders = homes.flatMap((home) => [
      join(home, "sessions"),
      join(home, "archived_sessions"),
    ]);
    const listed = await Promise.all(
      folders.map((folder) => listFiles(folder, /(^|\/)rollout-[^/]*\.jsonl(\.zst)?$/)),
    );
    return listed.flat().map(({ path, sizeBytes, modifiedAtMs }) => ({
      cli: "codex",
      path,
      sizeBytes,
      modifiedAtMs,
      startsSession: true,
    }));
  },
  async *read({ path }, report) {
    const rollout = createCodexRollout();
    const marks = ['"session_meta"', '"turn_context"', '"token_usage_record"', '"token_count"'];
    await readJsonLines({ path, marks, report, onLine: rollout.line });
    yield* rollout.calls();
  },
};
