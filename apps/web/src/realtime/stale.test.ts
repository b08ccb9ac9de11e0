import { changeTypes, type ChangeItem } from "@headcount/contract/realtime/changes";
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { expect, test } from "vitest";
import { allRoutes } from "@headcount/contract/routes";
import { applyChanges, renewWorkspace } from "./apply-changes.ts";
import { stale, staleKeysOf } from "./stale.ts";

const workspaceId = "019a8f4e-77d1-7a21-9c0e-000000000001";
const otherId = "019a8f4e-77d1-7a21-9c0e-000000000002";

function change(type: string, data: Record<string, unknown> = {}): ChangeItem {
  return {
    seq: 1,
    at: "2026-01-01T00:00:00Z",
    type,
    entity: { kind: type.split(".")[0] ?? "", id: "t1", revision: null },
    actor: { type: "system", id: null },
    changed: [],
    data: { taskId: "t1", issueId: "i1", agentId: "a1", ...data },
  };
}

/** A cache whose queries are on screen; returns the keys that a change reloaded. */
function reloadedBy(
  keys: readonly (readonly unknown[])[],
  act: (client: QueryClient) => void,
): readonly unknown[] {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } });
  const reloaded: unknown[] = [];
  for (const key of keys) {
    client.setQueryData(key, "loaded");
    new QueryObserver(client, {
      queryKey: key,
      queryFn: () => {
        reloaded.push(key[0]);
        return "reloaded";
      },
    }).subscribe(() => undefined);
  }
  act(client);
  return reloaded.toSorted((left, right) => String(left).localeCompare(String(right)));
}

test("every change type makes reads of existing routes stale, in its own workspace only", () => {
  const names = new Set(allRoutes.map((route) => route.name));
  expect(Object.keys(stale).toSorted()).toEqual([...changeTypes].toSorted());
  for (const type of changeTypes) {
    const keys = staleKeysOf(change(type) as never, workspaceId);
    expect(keys.length).toBeGreaterThan(0);
    for (const [name, workspace] of keys) {
      expect(names).toContain(name);
      expect([workspaceId, undefined]).toContain(workspace);
    }
  }
});

test("a step of one task reloads that task and no other", () => {
  const keys = [
    ["tasks.get", workspaceId, { workspace: workspaceId, taskId: "t1" }],
    ["usage.task", workspaceId, { workspace: workspaceId, taskId: "t1" }],
    ["tasks.get", workspaceId, { workspace: workspaceId, taskId: "t2" }],
    ["members.list", workspaceId, { workspace: workspaceId }],
  ];
  const reloaded = reloadedBy(keys, (client) =>
    applyChanges(client, workspaceId, [change("task.progress", { status: "running" })]),
  );
  expect(reloaded).toEqual(["tasks.get"]);
});

test("changes of another workspace touch nothing here", () => {
  const reloaded = reloadedBy([["issues.list", workspaceId, {}]], (client) =>
    applyChanges(client, otherId, [change("issue.created")]),
  );
  expect(reloaded).toEqual([]);
});

test("a change of an unknown type reloads what is on screen of its workspace", () => {
  const keys = [
    ["issues.list", workspaceId, {}],
    ["agents.list", workspaceId, {}],
    ["agents.list", otherId, {}],
  ];
  const reloaded = reloadedBy(keys, (client) =>
    applyChanges(client, workspaceId, [change("weather.changed")]),
  );
  expect(reloaded).toEqual(["agents.list", "issues.list"]);
});

test("a change of an unknown type reloads no less of what came with it", () => {
  const keys = [["account.bootstrap", null, {}]];
  const reloaded = reloadedBy(keys, (client) =>
    applyChanges(client, workspaceId, [change("weather.changed"), change("member.updated")]),
  );
  expect(reloaded).toEqual(["account.bootstrap"]);
});

test("a new name reloads what is on screen of its workspace; a new title of an issue does not", () => {
  const keys = [
    ["usage.query", workspaceId, {}],
    ["members.list", workspaceId, {}],
    ["usage.query", otherId, {}],
  ];
  const renamed = (type: string, member: string) =>
    reloadedBy(keys, (client) =>
      applyChanges(client, workspaceId, [{ ...change(type), changed: [member] }]),
    );
  expect(renamed("agent.updated", "name")).toEqual(["members.list", "usage.query"]);
  expect(renamed("member.updated", "name")).toEqual(["members.list", "usage.query"]);
  expect(renamed("agent.updated", "model")).toEqual([]);
  expect(renamed("issue.updated", "title")).toEqual(["usage.query"]);
});

test("after a gap only reads on screen load; the others are stale for when they are needed", () => {
  const client = new QueryClient();
  client.setQueryData(["agents.list", workspaceId, {}], "loaded");
  renewWorkspace(client, workspaceId);
  expect(client.getQueryState(["agents.list", workspaceId, {}])?.isInvalidated).toBe(true);
  expect(client.isFetching()).toBe(0);
});
