import { describe, expect, it } from "vitest";
import { modelCandidates } from "./model-candidates.ts";

describe("modelCandidates", () => {
  it.each([
    ["anthropic", "claude-opus-4-5", ["claude-opus-4-5"]],
    [
      "anthropic",
      "anthropic/claude-opus-4.5[1m]",
      [
        "anthropic/claude-opus-4.5[1m]",
        "claude-opus-4.5[1m]",
        "claude-opus-4-5[1m]",
        "anthropic/claude-opus-4.5",
        "claude-opus-4.5",
        "claude-opus-4-5",
      ],
    ],
    [
      "anthropic",
      "claude-sonnet-4-5-20250929",
      ["claude-sonnet-4-5-20250929", "claude-sonnet-4-5"],
    ],
    ["openai", "gpt-5-2025-08-07", ["gpt-5-2025-08-07", "gpt-5"]],
    ["openai", "GPT-5.1-latest", ["gpt-5.1-latest", "gpt-5.1"]],
    ["openrouter", "openai/gpt-5", ["openai/gpt-5"]],
    [null, "openai/gpt-5", ["openai/gpt-5", "gpt-5"]],
    ["x", " ", []],
  ])("%s %s", (provider, model, candidates) => {
    expect(modelCandidates(provider, model)).toEqual(candidates);
  });

  it("never shortens a name otherwise", () => {
    for (const name of modelCandidates("openai", "gpt-5-mini-high-2")) {
      expect(name).toBe("gpt-5-mini-high-2");
    }
  });
});
