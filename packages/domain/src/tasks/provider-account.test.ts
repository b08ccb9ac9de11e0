import { describe, expect, it } from "vitest";
import { providerAccount } from "./provider-account.ts";

const run = { cli: "claude", model: null, agentId: "ada", environmentNames: [] };

describe("providerAccount", () => {
  it.each([
    ["claude", null, "anthropic"],
    ["claude", "claude-opus-4-5", "anthropic"],
    ["codex-acp", "gpt-5", "openai"],
    ["gemini", null, "google"],
    ["opencode", "OpenRouter/google/gemini-2.5-pro", "openrouter"],
    ["opencode", null, "opencode"],
    ["pi", "gpt-5", "pi"],
    ["acp", "/odd", "acp"],
  ])("%s with the model %s spends at %s", (cli, model, provider) => {
    expect(providerAccount({ ...run, cli, model })).toEqual({ provider, account: "" });
  });

  it.each([
    [["ANTHROPIC_API_KEY"], "ada"],
    [["LOG_LEVEL", "claude_code_oauth_token"], "ada"],
    [["AWS_PROFILE"], "ada"],
    [["ANTHROPIC_BASE_URL"], "ada"],
    [["LOG_LEVEL", "KEYBOARD"], ""],
    [[], ""],
  ])("an agent with %j spends on the account %j", (environmentNames, account) => {
    expect(providerAccount({ ...run, environmentNames }).account).toBe(account);
  });
});
