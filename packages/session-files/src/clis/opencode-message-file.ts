import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { listFiles } from "../kit/list-files.ts";
import { isJsonObject, type JsonObject, parseJsonObject, textAt } from "../kit/json.ts";
import type { ReadingReport } from "../reading-report.ts";
import type { SessionUsage } from "../session-usage.ts";
import { opencodeUsage } from "./opencode-step.ts";

/**
 * Model calls of one message in the storage of older versions. Its own figures are those of the last step
 * only, so the steps are read where they are kept.
 */
export async function* readOpencodeMessage(
  path: string,
  report: ReadingReport,
): AsyncIterable<SessionUsage> {
  const message = await readObject(path, report);
  if (message === null || message["role"] !== "assistant") return;
  const sessionId = textAt(message, "sessionID") ?? basename(dirname(path));
  const steps = await stepsOf(path, report);
  const told = steps.length > 0 || !isJsonObject(message["tokens"]) ? steps : [message];
  for (const [index, step] of told.entries()) {
    const usage = opencodeUsage({ message, step, index, sessionId, role: "main" });
    if (usage !== null) yield usage;
  }
}

async function stepsOf(path: string, report: ReadingReport): Promise<readonly JsonObject[]> {
  const storage = dirname(dirname(dirname(path)));
  const parts = await listFiles(join(storage, "part", basename(path, ".json")), /\.json$/);
  const read = await Promise.all(parts.map((part) => readObject(part.path, report)));
  return read.filter((part) => part !== null).filter((part) => part["type"] === "step-finish");
}

async function readObject(path: string, report: ReadingReport): Promise<JsonObject | null> {
  const value = parseJsonObject(await readFile(path, "utf8"));
  if (value === null) report.brokenLines += 1;
  return value;
}
