import { mkdir, readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { writeFileAtomically } from "./atomic-file.ts";

test("writers of one file at the same moment all succeed, and one of them stands, whole", async () => {
  await using folder = await temporaryDirectory();
  const file = path.join(folder.path, "kept.json");
  const contents = Array.from({ length: 20 }, (_, index) => `${index}`.repeat(100_000));
  await Promise.all(contents.map((content) => writeFileAtomically(file, content)));
  expect(contents).toContain(await readFile(file, "utf8"));
  expect(await readdir(folder.path)).toEqual(["kept.json"]);
});

test("a file that cannot be replaced leaves no draft behind", async () => {
  await using folder = await temporaryDirectory();
  const file = path.join(folder.path, "kept.json");
  await mkdir(file);
  await expect(writeFileAtomically(file, "new")).rejects.toThrow(/EISDIR/);
  expect(await readdir(folder.path)).toEqual(["kept.json"]);
});
