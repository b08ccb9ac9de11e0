import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

import { disownPostmasterFile } from "./postmaster-file.ts";
import { temporaryDirectory } from "./testing/temporary-directory.ts";

test("disowns a stale file by its process id alone", async () => {
  await using directory = await temporaryDirectory();
  const file = path.join(directory.path, "postmaster.pid");
  writeFileSync(file, "4711\n/cluster\n1\n5432\n");

  disownPostmasterFile(directory.path);

  expect(readFileSync(file, "utf8")).toBe(`${process.pid}\n/cluster\n1\n5432\n`);
});

test("leaves nothing behind when the server has taken its file along meanwhile", async () => {
  await using directory = await temporaryDirectory();

  disownPostmasterFile(directory.path);

  expect(readdirSync(directory.path)).toEqual([]);
});
