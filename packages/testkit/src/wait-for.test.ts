import { mkdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "./temporary-directory.ts";
import { waitFor } from "./wait-for.ts";

test("gives the first truthy value", async () => {
  let calls = 0;
  const value = await waitFor(() => (++calls === 3 ? "third" : undefined), { describe: "it" });
  expect(value).toBe("third");
  expect(calls).toBe(3);
});

test("says what it waited for", async () => {
  const never = waitFor(() => false, { timeoutMs: 1, describe: () => "the impossible" });
  await expect(never).rejects.toThrow(/^waited \d+ ms in vain for the impossible$/);
});

test("passes an error of the condition on", async () => {
  const broken = waitFor(() => Promise.reject(new Error("broken")), { describe: "it" });
  await expect(broken).rejects.toThrow("broken");
});

test("a temporary directory is gone after its scope, with what is in it", async () => {
  let kept = "";
  {
    await using directory = await temporaryDirectory();
    kept = directory.path;
    await mkdir(join(kept, "inner"));
    await writeFile(join(kept, "inner", "file"), "text");
    expect((await stat(kept)).isDirectory()).toBe(true);
  }
  await expect(stat(kept)).rejects.toThrow("ENOENT");
});
