import { appendFileSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

import { expect, test } from "vitest";

import { readServerLog, rotateServerLog } from "./server-log.ts";
import { temporaryDirectory } from "./testing/temporary-directory.ts";

test("moves a log over the limit into one predecessor and keeps the file", async () => {
  await using directory = await temporaryDirectory();
  const file = path.join(directory.path, "postgres.log");
  appendFileSync(file, "older line\n");
  const { ino } = statSync(file);

  rotateServerLog(file, 5);
  appendFileSync(file, "newer line\n");

  expect(readFileSync(`${file}.1`, "utf8")).toBe("older line\n");
  expect(readFileSync(file, "utf8")).toBe("newer line\n");
  expect(statSync(file).ino).toBe(ino);
});

test("leaves a log within the limit alone", async () => {
  await using directory = await temporaryDirectory();
  const file = path.join(directory.path, "postgres.log");
  appendFileSync(file, "12345");

  rotateServerLog(file, 5);

  expect(readServerLog(file, 0)).toBe("12345");
});
