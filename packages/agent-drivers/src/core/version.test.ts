import { describe, expect, it } from "vitest";
import { isOlder, parseVersion } from "./version.ts";

describe("versions", () => {
  it.each([
    ["2.1.330 (Claude Code)", "2.1.330"],
    ["Active code page: 65001\r\ncodex-cli 0.169.0\r\n", "0.169.0"],
    ["v1.2", "1.2"],
    ["tool 3.0.0-beta.1 linux", "3.0.0-beta.1"],
    ["no number here", null],
    ["at 127.0.0.1", null],
  ])("%j → %s", (output, version) => {
    expect(parseVersion(output)).toBe(version);
  });

  it.each([
    ["1.9.9", "2.0.0", true],
    ["2.0.0", "2.0.0", false],
    ["2.0", "2.0.0", false],
    ["10.0.0", "9.9.9", false],
    ["2.0.0-rc.1", "2.0.0", true],
  ])("%s older than %s: %s", (version, minimum, older) => {
    expect(isOlder(version, minimum)).toBe(older);
  });
});
