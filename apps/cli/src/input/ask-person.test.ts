import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { askPerson } from "./ask-person.ts";

/** Types the keys at a pretended terminal as soon as it has asked. */
function typing(keys: string): Promise<string> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  output.once("data", () => input.write(keys));
  return askPerson("Shall it be? ", new AbortController().signal, { input, output });
}

test("what is typed is the answer", async () => {
  expect(await typing("yes\r")).toBe("yes");
});

test.each(["\u0003", "\u0004"])("%j leaves the question, and nothing was done", async (key) => {
  await expect(typing(key)).rejects.toMatchObject({
    name: "CliError",
    message: "Nothing was done.",
    exitCode: 130,
  });
});
