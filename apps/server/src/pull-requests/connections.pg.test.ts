import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import { openOwnerConnection } from "../platform/database.ts";
import { connectGithub } from "./github.fixture.ts";

const workspace = "acme";

describe("connections of git hosts", () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await createTestApp();
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  it("are made, changed and seen by admins only, and written down", async () => {
    const { alice, bob } = test;
    const { connection, secret } = await connectGithub(test);
    expect(secret).toMatch(/^hcg_[\w-]{43}$/);
    expect(connection).toMatchObject({ host: "github", lastDeliveryAt: null, lastFault: null });
    const connectionId = connection.id;
    for (const act of [
      () => bob.call(gitConnections.list, { workspace }),
      () => bob.call(gitConnections.create, { workspace, name: "Mine" }),
      () => bob.call(gitConnections.rotateSecret, { workspace, connectionId }),
      () => bob.call(gitConnections.delete, { workspace, connectionId }),
    ])
      await expect(act()).rejects.toMatchObject({ reason: "role_required" });
    await alice.call(gitConnections.rotateSecret, { workspace, connectionId });
    const { items } = await alice.call(gitConnections.list, { workspace });
    expect(JSON.stringify(items)).not.toContain("hcg_");
    await alice.call(gitConnections.delete, { workspace, connectionId });
    await expect(
      alice.call(gitConnections.rotateSecret, { workspace, connectionId }),
    ).rejects.toMatchObject({ reason: "git_connection.not_found" });
    const sql = openOwnerConnection(test.databaseUrl);
    const audited = await sql<{ action: string }[]>`
      select action from audit_entries where action like 'git_connection.%' order by id`;
    await sql.end({ timeout: 2 });
    expect(audited.map(({ action }) => action)).toEqual([
      "git_connection.created",
      "git_connection.secret_rotated",
      "git_connection.deleted",
    ]);
  });

  it("belong to their workspace, and are not without end", async () => {
    const { connection } = await connectGithub(test);
    await test.alice.call(workspaces.create, { name: "Other", slug: "other" });
    const other = { workspace: "other", connectionId: connection.id };
    for (const route of [gitConnections.rotateSecret, gitConnections.delete])
      await expect(test.alice.call(route, other)).rejects.toMatchObject({
        reason: "git_connection.not_found",
      });
    const create = () => test.alice.call(gitConnections.create, { workspace: "other", name: "N" });
    const made = await Promise.allSettled(Array.from({ length: 53 }, create));
    const refused = made.filter((one) => one.status === "rejected");
    expect(refused).toHaveLength(3);
    expect(refused[0]?.reason).toMatchObject({ reason: "git_connection.too_many" });
  });
});
