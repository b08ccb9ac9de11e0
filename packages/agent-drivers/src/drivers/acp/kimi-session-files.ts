import { glob, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { readKimiWire } from "../../mappers/acp/read-kimi-wire.ts";
import type { AcpUsageReading } from "../../mappers/acp/read-usage.ts";

/** Source of figures that are read from Kimi's own session files. */
export const kimiUsageSource = "kimi.wire-files";

export type FoundCall = {
  /** Names the call within its session. */
  readonly id: string;
  readonly role: "main" | "subagent";
  readonly reading: AcpUsageReading;
};

export type KimiSession = {
  readonly sessionId: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Wall clock in milliseconds; older records belong to earlier runs. */
  readonly startedAtMs: number;
};

/**
 * Model calls of this run in Kimi's session files,
 * `<home>/sessions/<work directory>/<session>/agents/<agent>/wire.jsonl`.
 */
export async function findKimiCalls(session: KimiSession): Promise<readonly FoundCall[]> {
  const { environment } = session;
  const home = environment["KIMI_CODE_HOME"] ?? join(environment["HOME"] ?? "", ".kimi-code");
  const pattern = `sessions/*/${session.sessionId}/agents/*/wire.jsonl`;
  const files = (await Array.fromAsync(glob(pattern, { cwd: home }))).toSorted();
  const perFile = await Promise.all(
    files.map(async (file) => {
      const agent = basename(dirname(file));
      const isMain = files.length === 1 || agent === "main";
      const records = readKimiWire(await readFile(join(home, file), "utf8"), session.startedAtMs);
      return records.map(({ line, reading }) => ({
        id: `${agent}:${line}`,
        role: isMain ? ("main" as const) : ("subagent" as const),
        reading,
      }));
    }),
  );
  return perFile.flat();
}
