import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { account } from "@headcount/contract/users/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { openOwnerConnection } from "../platform/database.ts";
import type { TestApp } from "../testing/test-app.ts";
import { openTabs, rowsIn, type Tab, type Tabs } from "./tabs.fixture.ts";
import { createTalker } from "./talker.fixture.ts";

describe("what a tab follows", () => {
  let test: TestApp;
  let tabs: Tabs;
  beforeAll(async () => {
    tabs = await openTabs();
    ({ test } = tabs);
  });
  afterAll(() => tabs[Symbol.asyncDispose]());

  const has = (tab: Tab, seq: number) =>
    waitFor(() => rowsIn(tab).some((row) => row.seq === seq), { describe: `row ${seq}` });
  const seqsIn = (tab: Tab): number[] => rowsIn(tab).map((row) => row.seq);

  it("is a transcript once, also when it is left and asked for again before it began", async () => {
    const { stream, say } = await createTalker(test);
    const [tab, other] = await Promise.all([tabs.signedIn(test.alice), tabs.signedIn(test.alice)]);
    const follow = { type: "sub", stream, after: "" };
    for (const frame of [follow, { type: "unsub", stream }, follow]) tab.send(frame);
    await say(1);
    await has(tab, 1);
    await say(2);
    await has(tab, 2);
    expect(tab.frames.filter(({ type }) => type === "ack")).toHaveLength(1);
    tab.send({ type: "unsub", stream });
    tab.send({ type: "ping" });
    await tab.until("pong");
    other.send(follow);
    await say(3);
    await has(other, 3);
    expect(seqsIn(other)).toEqual([1, 2, 3]);
    expect(seqsIn(tab)).toEqual([1, 2]);
  });

  it("stays while nobody can say whether its session has ended", async () => {
    const tab = await tabs.signedIn(test.bob);
    const owner = openOwnerConnection(test.databaseUrl);
    await owner`alter table personal_tokens rename to hidden_tokens`;
    test.app.signals.send({ topic: "session-ended", userId: test.bob.userId });
    await expect(test.bob.call(account.bootstrap, {})).rejects.toMatchObject({ code: "internal" });
    await owner`alter table hidden_tokens rename to personal_tokens`;
    await owner.end();
    tab.send({ type: "ping" });
    await tab.until("pong");
    expect(tab.frames.map(({ type }) => type)).toEqual(["ready", "pong"]);
  });
});
