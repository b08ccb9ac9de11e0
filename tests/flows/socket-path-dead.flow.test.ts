import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Feed, type FeedTimings } from "@headcount/client/feed";
import type { FeedState } from "@headcount/client/feed-state";
import { makeClient } from "@headcount/client/make-client";
import type { Agent } from "@headcount/contract/agents/schemas";
import { issues } from "@headcount/contract/issues/routes";
import type { ChangeItem } from "@headcount/contract/realtime/changes";
import { tasks } from "@headcount/contract/tasks/routes";
import { account } from "@headcount/contract/users/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { processesWith } from "../support/marked-processes.ts";
import { workspace } from "../support/start-product.ts";
import { type Proxy, startProxy } from "../support/start-proxy.ts";
import { type ProductWithClaude, startWithClaude } from "../support/start-with-claude.ts";

/** The rules of the feed at a tenth of their length and less. */
const timings: Partial<FeedTimings> = {
  reconnect: { baseMs: 100, maxMs: 500, jitter: 0.2 },
  pollAfterMs: 1_000,
  upgradeEveryMs: 1_000,
  connectMs: 1_000,
  pingMs: 1_000,
  pongMs: 1_000,
  mergeMs: 10,
};

describe("scenario J: the path of the sockets is dead while requests pass", () => {
  let started: ProductWithClaude;
  let proxy: Proxy;
  let feed: Feed;
  let agent: Agent;
  let workspaceId: string;
  const states: FeedState["kind"][] = [];
  const seen: ChangeItem[] = [];
  const snapshots: string[] = [];

  beforeAll(async () => {
    proxy = await startProxy();
    started = await startWithClaude({
      serverUrlForDaemon: (url) => proxy.forwardTo(url),
      daemonEnvironment: { HEADCOUNT_POLL_INTERVAL: "1s" },
    });
    const { product } = started;
    agent = await product.createAgent("Claude", "claude");
    const token = product.ownerToken;
    const client = makeClient({ baseUrl: proxy.url, token, clientName: "test" });
    feed = new Feed({ baseUrl: proxy.url, client, token, timings });
    feed.onState((state) => void states.push(state.kind));
    const { workspaces } = await client.call(account.bootstrap, {});
    const [own] = workspaces;
    if (!own) throw new Error("The owner has no workspace");
    workspaceId = own.id;
    feed.subscribe(`workspace:${own.id}`, String(own.cursor), {
      onChanges: (items) => void seen.push(...items),
      onSnapshotRequired: (reason) => void snapshots.push(reason),
    });
    feed.start();
  });
  afterAll(async () => {
    feed.stop();
    await started[Symbol.asyncDispose]();
    await proxy[Symbol.asyncDispose]();
  });

  it.each(["refuse", "silent"] as const)(
    "INV-65 INV-72 INV-108 everything works by polling when sockets are met with: %s",
    async (policy) => {
      const { product, claude } = started;
      await isLive();
      states.length = 0;
      proxy.setSockets(policy);
      await claude.setScript({ steps: [{ result: "Done without a socket." }] });
      const { issue, taskId } = await product.assign(`Sockets ${policy}`, agent);
      expect(await product.taskEnded(taskId)).toMatchObject({ status: "completed" });
      await sawOf(issue.id, "issue.created");
      await sawOf(taskId, "task.ended");
      expect(feed.state.kind).toBe("degraded");

      await claude.setScript({ steps: [{ hang: true }] });
      const hanging = await product.assign(`Cancelled ${policy}`, agent);
      await product.taskIn(hanging.taskId, ["running"]);
      await product.call(tasks.cancel, { workspace, taskId: hanging.taskId });
      await waitFor(() => processesWith(`HEADCOUNT_TASK_ID=${hanging.taskId}`).length === 0, {
        describe: "the end of the cancelled agent",
        timeoutMs: 30_000,
      });

      proxy.setSockets("pass");
      await isLive();
      const before = seen.length;
      const { issue: after } = await product.call(issues.create, {
        workspace,
        title: `Live again ${policy}`,
      });
      await sawOf(after.id, "issue.created");
      expect(seen.length).toBeGreaterThan(before);
      expect(states.filter((kind, at) => kind !== states[at - 1])).toContain("degraded");
      expect(snapshots).toEqual([]);
      await nothingMissed();
    },
  );

  async function isLive(): Promise<void> {
    await waitFor(() => feed.state.kind === "live", {
      describe: () => `a live feed; it went ${states.join(", ")}`,
      timeoutMs: 30_000,
    });
  }

  async function sawOf(id: string, type: string): Promise<void> {
    await waitFor(() => seen.some((item) => item.entity.id === id && item.type === type), {
      describe: `${type} of ${id}`,
      timeoutMs: 30_000,
    });
  }

  /** What the feed has gathered is the newest state of every entity in the log. */
  async function nothingMissed(): Promise<void> {
    const { product } = started;
    const { workspaces } = await product.call(account.bootstrap, {});
    const last = workspaces.find((one) => one.id === workspaceId)?.cursor ?? -1;
    await waitFor(() => (seen.at(-1)?.seq ?? 0) >= last, { describe: `change ${last}` });
    const { items } = await product.call(issues.list, { workspace, limit: 100 });
    for (const item of items) {
      const revisions = seen.flatMap(({ entity }) =>
        entity.id === item.id ? [entity.revision ?? 0] : [],
      );
      expect(Math.max(...revisions)).toBeGreaterThanOrEqual(item.revision);
    }
    const numbers = seen.map((item) => item.seq);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
  }
});
