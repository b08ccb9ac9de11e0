import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { RunOptions } from "../../core/types.ts";
import {
  hasOpenKimiRequest,
  readKimiFailure,
  readKimiWire,
} from "../../mappers/acp/read-kimi-wire.ts";
import type { AgentRecords, FindCalls } from "./found-call.ts";

/** Source of figures that are read from Kimi's own session files. */
export const kimiUsageSource = "kimi.wire-files";

/**
 * Model calls of this run in Kimi's session files,
 * `<home>/sessions/<work directory>/<session>/agents/<agent>/wire.jsonl`. Records from before the
 * run's start belong to earlier runs of the session.
 */
const findCalls: FindCalls = (options, sessionId) => {
  const files = wireFiles(options, sessionId);
  return files.flatMap((file) => {
    const agent = basename(dirname(file));
    const isMain = files.length === 1 || agent === "main";
    return readKimiWire(readFileSync(file, "utf8"), options.startedAtMs).map((record) => ({
      id: `${agent}:${record.line}`,
      role: isMain ? ("main" as const) : ("subagent" as const),
      reading: record.reading,
    }));
  });
};

/** Whether any agent of the session asked its provider for something that it has no figures of. */
const hasBrokenReply: AgentRecords["hasBrokenReply"] = (options, sessionId) => {
  const told = wireFiles(options, sessionId).map((file) =>
    hasOpenKimiRequest(readFileSync(file, "utf8"), options.startedAtMs),
  );
  if (told.includes(true)) return true;
  return told.includes(false) ? false : null;
};

const findFailure: AgentRecords["findFailure"] = (options, sessionId) => {
  const files = wireFiles(options, sessionId);
  const main = files.find((file) => files.length === 1 || basename(dirname(file)) === "main");
  return main === undefined
    ? null
    : readKimiFailure(readFileSync(main, "utf8"), options.startedAtMs);
};

/** What Kimi writes down: tokens, lost replies, and a failed turn that it ends as `end_turn`. */
export const kimiRecords: AgentRecords = { findCalls, hasBrokenReply, findFailure };

function wireFiles({ environment }: RunOptions, sessionId: string): readonly string[] {
  const home = environment["KIMI_CODE_HOME"] ?? join(environment["HOME"] ?? "", ".kimi-code");
  // The id comes from the agent and becomes part of a path.
  if (!/^[\w-]+$/.test(sessionId)) return [];
  return globSync(`sessions/*/${sessionId}/agents/*/wire.jsonl`, { cwd: home })
    .toSorted()
    .map((file) => join(home, file));
}
