import { describe, expect, it } from "vitest";
import { buildEnvironment, isReserved } from "./environment.ts";

const base = {
  inherited: {},
  agent: {},
  product: {},
  binaryDirectory: null,
  marker: "m1",
  reserved: [],
};

describe("environment of an agent", () => {
  it("drops our own variables and the marks of a surrounding Claude session, and nothing else", () => {
    const inherited = {
      HEADCOUNT_TOKEN: "t",
      CLAUDECODE: "1",
      CLAUDECODE_X: "1",
      CLAUDE_CODE_ENTRYPOINT: "cli",
      CLAUDE_CODE_EXECPATH: "/x",
      CLAUDE_CODE_SESSION_ID: "s",
      CLAUDE_CODE_SSE_PORT: "1",
      CLAUDE_CODE_USE_BEDROCK: "1",
      CLAUDE_CODE_TMPDIR: "/t",
      LANG: "C",
    };
    expect(buildEnvironment({ ...base, inherited }).variables).toEqual({
      CLAUDE_CODE_USE_BEDROCK: "1",
      CLAUDE_CODE_TMPDIR: "/t",
      LANG: "C",
      HEADCOUNT_RUN: "m1",
    });
  });

  it("INV-67 agent settings cannot set reserved names", () => {
    const agent = {
      HEADCOUNT_TOKEN: "x",
      headcount_run: "x",
      PATH: "/evil",
      Home: "/evil",
      CODEX_HOME: "/evil",
      MY_HOME: "/evil",
      OK: "yes",
    };
    const built = buildEnvironment({
      ...base,
      agent,
      inherited: { PATH: "/bin" },
      product: { HEADCOUNT_TOKEN: "hct_1" },
      reserved: ["MY_HOME"],
    });
    expect(built.variables).toEqual({
      PATH: "/bin",
      OK: "yes",
      HEADCOUNT_TOKEN: "hct_1",
      HEADCOUNT_RUN: "m1",
    });
    expect(built.refused.toSorted()).toEqual(
      ["CODEX_HOME", "HEADCOUNT_TOKEN", "Home", "MY_HOME", "PATH", "headcount_run"].toSorted(),
    );
  });

  it("puts our binary first on PATH, once", () => {
    const inherited = { PATH: "/usr/bin:/opt/headcount/bin:/bin" };
    const { variables } = buildEnvironment({
      ...base,
      inherited,
      binaryDirectory: "/opt/headcount/bin",
    });
    expect(variables["PATH"]).toBe("/opt/headcount/bin:/usr/bin:/bin");
  });

  it.each(["USER", "SHELL", "TERM", "TMPDIR", "TMP", "TEMP", "CURSOR_DATA_DIR"])(
    "%s is reserved",
    (name) => {
      expect(isReserved(name)).toBe(true);
    },
  );
});
