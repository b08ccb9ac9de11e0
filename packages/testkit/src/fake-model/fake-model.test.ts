import { readFile, readdir } from "node:fs/promises";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { waitFor } from "../wait-for.ts";
import { checkScenario } from "./check-scenario.ts";
import { fillPlaceholders } from "./fill-placeholders.ts";
import type { Reply, Scenario } from "./scenario.ts";
import { type FakeModel, startFakeModel } from "./start-fake-model.ts";
import { WIRES, type Wire } from "./wires.fixture.ts";

// Primes, so that every wrong sum shows.
const USAGE = { input: 1009, cacheRead: 211, cacheWrite: 307, output: 53, reasoning: 13 };
const ARGUMENTS = { path: "a", content: 'é"\n😀' };
const CALL: Reply = {
  content: [{ text: "Writing 😀." }, { tool: "write", input: ARGUMENTS }],
  usage: USAGE,
};
const say = (text: string): Reply => ({ content: [{ text }] });

function post(fake: FakeModel, wire: Wire, how: "streamed" | "whole"): Promise<Response> {
  const streamed = how === "streamed";
  return fetch(fake.url + wire.path(streamed), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(wire.body(streamed)),
  });
}

function ask(
  fake: FakeModel,
  rest: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = { model: "m", messages: [{ role: "user", content: "PROMPT" }], ...rest };
  return fetch(`${fake.url}/v1/messages`, { method: "POST", headers, body: JSON.stringify(body) });
}

async function answerText(response: Response): Promise<string> {
  const body = (await response.json()) as { content: { text: string }[] };
  return body.content[0]?.text ?? "";
}

const play = (scenario: Scenario): Promise<FakeModel> => startFakeModel({ scenario });

describe.each(WIRES)("$name", (wire) => {
  test.each(["whole", "streamed"] as const)(
    "carries text, tool call and usage, %s",
    async (how) => {
      await using fake = await play({ rules: [{ reply: CALL }] });
      const response = await post(fake, wire, how);
      expect(response.status).toBe(200);
      const text = await response.text();
      const answer = how === "streamed" ? wire.readStream(text) : wire.readWhole(JSON.parse(text));
      expect(answer.text).toBe("Writing 😀.");
      expect(answer.arguments).toEqual(ARGUMENTS);
      expect(wire.counts(answer.usage)).toEqual(wire.expectedCounts);
      expect(fake.requests()).toMatchObject([
        { protocol: wire.name, model: "m", userText: "PROMPT", tools: ["write"], status: 200 },
      ]);
      expect(fake.served()).toEqual({ m: { ...USAGE, cacheWrite1h: 0, requests: 1 } });
    },
  );

  test("answers with an error once, then with the reply", async () => {
    const refusal = { status: 429, headers: { "retry-after": "1" } };
    await using fake = await play({ rules: [{ error: refusal }, { reply: CALL }] });
    const refused = await post(fake, wire, "whole");
    expect(refused.status).toBe(429);
    expect(refused.headers.get("retry-after")).toBe("1");
    expect(wire.errorWord(await refused.json())).toBe(wire.rateLimitWord);
    expect((await post(fake, wire, "whole")).status).toBe(200);
    expect(fake.unused()).toEqual([]);
    expect(fake.served()["m"]?.requests).toBe(1);
  });

  test("a cut stream carries content but never says how it ended", async () => {
    await using fake = await play({ rules: [{ cutAfter: 99, reply: CALL }] });
    const response = await post(fake, wire, "streamed");
    const received: string[] = [];
    const read = async (): Promise<void> => {
      for await (const chunk of response.body ?? []) received.push(Buffer.from(chunk).toString());
    };
    await expect(read()).rejects.toThrow("terminated");
    expect(received.join("")).toContain("Writ");
    expect(fake.requests()).toMatchObject([{ ended: "cut", served: { usage: null } }]);
    expect(fake.served()).toEqual({});
  });

  test("a hanging stream ends when the client leaves", async () => {
    await using fake = await play({ rules: [{ hangAfter: 2, reply: CALL }] });
    const response = await post(fake, wire, "streamed");
    const reader = response.body?.getReader();
    await reader?.read();
    expect(fake.begun()).toBe(1);
    expect(fake.requests()).toEqual([]);
    await reader?.cancel();
    await waitFor(() => fake.requests().length === 1, { describe: "the client's leaving logged" });
    expect(fake.requests()[0]?.ended).toBe("client left");
  });

  test("reports an error inside the stream", async () => {
    const rule = { errorAfter: { status: 500, message: "broken" }, reply: CALL };
    await using fake = await play({ rules: [rule] });
    const text = await (await post(fake, wire, "streamed")).text();
    expect(text).toContain("Writ");
    expect(text).toContain("broken");
    expect(fake.requests()[0]?.ended).toBe("error in stream");
    expect(fake.served()).toEqual({});
  });
});

test("insists on a key in the place where each protocol carries it, and never logs it whole", async () => {
  await using fake = await play({ requireKey: "right", rules: [{ times: "any", reply: CALL }] });
  const status = async (path: string, headers: Record<string, string>): Promise<number> =>
    (await fetch(fake.url + path, { method: "POST", headers, body: "{}" })).status;
  expect(await status("/v1/messages", { "x-api-key": "wrong" })).toBe(401);
  expect(await status("/v1/messages", {})).toBe(401);
  expect(await status("/v1/messages", { "x-api-key": "right" })).toBe(200);
  expect(await status("/v1/chat/completions", { authorization: "Bearer right" })).toBe(200);
  expect(await status("/v1/responses", { authorization: "Bearer right" })).toBe(200);
  expect(await status("/v1beta/models/m:generateContent?key=right", {})).toBe(200);
  expect(JSON.stringify(fake.requests())).not.toContain('"right"');
});

test("the first rule that is left and holds answers", async () => {
  await using fake = await play({
    rules: [
      { name: "side", when: { tools: false }, times: "any", reply: say("side") },
      { name: "other", when: { userText: "OTHER" }, reply: say("other") },
      { name: "first", reply: { ...say("first"), model: "renamed" } },
      { name: "second", reply: say("second") },
    ],
  });
  const tools = [{ name: "t" }];
  expect(await answerText(await ask(fake, { tools }))).toBe("first");
  expect(await answerText(await ask(fake, {}))).toBe("side");
  expect(await answerText(await ask(fake, { tools }))).toBe("second");
  expect((await ask(fake, { tools })).status).toBe(400);
  expect(fake.unused()).toEqual(["other"]);
  expect(Object.keys(fake.served())).toEqual(["renamed", "m"]);
});

test.each([
  [{ model: "^m$" }, { model: "^x$" }],
  [{ anyText: "PROMPT" }, { anyText: "ELSE" }],
  [{ path: "/v1/messages$" }, { path: "/v2" }],
  [{ hasTool: "t" }, { hasTool: "u" }],
  [{ afterToolResult: false }, { afterToolResult: true }],
  [{ stream: false }, { stream: true }],
] as const)("a rule tests %j and not %j", async (holds, fails) => {
  const rules = [
    { when: fails, reply: say("wrong") },
    { when: holds, reply: say("right") },
  ];
  await using fake = await play({ rules });
  expect(await answerText(await ask(fake, { tools: [{ name: "t" }] }))).toBe("right");
});

test("a client that leaves during the delay was served nothing", async () => {
  await using fake = await play({ rules: [{ delayMs: 60_000, reply: CALL }] });
  const leave = new AbortController();
  const body = JSON.stringify({ model: "m" });
  const url = `${fake.url}/v1/messages`;
  const asked = fetch(url, { method: "POST", body, signal: leave.signal });
  await waitFor(() => fake.begun() === 1, { describe: "the rule begun" });
  leave.abort();
  await expect(asked).rejects.toThrow("aborted");
  await waitFor(() => fake.requests().length === 1, { describe: "the request logged" });
  expect(fake.served()).toEqual({});
});

test.each([
  ["gzip", gzipSync],
  ["zstd", zstdCompressSync],
] as const)("reads a body compressed with %s", async (encoding, compress) => {
  await using fake = await play({ rules: [{ reply: CALL }] });
  const body = compress(JSON.stringify({ model: "packed" }));
  const headers = { "content-encoding": encoding };
  await fetch(`${fake.url}/v1/messages`, { method: "POST", headers, body });
  expect(fake.requests()[0]?.model).toBe("packed");
});

test("a request that no protocol knows is answered with 404 and logged", async () => {
  await using fake = await play({ rules: [] });
  expect((await fetch(`${fake.url}/v1/files`)).status).toBe(404);
  expect(fake.requests()).toMatchObject([{ protocol: "other", path: "/v1/files", status: 404 }]);
});

test("can be controlled over HTTP", async () => {
  await using fake = await play({ rules: [{ reply: CALL }] });
  const get = async (name: string): Promise<unknown> =>
    (await fetch(`${fake.url}/__fake/${name}`)).json();
  const put = (body: string): Promise<Response> =>
    fetch(`${fake.url}/__fake/scenario`, { method: "PUT", body });
  expect(await get("health")).toEqual({ ok: true });
  await put(JSON.stringify({ rules: [{ reply: say("new") }, { name: "left", reply: say("") }] }));
  expect(await answerText(await ask(fake, {}))).toBe("new");
  expect(await get("requests")).toHaveLength(1);
  expect(await get("served")).toMatchObject({ m: { requests: 1 } });
  expect(await get("unused")).toEqual(["left"]);
  expect((await put('{"rules":[{}]}')).status).toBe(400);
  expect((await fetch(`${fake.url}/__fake/nothing`)).status).toBe(404);
  const models = (await (await fetch(`${fake.url}/v1/models`)).json()) as { data: object[] };
  expect(models.data).toHaveLength(2);
});

test.each([
  [{}, "rules"],
  [{ rules: [{ name: "x" }] }, 'rule 0 (x): needs "reply" or "error"'],
  [{ rules: [{ reply: {} }] }, "reply.content"],
  [{ rules: [{ error: {} }] }, "error.status"],
  [{ rules: [{ reply: say("a"), times: 0 }] }, "times"],
  [{ rules: [{ reply: say("a"), when: { model: "(" } }] }, "when.model"],
])("refuses the scenario %j", (scenario, message) => {
  expect(() => checkScenario(scenario)).toThrow(message);
});

test("the scenarios beside the server are sound", async () => {
  const folder = new URL("scenarios/", import.meta.url);
  const files = await readdir(folder);
  expect(files.length).toBeGreaterThan(0);
  for (const file of files) {
    const text = await readFile(new URL(file, folder), "utf8");
    const scenario = checkScenario(fillPlaceholders(JSON.parse(text), { cwd: "/work" }));
    expect(JSON.stringify(scenario)).not.toContain("${cwd}");
  }
});
