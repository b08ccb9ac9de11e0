import type { CliSpec } from "../core/cli-spec.ts";
import { acpRow } from "../drivers/acp/acp-row.ts";
import { acpUsageSources } from "../mappers/acp/read-usage.ts";

/** Qwen Code over its agent protocol, which reports the tokens of every model call at once. */
export const qwen: CliSpec = acpRow({
  id: "qwen",
  title: "Qwen Code",
  bins: ["qwen"],
  verified: true,
  version: {
    args: ["--version"],
    minimum: "0.20.0",
    note: "Driven with 0.24.4.",
    drivenWith: "0.24.4",
  },
  setup: { npmPackage: "@qwen-code/qwen-code", installScript: null, signIn: "qwen" },
  protocolArguments: ({ model }) => ["--acp", ...(model === null ? [] : ["-m", model])],
  resumeKind: "rpc-resume",
  resumeRejected: [/^-32002 Resource not found: session:/i],
  blocked: {
    "--acp": "flag",
    "--experimental-acp": "flag",
    "-p": "value",
    "--prompt": "value",
    "-i": "value",
    "--prompt-interactive": "value",
    "-o": "value",
    "--output-format": "value",
    "-m": "value",
    "--model": "value",
    "-r": "value",
    "--resume": "value",
    "-c": "flag",
    "--continue": "flag",
    "--chat-recording": "value",
    "--mcp-config": "value",
    "--safe-mode": "flag",
    "--yolo": "flag",
    "-y": "flag",
    "--approval-mode": "value",
    "--core-tools": "value",
  },
  environment: { set: () => ({ QWEN_CODE_SUPPRESS_YOLO_WARNING: "1" }), reserved: [] },
  context: { file: "QWEN.md", skillsDirectory: ".qwen/skills" },
  usage: {
    source: acpUsageSources.chunk,
    accumulation: "call",
    inputIncludes: ["cacheRead"],
    outputExcludesReasoning: false,
    provider: null,
    gap: "Qwen Code counts cache writes as plain input and leaves out requests beside the conversation.",
  },
  dialect: {
    modes: ["yolo"],
    setModel: "argument",
    // Ids look like `$runtime|openai|name(openai)` or `name(qwen-oauth)`.
    modelPattern: /^(?:\$runtime\|[^|]*\|)?(.+?)(?:\([^()]*\))?$/,
  },
});
