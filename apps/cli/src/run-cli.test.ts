import { expect, test } from "vitest";
import { productVersion } from "@headcount/contract/version";
import { catalogue } from "./catalogue.ts";
import { findCommand } from "./find-command.ts";
import { helpFor } from "./help.ts";
import { displayWidth } from "./output/display-width.ts";
import { parseCommand } from "./parse-command.ts";
import { FakeMachine } from "./testing/fake-io.fixture.ts";
import { RecordingServer } from "./testing/recording-server.fixture.ts";

// All of them are loaded before the first test begins, whose time is for what it asks of them.
const commands = await Promise.all(
  catalogue
    .flatMap((group) => Object.entries(group.commands))
    .map(async ([name, load]) => ({ name, command: await load() })),
);

test("every command is found by the name that it has itself", () => {
  expect(commands.map(({ command }) => command.name)).toEqual(commands.map(({ name }) => name));
});

test("every help fits 80 columns, names its flags and shows examples that parse", async () => {
  for (const { name, command } of commands) {
    const help = await helpFor(name.split(" "));
    expect(help).toContain(`Usage: headcount ${name}`);
    for (const line of help.split("\n")) {
      expect([line, displayWidth(line) <= 80 || line.startsWith("  headcount")]).toEqual([
        line,
        true,
      ]);
    }
    for (const example of command.examples ?? []) {
      const words = wordsOf(example.replace(/^.*\| (?=headcount )/, ""));
      const found = findCommand(words.slice(1));
      if (found.name === name) parseCommand(command, found.rest);
    }
  }
  expect((await helpFor([])).split("\n").every((line) => displayWidth(line) <= 80)).toBe(true);
});

/** Splits as a shell does, as far as the examples need it. */
function wordsOf(line: string): string[] {
  const words = line.replace(/ [<|] .*$/, "").match(/"[^"]*"|\S+/g) ?? [];
  return words.map((word) => word.replaceAll('"', ""));
}

test("global flags may stand before, between and after the words of a command", async () => {
  await using server = await RecordingServer.start();
  await using machine = await FakeMachine.make({ HEADCOUNT_PAT: "hcp_x" });
  const flags = ["--server-url", server.url];
  await machine.run([...flags, "--workspace", "acme", "issue", "get", "ACME-1"]);
  await machine.run(["issue", ...flags, "get", "--workspace", "acme", "ACME-1"]);
  await machine.run(["issue", "get", "ACME-1", "--workspace=acme", ...flags]);
  expect(server.requests.map((request) => request.url)).toEqual(
    Array.from({ length: 3 }, () => "/api/w/acme/issues/ACME-1"),
  );
});

test.concurrent.each([
  [400, 5],
  [401, 3],
  [403, 3],
  [404, 4],
  [409, 6],
  [410, 4],
  [422, 5],
  [429, 7],
  [500, 1],
  [503, 2],
])("an answer with status %i ends with %i and the server's own sentence", async (status, code) => {
  await using server = await RecordingServer.start();
  server.answer = () => ({
    status,
    body: { code: "x", reason: "y", message: "It is so.", requestId: "r", retryAfterMs: 1 },
  });
  await using machine = await FakeMachine.make({
    HEADCOUNT_SERVER_URL: server.url,
    HEADCOUNT_WORKSPACE: "acme",
  });
  const [result, asJson] = await Promise.all([
    machine.run(["issue", "get", "ACME-1"]),
    machine.run(["issue", "get", "ACME-1", "--output", "json"]),
  ]);
  expect(result).toMatchObject({ code, stdout: "" });
  expect(result.stderr).toContain("It is so.");
  expect(JSON.parse(asJson.stderr)).toMatchObject({ message: "It is so." });
});

test.concurrent("a server that is not there ends with 2, in the person's language", async () => {
  await using machine = await FakeMachine.make({
    HEADCOUNT_SERVER_URL: "http://127.0.0.1:9",
    HEADCOUNT_WORKSPACE: "acme",
  });
  const [english, chinese] = await Promise.all([
    machine.run(["issue", "get", "ACME-1"]),
    machine.run(["issue", "get", "ACME-1"], { environment: { LANG: "zh_CN.UTF-8" } }),
  ]);
  expect(english.code).toBe(2);
  expect(english.stderr).toContain("No answer from http://127.0.0.1:9");
  expect(chinese.stderr).toContain("http://127.0.0.1:9 没有响应");
});

test.concurrent("writes are repeated under one idempotency key until they are answered", async () => {
  await using server = await RecordingServer.start();
  let left = 2;
  const issue = { key: "ACME-1", status: "done" };
  server.answer = () => (left-- > 0 ? { status: 503 } : { body: { issue, triggers: [] } });
  await using machine = await FakeMachine.make({
    HEADCOUNT_SERVER_URL: server.url,
    HEADCOUNT_WORKSPACE: "acme",
  });
  const result = await machine.run(["issue", "status", "ACME-1", "done"]);
  expect(result).toMatchObject({ code: 0, stdout: "ACME-1 is done.\n" });
  const keys = server.requests.map((request) => request.headers["idempotency-key"]);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
});

test.each([
  [["issue", "gett"]],
  [["issue", "get"]],
  [["issue", "get", "no key"]],
  [["issue", "get", "ACME-1", "ACME-2"]],
  [["issue", "list", "--limit", "zero"]],
  [["issue", "list", "--output", "xml"]],
  [["issue", "status", "ACME-1", "finished"]],
  [["issue", "assign", "ACME-1"]],
  [["issue", "comment", "add", "ACME-1"]],
  [["config", "set", "colour", "red"]],
  [["project", "delete", "x", "--profile", "../x"]],
])("%j makes no sense and ends with 5 and a way on", async (words) => {
  await using machine = await FakeMachine.make({ HEADCOUNT_WORKSPACE: "acme" });
  const result = await machine.run(words);
  expect(result).toMatchObject({ code: 5, stdout: "" });
  expect(result.stderr.trim()).not.toBe("");
});

test("JSON output is the body of the reply, also what this version does not know", async () => {
  await using server = await RecordingServer.start();
  const body = { items: [{ slug: "acme", newField: [1, { deep: true }] }], total: 1 };
  server.answer = () => ({ body });
  await using machine = await FakeMachine.make({ HEADCOUNT_SERVER_URL: server.url });
  const result = await machine.run(["workspace", "list", "--output", "json"]);
  expect(JSON.parse(result.stdout)).toEqual(body);
  expect(result.stderr).toBe("");
});

test("the version is one line", async () => {
  await using machine = await FakeMachine.make();
  expect((await machine.run(["--version"])).stdout).toBe(`${productVersion}\n`);
});

test("no message shows a credential", async () => {
  await using server = await RecordingServer.start();
  server.answer = () => ({
    status: 422,
    body: { code: "invalid", reason: "x", message: "bad hcp_secretsecret here" },
  });
  await using machine = await FakeMachine.make({ HEADCOUNT_SERVER_URL: server.url });
  const result = await machine.run(["workspace", "list", "--debug"], {
    environment: { HEADCOUNT_PAT: "hcp_verysecretvalue" },
  });
  expect(result.stderr).toContain("bad [token] here");
  expect(result.stderr).not.toContain("verysecret");
});

test("the token of a profile goes to the profile's own server only", async () => {
  await using own = await RecordingServer.start();
  await using other = await RecordingServer.start();
  own.answer = ({ url }) =>
    url === "/api/me"
      ? { body: { user: { id: "u", name: "Ada", email: "a@b" } } }
      : { body: { items: [] } };
  await using machine = await FakeMachine.make();
  await machine.run(["login", "--server-url", own.url, "--token", "hcp_of_ada"]);
  own.requests.length = 0;
  await machine.run(["workspace", "list"]);
  await machine.run(["workspace", "list", "--server-url", other.url]);
  expect(own.requests[0]?.headers.authorization).toBe("Bearer hcp_of_ada");
  expect(other.requests).toHaveLength(1);
  expect(other.requests[0]?.headers.authorization).toBeUndefined();
});
