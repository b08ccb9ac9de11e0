import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { kimiUsageSource } from "../drivers/acp/kimi-session-files.ts";

/** Kimi Code. The conversation has no token counts; its session files have. */
export const kimi: CliSpec = acpRow({
  id: "kimi",
  title: "Kimi Code",
  bins: ["kimi"],
  verified: true,
  version: {
    args: ["--version"],
    minimum: null,
    note: "Driven with 2.1.0. A thinking level needs 0.29.0.",
    drivenWith: "2.1.0",
  },
  setup: {
    npmPackage: "@moonshot-ai/kimi-code",
    installScript: "scripts/postinstall.mjs",
    signIn: "kimi login",
  },
  protocolArguments: () => ["acp"],
  resumeKind: "rpc-resume",
  effortLevels: ["low", "medium", "high"],
  blocked: { acp: "flag", "-p": "value", "--output-format": "value", "-S": "value", "-m": "value" },
  environment: {
    set: () => ({ KIMI_CODE_NO_AUTO_UPDATE: "1" }),
    reserved: ["KIMI_CODE_HOME"],
  },
  context: { skillsDirectory: ".kimi/skills", inlineSystemPrompt: "prepend" },
  usage: {
    source: kimiUsageSource,
    accumulation: "call",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: null,
    gap: null,
  },
  dialect: { modes: ["yolo", "auto"] },
});
