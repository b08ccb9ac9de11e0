import type { CliSpec } from "../core/cli-spec.ts";
import { acpGeneric } from "./acp-generic.ts";
import { claude } from "./claude.ts";
import { claudeAcp } from "./claude-acp.ts";
import { codex } from "./codex.ts";
import { codexAcp } from "./codex-acp.ts";
import { copilot } from "./copilot.ts";
import { gemini } from "./gemini.ts";
import { kimi } from "./kimi.ts";
import { kiro } from "./kiro.ts";
import { opencode } from "./opencode.ts";
import { pi } from "./pi.ts";
import { qwen } from "./qwen.ts";
import { tutorial } from "./tutorial.ts";

/** Every CLI we can drive, in the order in which people are shown them. */
export const cliSpecs: readonly CliSpec[] = [
  claude,
  codex,
  copilot,
  opencode,
  gemini,
  qwen,
  pi,
  kimi,
  kiro,
  acpGeneric,
  claudeAcp,
  codexAcp,
  tutorial,
];

/** The row of that name, or null. */
export function findCliSpec(id: string): CliSpec | null {
  return cliSpecs.find((spec) => spec.id === id) ?? null;
}
