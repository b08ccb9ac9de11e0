import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { RunOptions } from "../../core/types.ts";
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

/**
 * Model calls of this run in Kimi's session files,
 * `<home>/sessions/<work directory>/<session>/agents/<agent>/wire.jsonl`. Records from before the
 * run's start belong to earlier runs of the session.
 */
export function findKimiCalls(options: RunOptions, sessionId: string): readonly FoundCall[] {
  const { environment, startedAtMs } = options;
  const home = environment["KIMI_CODE_HOME"] ?? join(environment["HOME"] ?? "", ".kimi-code");
  // The id comes from the agent and becomes part of a path.
  if (!/^[\w-]+$/.test(sessionId)) return [];
  const files = globSync(`sessions/*/${sessionId}/agents/*/wire.jsonl`, { cwd: home }).toSorted();
  return files.flatMap((file) => {
    const agent = basename(dirname(file));
    const isMain = files.length === 1 || agent === "main";
    return readKimiWire(readFileSync(join(home, file), "utf8"), startedAtMs).map((record) => ({
      id: `${agent}:${record.line}`,
      role: isMain ? ("main" as const) : ("subagent" as const),
      reading: record.reading,
    }));
  });
}
