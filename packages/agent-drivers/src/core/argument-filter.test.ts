import { describe, expect, it } from "vitest";
import { filterArguments } from "./argument-filter.ts";

const blocked = {
  "-p": "flag",
  "--model": "value",
  "-m": "value",
  "--worktree": "optional",
  acp: "flag",
} as const;

function user(...given: string[]): readonly string[] {
  return filterArguments(given, { blocked, kind: "user" }).kept;
}

describe("argument filter", () => {
  it.each([
    [["--model", "x", "--keep"], ["--keep"]],
    [["--model=x", "--keep"], ["--keep"]],
    [["'--model=x'", "--keep"], ["--keep"]],
    [['"--model"', '"x y"', "--keep"], ["--keep"]],
    [["-mx", "--keep"], ["--keep"]],
    [["--keep", "--model"], ["--keep"]],
    [["-p", "positional"], ["positional"]],
    [["--worktree", "path", "--keep"], ["--keep"]],
    [["--worktree", "--keep"], ["--keep"]],
    [["--worktree=path", "--keep"], ["--keep"]],
    [
      ["--models", "x"],
      ["--models", "x"],
    ],
    [["-parallel"], ["-parallel"]],
    [['--add="a b"'], ["--add=a b"]],
    [["acp", "--keep"], ["--keep"]],
  ])("%j keeps %j", (given, kept) => {
    expect(user(...given)).toEqual(kept);
  });

  it("keeps positionals of a launch prefix and still drops blocked options there", () => {
    const result = filterArguments(["run", "acp", "--model", "x"], {
      blocked,
      kind: "launch-prefix",
    });
    expect(result).toEqual({ kept: ["run", "acp"], dropped: ["--model"] });
  });

  it("names what was dropped without its value", () => {
    const { dropped } = filterArguments(["--model=secret", "-p"], { blocked, kind: "user" });
    expect(dropped).toEqual(["--model", "-p"]);
  });
});
