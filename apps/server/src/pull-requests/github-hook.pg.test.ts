import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import { pullRequests } from "@headcount/contract/pull-requests/routes";
import { changes } from "@headcount/contract/realtime/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { addTask } from "../testing/add-task.ts";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { setWorkspace } from "../platform/database.ts";
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

describe("what GitHub sends", () => {
  let test: TestApp;
  let hook: Hook;
  let key: string;
  beforeAll(async () => {
    test = await createTestApp();
    hook = await connectGithub(test);
    key = (await test.alice.call(issues.create, { workspace, title: "Issue" })).issue.key;
    await test.alice.call(issues.create, { workspace, title: "Another" });
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const fresh = freshNumbers();
  const stored = (number: number) => readStored(test, number);
  const connection = (id = hook.connection.id) => readConnection(test, id);
  const cursor = async () => (await test.bob.call(changes.cursor, { workspace })).cursor;

  it("becomes a pull request with all that it tells, linked by branch, title and body", async () => {
    const number = fresh();
    const event = pullRequestEvent({
      number,
      branch: `octocat/${key.toLowerCase()}`,
      title: "  A   title ",
      body: "Like ACME-2, see `ACME-3`.",
      draft: true,
      action: "opened",
    });
    expect(await hook.send(event)).toEqual({ status: 200, body: { result: "recorded" } });
    const [pullRequest] = await stored(number);
    expect(pullRequest).toMatchObject({
      url: `https://github.com/acme/web/pull/${number}`,
      repository: "acme/web",
      title: "A title",
      author: "octocat",
      state: "draft",
      branch: `octocat/${key.toLowerCase()}`,
      baseBranch: "main",
      headCommit: "ec26c3e5".repeat(5),
      additions: 12,
      deletions: 3,
      openedAt: "2026-10-01T10:00:00.000Z",
      updatedAt: "2026-10-02T10:00:00.000Z",
      revision: 1,
    });
    expect(pullRequest?.issues.map((tie) => [tie.key, tie.how])).toEqual([
      [key, "linked"],
      ["ACME-2", "mentioned"],
    ]);
    const mentioning = await test.bob.call(pullRequests.ofIssue, { workspace, issue: "ACME-2" });
    expect(mentioning.items).toMatchObject([{ how: "mentioned" }]);
    await hook.send(
      pullRequestEvent({ number, body: "Fixes ACME-2", updatedAt: "2026-10-02T11:00:00Z" }),
    );
    expect((await stored(number))[0]?.issues.map((tie) => [tie.key, tie.how])).toEqual([
      ["ACME-2", "linked"],
    ]);
  });

  it("comes as a form as well", async () => {
    const number = fresh();
    const form = new URLSearchParams({ payload: JSON.stringify(pullRequestEvent({ number })) });
    const answer = await sendBytes(test, bytesOf(form.toString()), {
      url: hook.connection.url,
      secret: hook.secret,
      headers: { "content-type": "application/x-www-form-urlencoded" },
    });
    expect(answer).toEqual({ status: 200, body: { result: "recorded" } });
    expect(await stored(number)).toHaveLength(1);
  });

  it("is one thing when it comes ten times at once, and again later", async () => {
    const number = fresh();
    const since = await cursor();
    const event = pullRequestEvent({ number, title: key });
    const headers = { "x-github-delivery": crypto.randomUUID() };
    const send = () => hook.send(event, { headers });
    const answers = await Promise.all(Array.from({ length: 10 }, send));
    answers.push(await send());
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set([JSON.stringify({ status: 200, body: { result: "recorded" } })]),
    );
    expect(await stored(number)).toMatchObject([{ revision: 1 }]);
    const { items } = await test.bob.call(changes.poll, { workspace, after: since });
    expect(items.map(({ type }) => type)).toEqual(["pull_request.created"]);
  });

  it("stands as it was told last, in whatever order it arrives", async () => {
    const number = fresh();
    const merged = pullRequestEvent({
      number,
      title: `Merged ${key}`,
      mergedAt: "2026-10-02T12:00:00Z",
      updatedAt: "2026-10-02T12:00:01Z",
    });
    await hook.send(merged);
    await hook.send(
      pullRequestEvent({
        number,
        title: "Opened",
        body: "ACME-2",
        updatedAt: "2026-10-02T11:00:00Z",
      }),
    );
    const [pullRequest] = await stored(number);
    expect(pullRequest).toMatchObject({
      state: "merged",
      title: `Merged ${key}`,
      mergedAt: "2026-10-02T12:00:00.000Z",
      revision: 1,
    });
    expect(pullRequest?.issues.map((tie) => tie.key)).toEqual([key]);
  });

  it("is answered and left alone when it is of something else, and heard of all the same", async () => {
    const own = await connectGithub(test, "Own");
    expect(await connection(own.connection.id)).toMatchObject({ lastDeliveryAt: null });
    expect(await own.send({ zen: "Keep it logically awesome." }, { event: "ping" })).toEqual({
      status: 200,
      body: { result: "pong" },
    });
    expect((await connection(own.connection.id))?.lastDeliveryAt).not.toBeNull();
    for (const event of ["push", "pull_request_review", "__proto__", null]) {
      const answer = await own.send([1], { event });
      expect(answer).toEqual({ status: 202, body: { result: "ignored" } });
    }
  });

  it("may be large, and is refused when it is larger than GitHub sends", async () => {
    const number = fresh();
    const body = `${"<!-- ".repeat(1_000_000)}${"ENG-1 closes ".repeat(370_000)} closes ${key}`;
    const event = pullRequestEvent({ number, body });
    expect(JSON.stringify(event).length).toBeGreaterThan(9_800_000);
    expect((await hook.send(event)).status).toBe(200);
    expect(await stored(number)).toHaveLength(1);
    const larger = pullRequestEvent({ number, body: "x".repeat(10 * 1024 * 1024) });
    expect((await hook.send(larger)).status).toBe(413);
  });

  it("links no more issues than anybody works on at once", async () => {
    const number = fresh();
    const title = Array.from({ length: 10_000 }, (_, at) => `ACME-${at + 1}`).join(" ");
    await hook.send(pullRequestEvent({ number, title, body: title }));
    const [pullRequest] = await stored(number);
    expect(pullRequest?.title.length).toBeLessThanOrEqual(2_000);
    expect(pullRequest?.issues.map((tie) => tie.key)).toEqual([key, "ACME-2"]);
  });

  it("belongs to the issue whose task has worked on its branch, which bears no key", async () => {
    const task = await addTask(test);
    const branch = `agent/ada/${task.id}`;
    await test.app.database.pool.begin(async (tx) => {
      await setWorkspace(tx, test.workspaceId);
      await tx`update tasks set branch = ${branch} where id = ${task.id}`;
    });
    const number = fresh();
    await hook.send(pullRequestEvent({ number, branch }));
    const [own] = await stored(number);
    expect(own?.issues.map((tie) => [tie.issueId, tie.how])).toEqual([[task.issueId, "linked"]]);
  });

  it("is of one workspace only", async () => {
    const other = await test.alice.call(workspaces.create, { name: "Other", slug: "other" });
    const event = pullRequestEvent({ number: fresh(), title: key });
    const url = hook.connection.url.replace(test.workspaceId, other.id);
    expect((await hook.send(event, { url })).status).toBe(401);
    await hook.send(event);
    const { items } = await test.alice.call(pullRequests.list, { workspace: "other" });
    expect(items).toEqual([]);
  });
});
