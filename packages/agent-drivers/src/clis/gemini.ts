import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { geminiUsageSource } from "../drivers/acp/gemini-chat-files.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

/**
 * Google's Gemini CLI. Its agent protocol offers a clean cancel, which its plain mode does not:
 * there a running tool outlives the CLI.
 */
export const gemini: CliSpec = acpRow({
  id: "gemini",
  title: "Gemini CLI",
  bins: ["gemini"],
  verified: true,
  version: {
    args: ["--version"],
    minimum: null,
    note: "Driven with 0.61.0.",
    drivenWith: "0.61.0",
  },
  setup: { npmPackage: "@google/gemini-cli", installScript: null, signIn: "gemini" },
  protocolArguments: ({ model }) => ["--acp", ...(model === null ? [] : ["-m", model])],
  resumeKind: "rpc-load",
  blocked: {
    "--acp": "flag",
    "--experimental-acp": "flag",
    "-p": "value",
    "--prompt": "value",
    "-i": "value",
    "--prompt-interactive": "value",
    "-o": "value",
    "--output-format": "value",
    "-y": "flag",
    "--yolo": "flag",
    "--approval-mode": "value",
    "-m": "value",
    "--model": "value",
    "-r": "value",
    "--resume": "value",
  },
  environment: {
    set: () => ({ GEMINI_CLI_TRUST_WORKSPACE: "true", GEMINI_CLI_NO_RELAUNCH: "true" }),
    reserved: [],
  },
  context: { file: "GEMINI.md", skillsDirectory: ".gemini/skills" },
  usage: {
    source: acpUsageSources.quota,
    accumulation: "process",
    inputIncludes: [],
    outputExcludesReasoning: false,
    provider: "google",
    gap: "Gemini's agent protocol reports cached input as plain input and leaves out thinking tokens.",
  },
  dialect: {
    records: {
      source: geminiUsageSource,
      gap: "Cached input and thinking are known for the calls of the conversation, not for side calls.",
    },
    outputsInRecords: true,
    modes: ["yolo"],
    setModel: "argument",
    // Ids of calls look like `write_file__call_1`.
    toolPattern: /^([a-z][a-z0-9_]*?)__/,
    authenticate: [
      { methodId: "gemini-api-key", whenEnvironment: ["GEMINI_API_KEY"] },
      { methodId: "vertex-ai", whenEnvironment: ["GOOGLE_GENAI_USE_VERTEXAI"] },
    ],
    failureLines: [/\bError when talking to Gemini API\b/, /\bfailed with status \d{3}\b/],
  },
});
