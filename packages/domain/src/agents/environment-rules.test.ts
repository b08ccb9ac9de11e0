import { describe, expect, it } from "vitest";
import { allowedEnvironment, isReservedEnvironmentName } from "./environment-rules.ts";

describe("isReservedEnvironmentName", () => {
  it.each([
    "HEADCOUNT_TOKEN",
    "HEADCOUNT_ANYTHING_NEW",
    "headcount_token",
    "PATH",
    "Path",
    "HOME",
    "USER",
    "SHELL",
    "TERM",
    "TMPDIR",
    "TMP",
    "TEMP",
    "CODEX_HOME",
    "CLAUDE_CONFIG_DIR",
  ])("reserves %s", (name) => {
    expect(isReservedEnvironmentName(name)).toBe(true);
  });

  it.each(["OPENAI_API_KEY", "MY_PATH", "HOMEPAGE", "HEADCOUNT", "TEMPERATURE", "NODE_OPTIONS"])(
    "leaves %s to the agent",
    (name) => {
      expect(isReservedEnvironmentName(name)).toBe(false);
    },
  );
});

describe("allowedEnvironment", () => {
  it("splits a set of variables", () => {
    expect(allowedEnvironment({ B: "2", PATH: "/x", A: "1", HOME: "/y" })).toEqual({
      allowed: { A: "1", B: "2" },
      skipped: ["HOME", "PATH"],
    });
  });
});
