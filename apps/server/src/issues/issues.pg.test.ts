import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { comments, issues } from "@headcount/contract/issues/routes";
import type { Issue, IssueStatus } from "@headcount/contract/issues/schemas";
import { projects } from "@headcount/contract/projects/routes";
import { changes } from "@headcount/contract/realtime/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { createTestApp, type TestApp } from "../testing/test-app.ts";

const workspace = "acme";

describe("issues", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const create = async (title: string, status: IssueStatus = "todo"): Promise<Issue> =>
    (await test.bob.call(issues.create, { workspace, title, status })).issue;

  const column = async (status: IssueStatus): Promise<string[]> => {
    const board = await test.bob.call(issues.board, { workspace });
    return (
      board.columns
        .find((candidate) => candidate.status === status)
        ?.items.map((issue) => issue.title) ?? []
    );
  };

  it("numbers issues, finds them by key in any case and by id, and puts new ones on top", async () => {
    const first = await create("First", "backlog");
    const second = await create("Second", "backlog");
    expect(second.number).toBe(first.number + 1);
    expect(second.key).toBe(`ACME-${second.number}`);
    const byKey = await test.alice.call(issues.get, { workspace, issue: second.key.toLowerCase() });
    expect(byKey.id).toBe(second.id);
    expect(await column("backlog")).toEqual(["Second", "First"]);
  });

  it("keeps resolving a former prefix", async () => {
    const issue = await create("Named before");
    await test.alice.call(workspaces.update, { workspace, issuePrefix: "NEW" });
    const found = await test.bob.call(issues.get, { workspace, issue: `ACME-${issue.number}` });
    expect(found.key).toBe(`NEW-${issue.number}`);
    await test.alice.call(workspaces.update, { workspace, issuePrefix: "ACME" });
  });

  it("answers 404 for an issue of another workspace", async () => {
    await test.alice.call(workspaces.create, { name: "Elsewhere", slug: "elsewhere" });
    const { issue } = await test.alice.call(issues.create, {
      workspace: "elsewhere",
      title: "Hidden",
    });
    await expect(test.alice.call(issues.get, { workspace, issue: issue.id })).rejects.toMatchObject(
      { code: "not_found" },
    );
    await expect(
      test.bob.call(issues.get, { workspace: "elsewhere", issue: issue.id }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
  });

  it("INV-31 of ten equal creates one makes an issue and nine are told about it", async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) =>
        test.bob.call(issues.create, {
          workspace,
          title: index % 2 === 0 ? "Same  Title" : "same title",
        }),
      ),
    );
    const refused = results.filter((result) => result.status === "rejected");
    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(refused).toHaveLength(9);
    for (const result of refused)
      expect(result.reason).toMatchObject({ reason: "active_duplicate_issue" });
  });

  it("moves within and between columns to the exact place", async () => {
    const names = ["A", "B", "C"];
    const made = new Map<string, Issue>();
    for (const name of names) made.set(name, await create(name, "in_review"));
    expect(await column("in_review")).toEqual(["C", "B", "A"]);
    const idOf = (name: string): string => made.get(name)?.id ?? "";
    await test.bob.call(issues.move, {
      workspace,
      issue: idOf("C"),
      after: idOf("B"),
      before: idOf("A"),
    });
    expect(await column("in_review")).toEqual(["B", "C", "A"]);
    await test.bob.call(issues.move, { workspace, issue: idOf("B"), place: "bottom" });
    expect(await column("in_review")).toEqual(["C", "A", "B"]);
    await test.bob.call(issues.move, { workspace, issue: idOf("A"), status: "done" });
    expect(await column("in_review")).toEqual(["C", "B"]);
    expect(await column("done")).toContain("A");
  });

  it("INV-114 twenty moves into one gap leave distinct keys in one order", async () => {
    const top = await create("gap top", "blocked");
    const bottom = await create("gap bottom", "blocked");
    await test.bob.call(issues.move, { workspace, issue: top.id, place: "top" });
    const movers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => create(`mover ${index}`, "cancelled")),
    );
    await Promise.all(
      movers.map((mover) =>
        test.bob.call(issues.move, {
          workspace,
          issue: mover.id,
          status: "blocked",
          after: top.id,
          before: bottom.id,
        }),
      ),
    );
    const board = await test.bob.call(issues.board, { workspace });
    const items = board.columns.find((candidate) => candidate.status === "blocked")?.items ?? [];
    expect(new Set(items.map((issue) => issue.orderKey)).size).toBe(items.length);
    expect(items[0]?.id).toBe(top.id);
    expect(items.at(-1)?.id).toBe(bottom.id);
  });

  it("INV-88 text edits are compared field by field, and a conflict carries the current text", async () => {
    const issue = await create("Original");
    await test.alice.call(issues.update, {
      workspace,
      issue: issue.id,
      title: "From Alice",
      base: { title: "Original" },
    });
    await expect(
      test.bob.call(issues.update, {
        workspace,
        issue: issue.id,
        title: "From Bob",
        base: { title: "Original" },
      }),
    ).rejects.toMatchObject({
      reason: "revision_conflict",
      details: { current: { title: "From Alice" } },
    });
    const { issue: after } = await test.bob.call(issues.update, {
      workspace,
      issue: issue.id,
      description: "unrelated",
      base: { description: "" },
    });
    expect(after).toMatchObject({ title: "From Alice", description: "unrelated" });
  });

  it("a write that changes nothing bumps and says nothing", async () => {
    const issue = await create("Quiet");
    const { cursor } = await test.bob.call(changes.cursor, { workspace });
    const { issue: after } = await test.bob.call(issues.update, {
      workspace,
      issue: issue.id,
      title: "Quiet",
    });
    expect(after.revision).toBe(issue.revision);
    expect((await test.bob.call(changes.cursor, { workspace })).cursor).toBe(cursor);
  });

  it("INV-113 restores a deleted issue with its comments, and only lets its creator or an admin delete", async () => {
    const issue = await create("Precious");
    const carol = await test.addPerson("Carol");
    await carol.call(comments.add, { workspace, issue: issue.id, body: "Keep me" });
    await expect(carol.call(issues.delete, { workspace, issue: issue.id })).rejects.toMatchObject({
      reason: "role_required",
    });
    await test.bob.call(issues.delete, { workspace, issue: issue.id });
    const { items } = await test.bob.call(issues.list, { workspace, text: "Precious" });
    expect(items).toEqual([]);
    expect(
      (await test.bob.call(issues.trash, { workspace })).items.map((entry) => entry.id),
    ).toContain(issue.id);
    const restored = await test.alice.call(issues.restore, { workspace, issue: issue.id });
    expect(restored).toMatchObject({
      title: "Precious",
      commentCount: 1,
      orderKey: issue.orderKey,
    });
    expect((await test.bob.call(comments.list, { workspace, issue: issue.id })).items).toHaveLength(
      1,
    );
  });

  it("pages a list without gaps or repeats while sorting either way", async () => {
    for (const desc of [true, false]) {
      const seen: string[] = [];
      let cursor: string | null = null;
      do {
        const page: Awaited<ReturnType<typeof test.bob.call<typeof issues.list>>> =
          await test.bob.call(issues.list, {
            workspace,
            sort: "title",
            desc,
            limit: 4,
            ...(cursor === null ? {} : { cursor }),
          });
        seen.push(...page.items.map((issue) => issue.title.toLowerCase()));
        cursor = page.nextCursor;
      } while (cursor !== null);
      const expected = seen.toSorted((a, b) => (a < b ? -1 : 1));
      expect(seen).toEqual(desc ? expected.toReversed() : expected);
      expect(new Set(seen).size).toBe(seen.length);
    }
  });

  it("refuses unknown filters, foreign cursors and malformed ids", async () => {
    const list = (input: Record<string, unknown>): Promise<unknown> =>
      test.bob.call(issues.list, { workspace, ...input } as never);
    await expect(list({ colour: "red" })).rejects.toMatchObject({ code: "invalid" });
    await expect(list({ cursor: "!!!" })).rejects.toMatchObject({ code: "invalid" });
    await expect(test.bob.call(issues.get, { workspace, issue: "ACME-0" })).rejects.toMatchObject({
      code: "invalid",
    });
  });

  it("treats pattern characters in a search as themselves", async () => {
    await create("100% sure_thing");
    const search = async (text: string): Promise<number> =>
      (await test.bob.call(issues.list, { workspace, text })).items.length;
    expect(await search("0% sure_")).toBe(1);
    expect(await search("0%thing")).toBe(0);
  });

  it("INV-11 stores text without NUL and lone surrogates", async () => {
    const { issue } = await test.bob.call(issues.create, {
      workspace,
      title: "a\u0000b",
      description: "x\uD800y\u0000z",
    });
    expect(issue.title).toBe("ab");
    expect(issue.description).toBe("xyz");
  });

  it("shows comments and activity newest page first, each page in order", async () => {
    const issue = await create("Timeline");
    await test.bob.call(comments.add, { workspace, issue: issue.id, body: "one" });
    await test.bob.call(issues.update, { workspace, issue: issue.id, priority: "high" });
    await test.bob.call(comments.add, { workspace, issue: issue.id, body: "two" });
    const page = await test.bob.call(issues.timeline, { workspace, issue: issue.id, limit: 2 });
    const label = (entry: (typeof page.items)[number]): string =>
      entry.type === "comment" ? entry.comment.body : entry.activity.action;
    expect(page.items.map(label)).toEqual(["priority_changed", "two"]);
    const older = await test.bob.call(issues.timeline, {
      workspace,
      issue: issue.id,
      cursor: page.nextCursor ?? "",
    });
    expect(older.items.map(label)).toEqual(["created", "one"]);
  });

  it("keeps threads: exact parent, computed root, re-opened by a reply, deleted with its root", async () => {
    const issue = await create("Threads");
    const add = async (body: string, parentId: string | null = null) =>
      (
        await test.bob.call(comments.add, {
          workspace,
          issue: issue.id,
          body,
          parentId: parentId as never,
        })
      ).comment;
    const root = await add("root");
    const reply = await add("reply", root.id);
    const nested = await add("nested", reply.id);
    expect(nested).toMatchObject({ parentId: reply.id, threadId: root.id });
    await test.bob.call(comments.resolve, { workspace, commentId: root.id, resolved: true });
    await add("again", root.id);
    const { items } = await test.bob.call(comments.list, { workspace, issue: issue.id });
    expect(items.find((comment) => comment.id === root.id)?.resolvedAt).toBeNull();
    expect(await test.bob.call(comments.delete, { workspace, commentId: root.id })).toEqual({
      deleted: 4,
    });
    expect((await test.bob.call(issues.get, { workspace, issue: issue.id })).commentCount).toBe(0);
  });

  it("lets only authors and admins change a comment", async () => {
    const issue = await create("Whose words");
    const { comment } = await test.alice.call(comments.add, {
      workspace,
      issue: issue.id,
      body: "mine",
    });
    await expect(
      test.bob.call(comments.update, { workspace, commentId: comment.id, body: "not yours" }),
    ).rejects.toMatchObject({ reason: "role_required" });
    const edited = await test.alice.call(comments.update, {
      workspace,
      commentId: comment.id,
      body: "still mine",
    });
    expect(edited.comment.editedAt).not.toBeNull();
  });

  it("detaches the issues of a deleted project", async () => {
    const project = await test.alice.call(projects.create, { workspace, title: "Short-lived" });
    const { issue } = await test.bob.call(issues.create, {
      workspace,
      title: "Inside",
      projectId: project.id,
    });
    await expect(
      test.bob.call(projects.delete, { workspace, projectId: project.id }),
    ).rejects.toMatchObject({
      reason: "role_required",
    });
    await test.alice.call(projects.delete, { workspace, projectId: project.id });
    expect((await test.bob.call(issues.get, { workspace, issue: issue.id })).projectId).toBeNull();
  });
});
