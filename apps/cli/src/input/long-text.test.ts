import { mkdir, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";
import { FakeMachine } from "../testing/fake-io.fixture.ts";
import { RecordingServer } from "../testing/recording-server.fixture.ts";
import { decodeEscapes } from "./long-text.ts";

test("escapes are decoded once, a doubled backslash stays one", () => {
  expect(decodeEscapes(String.raw`a\nb\tc\\nd\x`)).toBe("a\nb\tc\\nd\\x");
});

test("a text comes from a flag, a file or standard input, and from one of them only", async () => {
  await using server = await RecordingServer.start();
  server.answer = () => ({ body: { comment: { id: "c" }, triggers: [] } });
  await using machine = await FakeMachine.make({
    HEADCOUNT_SERVER_URL: server.url,
    HEADCOUNT_WORKSPACE: "acme",
  });
  await writeFile(path.join(machine.home, "text.md"), "from a file \\n");
  const add = ["issue", "comment", "add", "ACME-1"];
  await machine.run([...add, "--content", "one\\ntwo"]);
  await machine.run([...add, "--content-file", "text.md"]);
  await machine.run([...add, "--content-stdin"], { stdin: "from a pipe \\n" });
  expect(
    server.requests.map(({ body }) => Reflect.get(JSON.parse(body) as object, "body")),
  ).toEqual(["one\ntwo", "from a file \\n", "from a pipe \\n"]);
  const twice = await machine.run([...add, "--content", "x", "--content-stdin"], { stdin: "y" });
  expect(twice.code).toBe(5);
  expect(server.requests).toHaveLength(3);
});

test("files outside of the current directory are refused, also behind a link", async () => {
  await using server = await RecordingServer.start();
  await using machine = await FakeMachine.make({
    HEADCOUNT_SERVER_URL: server.url,
    HEADCOUNT_WORKSPACE: "acme",
  });
  await using elsewhere = await FakeMachine.make();
  const secret = path.join(elsewhere.home, "secret");
  await writeFile(secret, "secret");
  await mkdir(path.join(machine.home, "inside"));
  await symlink(secret, path.join(machine.home, "inside", "link"));
  const add = ["issue", "comment", "add", "ACME-1", "--content-file"];
  for (const file of [secret, "inside/link", "../nothing-here"]) {
    expect((await machine.run([...add, file])).code).toBe(5);
  }
  expect(server.requests).toEqual([]);
  await machine.run([...add, secret, "--allow-external-file"]);
  expect(server.requests).toHaveLength(1);
});
