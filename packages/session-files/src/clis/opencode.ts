import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { listFiles } from "../kit/list-files.ts";
import type { SessionCli } from "../session-cli.ts";
import { readOpencodeDatabase } from "./opencode-database.ts";
import { readOpencodeMessage } from "./opencode-message-file.ts";

/**
 * OpenCode: a SQLite database in its data folder, `opencode.db`; versions before that wrote a file
 * per message, `storage/message/<session>/<message>.json`, with its parts in
 * `storage/part/<message>/`.
 */
export const opencodeSessions: SessionCli = {
  id: "opencode",
  title: "OpenCode",
  gap: "OpenCode keeps no record of the calls that name a session, nor of a call that was stopped.",
  async find({ home, environment }) {
    const data = environment["XDG_DATA_HOME"] || join(home, ".local", "share");
    const folder = join(data, "opencode");
    const databases = await listFiles(folder, /^opencode[^/]*\.db$/);
    const messages = await listFiles(join(folder, "storage", "message"), /^[^/]+\/[^/]+\.json$/);
    const sessionFolders = new Set<string>();
    return [
      ...(await Promise.all(databases.map(withJournal))).map((file) => ({
        cli: "opencode" as const,
        ...file,
        startsSession: true,
      })),
      ...messages.map(({ path, sizeBytes, modifiedAtMs }) => {
        const startsSession = !sessionFolders.has(dirname(path));
        sessionFolders.add(dirname(path));
        return { cli: "opencode" as const, path, sizeBytes, modifiedAtMs, startsSession };
      }),
    ];
  },
  read(file, report) {
    return file.path.endsWith(".db")
      ? readOpencodeDatabase(file.path)
      : readOpencodeMessage(file.path, report);
  },
};

/** What was written last may still be in the journal beside the database. */
async function withJournal(file: {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}): Promise<{ path: string; sizeBytes: number; modifiedAtMs: number }> {
  const { path, sizeBytes, modifiedAtMs } = file;
  const journal = await stat(`${path}-wal`).catch(() => null);
  return {
    path,
    sizeBytes: sizeBytes + (journal?.size ?? 0),
    modifiedAtMs: Math.max(modifiedAtMs, journal?.mtimeMs ?? 0),
  };
}
