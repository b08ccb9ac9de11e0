import { expect, test } from "vitest";
import { readCommandLine } from "./command-line.ts";

const RUN = ["-p", "go", "--output-format", "stream-json", "--verbose"];
const ROOT = { isRoot: true, environment: {} };

test("takes a prompt from the command line, or none when prompts come on stdin", () => {
  expect(readCommandLine(RUN, ROOT)).toMatchObject({
    kind: "run",
    prompt: "go",
    resume: undefined,
  });
  const fromStdin = [...RUN.filter((part) => part !== "go"), "--input-format", "stream-json"];
  expect(readCommandLine(fromStdin, ROOT)).toMatchObject({ kind: "run", prompt: undefined });
});

test("refuses to bypass permissions as root outside of a sandbox", () => {
  for (const bypass of [
    ["--dangerously-skip-permissions"],
    ["--permission-mode", "bypassPermissions"],
  ]) {
    const args = [...RUN, ...bypass];
    expect(readCommandLine(args, ROOT)).toMatchObject({
      kind: "refuse",
      reason: expect.stringContaining("root"),
    });
    const sandbox = { isRoot: true, environment: { IS_SANDBOX: "1" } };
    expect(readCommandLine(args, sandbox)).toMatchObject({ permissionMode: "bypassPermissions" });
    expect(readCommandLine(args, { isRoot: false, environment: {} }).kind).toBe("run");
  }
});
