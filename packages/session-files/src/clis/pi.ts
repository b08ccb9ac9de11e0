import { basename, join } from "node:path";
import { listFiles } from "../kit/list-files.ts";
import { readJsonLines } from "../kit/read-json-lines.ts";
import { foldersOf } from "../machine-place.ts";
import type { SessionCli } from "../session-cli.ts";
import { createPiSession } from "./pi-session.ts";

/** Pi: `sessions/<work directory>/<time>_<session>.jsonl` in its agent folder. */
export const piSessions: SessionCli = {
  id: "pi",
  title: "Pi",
  gap: null,
  async find(place) {
    const agent = foldersOf(place, "PI_CODING_AGENT_DIR", [join(place.home, ".pi", "agent")]);
    const usual = agent.map((folder) => join(folder, "sessions"));
    const folders = foldersOf(place, "PI_CODING_AGENT_SESSION_DIR", usual);
    const listed = await Promise.all(folders.map((folder) => listFiles(folder, /\.jsonl$/)));
    return listed.flat().map(({ path, sizeBytes, modifiedAtMs }) => ({
      cli: "pi",
      path,
      sizeBytes,
      modifiedAtMs,
      startsSession: true,
    }));
  },
  async *read({ path }, report) {
    const session = createPiSession(basename(path, ".jsonl"));
    const marks = ['"usage"', '"session"', '"model_change"'];
    await readJsonLines({ path, marks, report, onLine: session.line });
    yield* session.calls();
  },
};
