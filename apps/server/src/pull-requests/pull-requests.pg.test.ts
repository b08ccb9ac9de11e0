import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { AgentId } from "@headcount/contract/kit/ids";
import { agents } from "@headcount/contract/agents/routes";
import { issues } from "@headcount/contract/issues/routes";
import type { InputOf } from "@headcount/contract/kit/route";
import { pullRequests } from "@headcount/contract/pull-requests/routes";
import type { PullRequest } from "@headcount/contract/pull-requests/schemas";
import { changes } from "@headcount/contract/realtime/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { createQueueTest, only, type QueueTest, workspace } from "../tasks/queue.fixture.ts";
import type { TestPerson } from "../testing/test-app.ts";

type Record = Omit<InputOf<typeof pullRequests.record>, "workspace" | "url">;

describe("pull requests that are recorded", () => {
  let queue: QueueTest;
  let alice: TestPerson;
  let bob: TestPerson;
  let keys: readonly string[];
  let numbers = 0;
  beforeAll(async () => {
    queue = await createQueueTest();
    ({ alice, bob } = queue.test);
    const made = [];
    for (const title of ["First", "Second", "Third"]) made.push(await queue.issue(title));
    keys = made.map(({ key }) => key);
  });
  afterAll(async () => {
    await queue[Symbol.asyncDispose]();
  });

  const address = (number: number): string => `https://github.com/acme/web/pull/${number}`;
  const fresh = (): string => {
    numbers += 1;
    return address(numbers);
  };
  const record = (url: string, what: Record, person = bob) =>
    person.call(pullRequests.record, { workspace, url, ...what });
  const tiesOf = ({ issues: ties }: PullRequest) => ties.map(({ key, how }) => [key, how]);
  const changesSince = async (after: number, person = bob) =>
    (await person.call(changes.poll, { workspace, after })).items.map(({ type, data }) => ({
      type,
      ...data,
    }));
  const cursor = async () => (await bob.call(changes.cursor, { workspace })).cursor;
  const key = (at: number): string => keys[at] ?? "";

  it("are one per address, however it is written, and tell what changed", async () => {
    const url = fresh();
    const since = await cursor();
    const first = await record(url, { state: "draft", branch: `bob/${key(0).toLowerCase()}-x` });
    expect(first.effect).toBe("created");
    expect(first.pullRequest).toMatchObject({
      url,
      repository: "acme/web",
      number: numbers,
      title: `acme/web#${numbers}`,
      state: "draft",
      revision: 1,
      mergedAt: null,
    });
    expect(tiesOf(first.pullRequest)).toEqual([[key(0), "linked"]]);
    const again = await record(`${url.toUpperCase().replace("HTTPS", "https")}/files?w=1`, {
      state: "draft",
    }).catch((error: unknown) => error);
    // The part of the path that says what it is stays as hosts write it.
    expect(again).toMatchObject({ reason: "pull_request.address_unclear" });
    const other = await record(`${url.replace("acme/web", "Acme/Web")}/files?w=1`, {
      state: "draft",
    });
    expect(other).toMatchObject({ effect: "none", pullRequest: { id: first.pullRequest.id } });
    const { issueId } = only(first.pullRequest.issues);
    const ofIt = { state: "draft", issueIds: [issueId] };
    expect(await changesSince(since)).toEqual([{ type: "pull_request.created", ...ofIt }]);
    const named = await record(url, { state: "open", title: `${key(1)} and more` });
    expect(named).toMatchObject({ effect: "updated", pullRequest: { revision: 2 } });
    expect(tiesOf(named.pullRequest)).toEqual([
      [key(0), "linked"],
      [key(1), "linked"],
    ]);
    const renamed = await record(url, { state: "open", branch: null });
    expect(tiesOf(renamed.pullRequest)).toEqual([[key(1), "linked"]]);
    // Whoever shows the issue that it has left hears of it as well.
    expect((await changesSince(since)).at(-1)).toMatchObject({
      type: "pull_request.updated",
      issueIds: expect.arrayContaining([issueId]) as unknown,
    });
  });

  it("are linked by hand until somebody says otherwise, whatever their texts say", async () => {
    const url = fresh();
    const said: Record = { state: "open", issues: [key(0), key(2).toLowerCase()] };
    const first = await record(url, said);
    expect(tiesOf(first.pullRequest)).toEqual([
      [key(0), "linked"],
      [key(2), "linked"],
    ]);
    expect((await record(url, said)).effect).toBe("none");
    const titled = await record(url, { state: "open", title: `About ${key(1)}` });
    expect(titled.pullRequest.issues).toHaveLength(3);
    const corrected = await record(url, { state: "open", issues: [key(2)] });
    expect(tiesOf(corrected.pullRequest)).toEqual([
      [key(1), "linked"],
      [key(2), "linked"],
    ]);
    expect((await record(url, { state: "open", issues: [] })).pullRequest.issues).toHaveLength(1);
    await expect(record(url, { state: "open", issues: ["ACME-999"] })).rejects.toMatchObject({
      reason: "issue.not_found",
    });
  });

  it("keep what is newer, and stay merged at the time that was told first", async () => {
    const url = fresh();
    const mergedAt = "2026-10-02T10:00:00.000Z";
    await record(url, { state: "open", title: "New", updatedAt: "2026-10-02T09:00:00Z" });
    const old = await record(url, {
      state: "closed",
      title: key(0),
      updatedAt: "2026-10-02T08:00:00Z",
    });
    expect(old).toMatchObject({ effect: "none", pullRequest: { state: "open", title: "New" } });
    const merged = await record(url, { state: "merged", mergedAt });
    expect(merged.pullRequest).toMatchObject({ state: "merged", mergedAt, closedAt: mergedAt });
    const later = await record(url, { state: "open", updatedAt: "2026-10-03T09:00:00Z" });
    expect(later.pullRequest).toMatchObject({ state: "merged", mergedAt });
  });

  it("are found by any prefix that the workspace ever had", async () => {
    const [, number = ""] = key(0).split("-");
    const { issuePrefix } = await alice.call(workspaces.get, { workspace });
    await alice.call(workspaces.update, { workspace, issuePrefix: "NEW" });
    const { pullRequest } = await record(fresh(), { state: "open", branch: key(0) });
    expect(tiesOf(pullRequest)).toEqual([[`NEW-${number}`, "linked"]]);
    await alice.call(workspaces.update, { workspace, issuePrefix });
  });

  it("are listed by state and repository, page by page, and by issue with the linked ones first", async () => {
    const own = await queue.issue("With many");
    const made: string[] = [];
    for (const state of ["open", "merged", "closed"] as const) {
      const url = `https://git.example/team/Tools/-/merge_requests/${made.length + 1}`;
      made.unshift((await record(url, { state, issues: [own.key] })).pullRequest.id);
    }
    const list = { workspace, repository: "TEAM/tools" };
    const ids = ({ items }: { items: readonly PullRequest[] }) => items.map(({ id }) => id);
    expect(ids(await bob.call(pullRequests.list, list))).toEqual(made);
    const few = await bob.call(pullRequests.list, { ...list, state: ["open", "merged"] });
    expect(ids(few)).toEqual(made.slice(1));
    const page = await bob.call(pullRequests.list, { ...list, limit: 2 });
    expect(ids(page)).toEqual(made.slice(0, 2));
    const next = await bob.call(pullRequests.list, { ...list, cursor: page.nextCursor ?? "" });
    expect([ids(next), next.nextCursor]).toEqual([made.slice(2), null]);
    const of = { workspace, issue: own.key };
    expect(ids(await bob.call(pullRequests.ofIssue, of))).toEqual(made);
    const one = await bob.call(pullRequests.ofIssue, { ...of, limit: 1 });
    expect(one).toMatchObject({ items: [{ id: made[0], how: "linked" }], truncated: true });
  });

  it("lose an issue that is deleted from sight, and have it again when it is restored", async () => {
    const issue = await queue.issue("To be deleted");
    const url = fresh();
    await record(url, { state: "open", issues: [issue.key] });
    await alice.call(issues.delete, { workspace, issue: issue.key });
    const without = await record(url, { state: "open" });
    expect([without.effect, without.pullRequest.issues]).toEqual(["none", []]);
    await alice.call(issues.restore, { workspace, issue: issue.key });
    expect((await record(url, { state: "open" })).pullRequest.issues).toHaveLength(1);
  });

  it("are told by agents, without what they must not say", async () => {
    const agent = await queue.agent("Coder");
    await alice.call(agents.setEnvironment, {
      workspace,
      agentId: agent.id as AgentId,
      variables: { TOKEN: "zyzzyva-secret-value" },
    });
    await queue.issue("Agent's work", agent.id);
    const task = only(await queue.machine.claim());
    await queue.machine.start(task);
    const { pullRequest } = await queue.test.callAs(task.token, pullRequests.record, {
      workspace,
      url: fresh(),
      state: "open",
      title: "With zyzzyva-secret-value",
    });
    expect(pullRequest.title).not.toContain("zyzzyva");
    expect(pullRequest.title).toContain("With");
  });

  it("are forgotten by admins only, with their links", async () => {
    const url = fresh();
    const { pullRequest } = await record(url, { state: "open", issues: [key(0)] });
    const which = { workspace, pullRequestId: pullRequest.id };
    await expect(bob.call(pullRequests.delete, which)).rejects.toMatchObject({
      reason: "role_required",
    });
    const since = await cursor();
    await alice.call(pullRequests.delete, which);
    expect(await changesSince(since)).toMatchObject([
      { type: "pull_request.deleted", issueIds: [only(pullRequest.issues).issueId] },
    ]);
    await expect(alice.call(pullRequests.delete, which)).rejects.toMatchObject({
      reason: "pull_request.not_found",
    });
    expect((await record(url, { state: "open" })).pullRequest.issues).toEqual([]);
  });

  it("belong to their workspace alone, with the same address in another", async () => {
    const url = fresh();
    const { pullRequest } = await record(url, { state: "open" });
    const other = { workspace: "other" };
    await alice.call(workspaces.create, { name: "Other", slug: "other", issuePrefix: "ACME" });
    const theirs = await alice.call(pullRequests.record, {
      ...other,
      url,
      state: "merged",
      title: key(0),
    });
    expect(theirs).toMatchObject({ effect: "created", pullRequest: { issues: [] } });
    await expect(
      alice.call(pullRequests.delete, { ...other, pullRequestId: pullRequest.id }),
    ).rejects.toMatchObject({ reason: "pull_request.not_found" });
    await expect(
      alice.call(pullRequests.record, { ...other, url, state: "open", issues: [key(0)] }),
    ).rejects.toMatchObject({ reason: "issue.not_found" });
    await expect(bob.call(pullRequests.list, other)).rejects.toMatchObject({
      reason: "workspace.not_found",
    });
  });

  it("are refused without a page, a number, or as a script", async () => {
    for (const url of ["javascript:alert(1)", "acme/web#1"]) {
      await expect(record(url, { state: "open" })).rejects.toMatchObject({ code: "invalid" });
    }
    await expect(record("https://code.example/1", { state: "open" })).rejects.toMatchObject({
      reason: "pull_request.address_unclear",
    });
    const said = { state: "open", repository: "a/b", number: 7 } as const;
    const { pullRequest } = await record("https://code.example/changes/7?x#y", said);
    expect(pullRequest).toMatchObject({ url: "https://code.example/changes/7", number: 7 });
  });
});
