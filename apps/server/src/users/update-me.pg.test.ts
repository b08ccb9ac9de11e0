import { afterEach, beforeEach, expect, it } from "vitest";
import { account, join } from "@headcount/contract/users/routes";
import { invitations, members } from "@headcount/contract/members/routes";
import { changes } from "@headcount/contract/realtime/routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { openOwnerConnection } from "../platform/database.ts";
import { createTestApp, type TestApp, type TestPerson } from "../testing/test-app.ts";

let test: TestApp;
beforeEach(async () => {
  test = await createTestApp();
  await test.alice.call(workspaces.create, { name: "Second", slug: "second" });
});
afterEach(() => test[Symbol.asyncDispose]());

/** Bob, whom Alice has had in acme from the beginning, comes to the second workspace too. */
async function bobJoinsSecond(): Promise<void> {
  const email = "bob@example.test";
  const { url } = await test.alice.call(invitations.create, {
    workspace: "second",
    email,
    role: "admin",
  });
  await test.bob.call(join.accept, { code: url.slice(url.lastIndexOf("/") + 1) });
}

/** What is told in a workspace by what happens meanwhile. */
async function toldIn(workspace: string, act: () => Promise<unknown>): Promise<unknown[]> {
  const { cursor } = await test.alice.call(changes.cursor, { workspace });
  await act();
  const page = await test.alice.call(changes.poll, { workspace, after: cursor });
  return page.items.map(({ type, entity, actor, changed, data }) => ({
    type,
    id: entity.id,
    by: actor.id,
    changed,
    data,
  }));
}

function renamed({ userId }: TestPerson, role: string): unknown {
  return { type: "member.updated", id: userId, by: userId, changed: ["name"], data: { role } };
}

it("tells a new name in every workspace of the person, as who they are there", async () => {
  await bobJoinsSecond();
  let second: unknown[] = [];
  const acme = await toldIn("acme", async () => {
    second = await toldIn("second", () => test.bob.call(account.update, { name: "Robert" }));
  });
  expect(acme).toEqual([renamed(test.bob, "member")]);
  expect(second).toEqual([renamed(test.bob, "admin")]);
  const { items } = await test.alice.call(members.list, { workspace: "second" });
  expect(items.map(({ name }) => name)).toEqual(["Alice", "Robert"]);
});

it("tells it nowhere else: neither where one never was, nor where one has left", async () => {
  const rename = (name: string) => () => test.bob.call(account.update, { name });
  expect(await toldIn("second", rename("Robert"))).toEqual([]);
  await bobJoinsSecond();
  await test.bob.call(members.leave, { workspace: "second" });
  expect(await toldIn("second", rename("Bobby"))).toEqual([]);
});

it("tells nothing of what shows no name, nor of the name that one has", async () => {
  expect(
    await toldIn("acme", async () => {
      await test.bob.call(account.update, { language: "zh-Hans", profileText: "Likes tests." });
      await test.bob.call(account.update, { name: "Bob" });
    }),
  ).toEqual([]);
});

it("changes no name that cannot be told everywhere", async () => {
  const owner = openOwnerConnection(test.databaseUrl);
  try {
    await bobJoinsSecond();
    const told = await toldIn("acme", async () => {
      // Whichever workspace comes first, one of them is left without a number for its change.
      await owner`delete from workspace_counters where workspace_id <> ${test.workspaceId}`;
      await expect(test.bob.call(account.update, { name: "Robert" })).rejects.toMatchObject({
        code: "internal",
      });
    });
    expect(told).toEqual([]);
    expect((await test.bob.call(account.me, {})).user.name).toBe("Bob");
  } finally {
    await owner.end();
  }
});

it("serves people of the same workspaces who are renamed at once", async () => {
  await bobJoinsSecond();
  const both = [test.alice, test.bob].flatMap((person) =>
    Array.from(
      { length: 10 },
      (_, index) => () => person.call(account.update, { name: `${person.name} ${index}` }),
    ),
  );
  const cursor = async () =>
    (await test.alice.call(changes.cursor, { workspace: "second" })).cursor;
  const before = await cursor();
  await Promise.all(both.map((rename) => rename()));
  expect((await cursor()) - before).toBe(both.length);
});
