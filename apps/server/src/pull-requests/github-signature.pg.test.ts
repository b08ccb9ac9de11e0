import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import { changes } from "@headcount/contract/realtime/routes";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { openOwnerConnection } from "../platform/database.ts";
import {
  bytesOf,
  connectGithub,
  freshNumbers,
  type Hook,
  pullRequestEvent,
  readConnection,
  readStored,
  sendBytes,
} from "./github.fixture.ts";

const workspace = "acme";

describe("a delivery that claims to be GitHub's", () => {
  let test: TestApp;
  let hook: Hook;
  beforeAll(async () => {
    test = await createTestApp();
    hook = await connectGithub(test);
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const fresh = freshNumbers();
  const stored = (number: number) => readStored(test, number);
  const connection = (id = hook.connection.id) => readConnection(test, id);
  const cursor = async () => (await test.bob.call(changes.cursor, { workspace })).cursor;

  it("is refused without the right signature, in the same words as where there is no connection", async () => {
    const own = await connectGithub(test, "Guessed");
    const { url, id } = own.connection;
    const number = fresh();
    const event = pullRequestEvent({ number });
    const elsewhere = url.replace(id, crypto.randomUUID());
    const plain = ({ status, body }: Awaited<ReturnType<Hook["send"]>>) => {
      const { requestId: _requestId, ...rest } = body;
      return { status, ...rest };
    };
    const answers = [
      await own.send(event, { secret: "wrong" }),
      await own.send(event, { secret: null }),
      await own.send(event, { secret: null, headers: { "x-hub-signature-256": "sha256=" } }),
      await own.send(event, {
        secret: null,
        headers: { "x-hub-signature-256": `sha256=${"0".repeat(64)}` },
      }),
      await own.send(event, { url: elsewhere }),
      await own.send(event, { url: `${url}x` }),
      await own.send(event, { url: url.replace(test.workspaceId, "acme") }),
      await own.send(event, { url: url.replace(test.workspaceId, crypto.randomUUID()) }),
    ].map(plain);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 401, reason: "git_hook.unsigned" });
    expect(await stored(number)).toEqual([]);
    expect(await connection(id)).toMatchObject({
      lastDeliveryAt: null,
      lastFault: { reason: "signature" },
    });
    const changed = JSON.stringify(event).replace("octocat", "octodog");
    const signature = { "x-hub-signature-256": `sha256=${"a".repeat(64)}` };
    const forged = await sendBytes(test, bytesOf(changed), { url, headers: signature });
    expect(forged.status).toBe(401);
  });

  it("is refused with the secret of before, says so, and is taken again with the new one", async () => {
    const own = await connectGithub(test, "Rotated");
    const { id } = own.connection;
    const number = fresh();
    const event = pullRequestEvent({ number });
    const rotated = await test.alice.call(gitConnections.rotateSecret, {
      workspace,
      connectionId: id,
    });
    expect(rotated.secret).not.toBe(own.secret);
    const since = await cursor();
    for (let round = 0; round < 3; round += 1) expect((await own.send(event)).status).toBe(401);
    expect((await connection(id))?.lastFault?.reason).toBe("signature");
    const { items } = await test.alice.call(changes.poll, { workspace, after: since });
    // Whoever sends the wrong thing often is told of once.
    expect(items.map(({ type }) => type)).toEqual(["git_connection.updated"]);
    expect((await test.bob.call(changes.poll, { workspace, after: since })).items).toEqual([]);
    expect((await own.send(event, { secret: rotated.secret })).status).toBe(200);
    expect((await connection(id))?.lastFault).toBeNull();
    await test.alice.call(gitConnections.delete, { workspace, connectionId: id });
    expect((await own.send(event, { secret: rotated.secret })).status).toBe(401);
    expect(await stored(number)).toHaveLength(1);
  });

  it("is kept out for a minute after many wrong ones, and its neighbours are not", async () => {
    const own = await connectGithub(test, "Flooded");
    // One whose failures are counted elsewhere.
    let other = await connectGithub(test, "Neighbour");
    while (other.connection.id.slice(-2) === own.connection.id.slice(-2))
      other = await connectGithub(test, "Neighbour");
    const event = pullRequestEvent({ number: fresh() });
    const ip = "140.82.113.7";
    const wrong = () => own.send(event, { secret: "wrong", ip });
    const first = await Promise.all(Array.from({ length: 30 }, wrong));
    expect(first.filter(({ status }) => status === 401)).toHaveLength(20);
    expect(first.filter(({ status }) => status === 429)).toHaveLength(10);
    expect(await wrong()).toMatchObject({ status: 429, body: { reason: "rate_limited" } });
    expect((await other.send(event, { ip })).status).toBe(200);
    expect((await own.send(event, { ip: "192.0.2.9" })).status).toBe(200);
    test.advance(61_000);
    expect((await own.send(event, { ip })).status).toBe(200);
  });

  it("is taken however many come at once, when they are signed", async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, () => hook.send(pullRequestEvent({ number: fresh() }))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  });

  it("INV-80 its secret stands in no table, change or audit entry", async () => {
    const sql = openOwnerConnection(test.databaseUrl);
    const tables = await sql<{ name: string }[]>`
      select tablename as name from pg_tables where schemaname = 'public'`;
    const found: string[] = [];
    for (const { name } of tables) {
      const rows = await sql`
        select 1 from ${sql(name)} t where t::text like ${`%${hook.secret}%`} limit 1`;
      if (rows.length > 0) found.push(name);
    }
    await sql.end({ timeout: 2 });
    expect(found).toEqual([]);
  });

  it(
    "is answered with 200, 202, 400 or 401 whatever it is",
    { timeout: testRunsTimeoutMs(60_000) },
    async () => {
      const own = await connectGithub(test, "Fuzzed");
      const good = pullRequestEvent({ number: fresh() });
      const odd = fc.oneof(
        fc.jsonValue({ maxDepth: 2 }),
        fc.constantFrom<unknown>(
          "\u0000",
          "\ud800",
          "x".repeat(20_000),
          -1,
          1e308,
          2 ** 53,
          "0000-01-01T00:00:00Z",
          "9999-12-31T23:59:59Z",
          "javascript:alert(1)",
          "https://a:b@c.test/a/b/pull/1",
        ),
      );
      const names = Object.keys(good["pull_request"] as object);
      const changed = fc
        .dictionary(fc.constantFrom(...names), odd, { maxKeys: 3 })
        .map((change) => ({
          ...good,
          pull_request: { ...(good["pull_request"] as object), ...change },
        }));
      const payload = fc.oneof(
        changed.map((value) => bytesOf(JSON.stringify(value))),
        odd.map((value) => bytesOf(JSON.stringify({ ...good, pull_request: value }))),
        odd.map((value) => bytesOf(JSON.stringify(value))),
        fc.uint8Array().map((list) => new Uint8Array(list)),
        fc.constant(new Uint8Array(gzipSync("{}"))),
      );
      const type = fc.constantFrom(
        "application/json",
        "application/x-www-form-urlencoded",
        "text/plain",
        "",
      );
      const event = fc.constantFrom("pull_request", "pull_request", "ping", "pull_request ", "");
      await fc.assert(
        fc.asyncProperty(payload, type, event, async (body, contentType, name) => {
          const answer = await sendBytes(test, body, {
            url: own.connection.url,
            secret: own.secret,
            event: name,
            headers: { "content-type": contentType },
          });
          expect([200, 202, 400]).toContain(answer.status);
        }),
        { numRuns: testRuns(150) },
      );
      expect((await own.send({ pull_request: 1 })).status).toBe(400);
      expect((await connection(own.connection.id))?.lastFault?.reason).toBe("payload");
      expect((await own.send(good)).status).toBe(200);
    },
  );
});
