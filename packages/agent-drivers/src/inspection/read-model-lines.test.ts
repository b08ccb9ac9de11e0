import { describe, expect, it } from "vitest";
import { readModelLines, readModelTable } from "./read-model-lines.ts";

const printed = (stdout: string, stderr = "", exitCode = 0) => ({ stdout, stderr, exitCode });

describe("models that a command prints", () => {
  it.each([
    [
      "one per line",
      "opencode/big-pickle\nanthropic/claude-5\n",
      ["opencode/big-pickle", "anthropic/claude-5"],
    ],
    [
      "with a label behind a dash",
      "Available models\n\ngpt-6 - GPT 6\nopus-5[1m] - Opus\n",
      ["gpt-6", "opus-5[1m]"],
    ],
    ["with a label behind a tab", "gemini-3-pro\tGemini 3 Pro\r\n", ["gemini-3-pro"]],
    ["in colour, as a list", "\u001b[1m* sonnet\u001b[0m\n- haiku\n", ["sonnet", "haiku"]],
    ["twice", "a-model\na-model\n", ["a-model"]],
    ["none, only prose", "You are not logged in.\nPlease run the login command.\n", []],
  ])("%s", (_name, stdout, models) => {
    expect(readModelLines(printed(stdout)).models).toEqual(models);
  });

  it("says how a command failed that printed none", () => {
    expect(readModelLines(printed("", "boom", 3))).toEqual({
      models: [],
      signIn: "unknown",
      problem: "It ended with 3.",
    });
  });

  it("come from the first two columns of Pi's table, which has them for accounts only", () => {
    const table =
      "provider   model         context\nanthropic  claude-opus-5  1M\nopenai     gpt-6   1M\n";
    expect(readModelTable(printed(table))).toEqual({
      models: ["anthropic/claude-opus-5", "openai/gpt-6"],
      signIn: "signed_in",
    });
    const nothing = "No models available. Use /login to log into a provider.";
    expect(readModelTable(printed("", nothing))).toEqual({ models: [], signIn: "signed_out" });
    expect(readModelTable(printed("what is this"))).toEqual({ models: [], signIn: "unknown" });
  });
});
