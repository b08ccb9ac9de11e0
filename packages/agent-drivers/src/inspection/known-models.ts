/**
 * Models that programs are known to take, for those that cannot be asked or do not answer. Names
 * that their makers keep moving on to the newest model come first, because they do not grow old.
 */
export const knownModels: Readonly<Record<string, readonly string[]>> = {
  claude: ["opus", "sonnet", "haiku"],
  "claude-acp": ["opus", "sonnet", "haiku"],
  gemini: ["auto", "gemini-2.5-pro", "gemini-2.5-flash"],
  qwen: ["qwen3-coder-plus"],
  grok: ["grok-code-fast-1"],
};
