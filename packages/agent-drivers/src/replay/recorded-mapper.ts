import type { CliSpec } from "../core/cli-spec.ts";
import { parseJsonObject } from "../core/json.ts";
import type { CreateMapper } from "../core/run-mapper.ts";
import { createCopilotMapper } from "../mappers/copilot.ts";
import { createGeminiMapper } from "../mappers/gemini.ts";
import { createKimiMapper } from "../mappers/kimi.ts";
import { createOpencodeMapper } from "../mappers/opencode.ts";
import { createPiMapper } from "../mappers/pi.ts";
import { createQwenMapper } from "../mappers/qwen.ts";

/** How CLIs write their stream when they are not driven by a protocol. */
const oneShotMappers: Readonly<Record<string, CreateMapper>> = {
  copilot: createCopilotMapper,
  gemini: createGeminiMapper,
  kimi: createKimiMapper,
  opencode: createOpencodeMapper,
  pi: createPiMapper,
  qwen: createQwenMapper,
};

/**
 * The mapper for a recording of this CLI: the row's own, unless the CLI also has a plain stream
 * and the recording is one, which shows by messages that belong to no JSON-RPC talk.
 */
export function recordedMapper(spec: CliSpec, lines: readonly string[]): CreateMapper {
  const oneShot = spec.driver === "acp" ? oneShotMappers[spec.id] : undefined;
  if (oneShot === undefined) return spec.createMapper;
  const first = lines.map((line) => parseJsonObject(line)).find((line) => line !== null);
  if (first === undefined) return spec.createMapper;
  const talk =
    "jsonrpc" in first ||
    "method" in first ||
    ("id" in first && !("type" in first) && !("role" in first));
  return talk ? spec.createMapper : oneShot;
}
