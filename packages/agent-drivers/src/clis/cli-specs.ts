import type { CliSpec } from "../core/cli-spec.ts";
import { acpGeneric } from "./acp-generic.ts";
import { antigravity } from "./antigravity.ts";
import { claudeAcp } from "./claude-acp.ts";
import { claude } from "./claude.ts";
import { cline } from "./cline.ts";
import { codebuddy } from "./codebuddy.ts";
import { codexAcp } from "./codex-acp.ts";
import { codex } from "./codex.ts";
import { command } from "./command.ts";
import { copilot } from "./copilot.ts";
import { cursor } from "./cursor.ts";
import { deveco } from "./deveco.ts";
import { dim } from "./dim.ts";
import { gemini } from "./gemini.ts";
import { grok } from "./grok.ts";
import { hermes } from "./hermes.ts";
import { kimi } from "./kimi.ts";
import { kiro } from "./kiro.ts";
import { mcode } from "./mcode.ts";
import { omp } from "./omp.ts";
import { openclaw } from "./openclaw.ts";
import { opencode } from "./opencode.ts";
import { pi } from "./pi.ts";
import { qoder } from "./qoder.ts";
import { qoderclicn } from "./qoderclicn.ts";
import { qwen } from "./qwen.ts";
import { qwenpaw } from "./qwenpaw.ts";
import { reasonix } from "./reasonix.ts";
import { traecli } from "./traecli.ts";
import { tutorial } from "./tutorial.ts";

/**
 * Every CLI we can drive, in the order in which people are shown them. DSH is missing on purpose:
 * its protocol is private and needs a bundle that only its vendor has.
 */
export const cliSpecs: readonly CliSpec[] = [
  claude,
  codex,
  copilot,
  opencode,
  openclaw,
  hermes,
  gemini,
  pi,
  cursor,
  kimi,
  kiro,
  qwen,
  cline,
  codebuddy,
  reasonix,
  qoder,
  qoderclicn,
  traecli,
  grok,
  qwenpaw,
  mcode,
  dim,
  deveco,
  omp,
  antigravity,
  acpGeneric,
  command,
  claudeAcp,
  codexAcp,
  tutorial,
];

/** The row of that name, or null. */
export function findCliSpec(id: string): CliSpec | null {
  return cliSpecs.find((spec) => spec.id === id) ?? null;
}
