import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

import { acquireDirectoryLock } from "./directory-lock.ts";
import { DirectoryLockedError } from "./directory-locked-error.ts";
import { runFixture } from "./testing/run-fixture.ts";
import { temporaryDirectory } from "./testing/temporary-directory.ts";

test("names the process that holds the directory", async () => {
  await using directory = await temporaryDirectory();
  await using holder = await runFixture("hold-lock", directory.path);

  const attempt = acquireDirectoryLock(directory.path, { role: "second" });

  await expect(attempt).rejects.toThrow(DirectoryLockedError);
  await expect(attempt).rejects.toMatchObject({ pid: holder.pid, role: "fixture" });
});

test("is free again once its holder was killed", async () => {
  await using directory = await temporaryDirectory();
  const holder = await runFixture("hold-lock", directory.path);
  await holder.killHard();
  expect(existsSync(path.join(directory.path, "lock.json"))).toBe(true);

  using _lock = await acquireDirectoryLock(directory.path, { role: "second" });

  await expect(acquireDirectoryLock(directory.path, { role: "third" })).rejects.toMatchObject({
    pid: process.pid,
    role: "second",
  });
});

test("is held against a second call in the same process until it is released", async () => {
  await using directory = await temporaryDirectory();
  const first = await acquireDirectoryLock(directory.path, { role: "first" });
  await expect(acquireDirectoryLock(directory.path, { role: "second" })).rejects.toMatchObject({
    pid: process.pid,
    role: "first",
  });

  first.release();

  const second = await acquireDirectoryLock(directory.path, { role: "second" });
  second.release();
});

test("lets exactly one of many through", async () => {
  await using directory = await temporaryDirectory();

  const results = await Promise.allSettled(
    Array.from({ length: 8 }, () => acquireDirectoryLock(directory.path, { role: "racer" })),
  );

  const winners = results.filter((result) => result.status === "fulfilled");
  expect(winners).toHaveLength(1);
  for (const winner of winners) winner.value.release();
});

test("says so when the directory cannot be made", async () => {
  await using directory = await temporaryDirectory();
  const file = path.join(directory.path, "a file");
  writeFileSync(file, "");

  const attempt = acquireDirectoryLock(path.join(file, "below"), { role: "any" });

  await expect(attempt).rejects.toMatchObject({ failure: "data_directory_not_writable" });
});
