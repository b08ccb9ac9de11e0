import { readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { temporaryDirectory } from "@headcount/testkit/temporary-directory";
import { expect, test } from "vitest";
import { machineIdFile, readOrMakeMachineId } from "./machine-id.ts";

test("daemons that start at once on a new computer agree on its identity", async () => {
  await using home = await temporaryDirectory();
  const environment = { HOME: home.path };
  const ids = await Promise.all(Array.from({ length: 20 }, () => readOrMakeMachineId(environment)));
  expect(ids[0]).not.toBeNull();
  expect(new Set(ids).size).toBe(1);
  expect(await readOrMakeMachineId(environment)).toBe(ids[0]);
  const folder = path.dirname(await machineIdFile(environment));
  expect(await readdir(folder)).toHaveLength(1);
});

test("it stays when the state of every profile is lost", async () => {
  await using home = await temporaryDirectory();
  const environment = { HOME: home.path, HOSTNAME: "before" };
  const before = await readOrMakeMachineId(environment);
  await rm(path.join(home.path, ".headcount"), { recursive: true, force: true });
  const renamed = { HOME: home.path, HOSTNAME: "after", HEADCOUNT_STATE_DIR: "/elsewhere" };
  expect(await readOrMakeMachineId(renamed)).toBe(before);
});

test("computers that share a home are kept apart, one without a name of its own works too", async () => {
  await using home = await temporaryDirectory();
  const environment = { HOME: home.path };
  const systems = ["one", "two"].map((name) => path.join(home.path, name));
  for (const system of systems) await writeFile(system, `${path.basename(system)}\n`);
  const files = await Promise.all(
    [...systems, path.join(home.path, "missing")].map((file) => machineIdFile(environment, file)),
  );
  expect(new Set(files).size).toBe(3);
});

test("there is none where nothing can be kept", async () => {
  await using home = await temporaryDirectory();
  const file = path.join(home.path, "a-file");
  await writeFile(file, "");
  expect(await readOrMakeMachineId({ HOME: file, XDG_STATE_HOME: file })).toBeNull();
});
