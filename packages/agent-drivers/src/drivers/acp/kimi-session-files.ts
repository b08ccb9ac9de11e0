import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readKimiWire } from "../../mappers/acp/read-kimi-wire.ts";
import type { FindCalls } from "./found-call.ts";

/** Source of figures that are read from Kimi's own session files. */
export const kimiUsageSource = "kimi.wire-files";

/**
 * Model calls of this run in Kimi's session files,
 * `<home>/sessions/<work directory>/<session>/agents/<agent>/wire.jsonl`. Records from before the
 * run's start belong to earlier runs of the session.
 */
export const findKimiCalls: FindCalls = ({ environment, startedAtMs }, sessionId) => {
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
};
