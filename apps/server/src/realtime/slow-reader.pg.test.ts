import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import { changes } from "@headcount/contract/realtime/routes";
import { waitFor } from "@headcount/testkit/wait-for";
import { patientMs } from "@headcount/testkit/patience";
import { asSystem } from "../testing/as-system.ts";
import type { TestApp } from "../testing/test-app.ts";
import { cursorOf, openTabs, rowsIn, type Tab, type Tabs } from "./tabs.fixture.ts";
import { createTalker } from "./talker.fixture.ts";

/** Together about 200 kB for whoever asks for all of them. */
const changeCount = 600;
/** What answers them is more than the system keeps for a connection and the server keeps on top. */
const questions = 250;
const rowCount = 40;
/** Forty of them are more than two pages. */
const longText = "A long line of a transcript. ".repeat(2_300);

describe("a tab that reads nothing", () => {
  let test: TestApp;
  let tabs: Tabs;

  beforeAll(async () => {
    tabs = await openTabs();
    ({ test } = tabs);
  });
  afterAll(() => tabs[Symbol.asyncDispose]());

  const endOf = (tab: Tab): Promise<number> =>
    new Promise((resolve) => tab.socket.once("close", resolve));
  const createIssue = (title: string) =>
    test.alice.call(issues.create, { workspace: "acme", title });
  const isLast = (frame: { readonly remaining: number }): boolean => frame.remaining === 0;
  const changesIn = (tab: Tab) => tab.frames.filter((frame) => frame.type === "changes");

  /** Repeats one change as often as that many issues would. */
  async function fillLog(): Promise<void> {
    await createIssue("The first of many");
    await asSystem(test, async ({ sql, workspaceId }) => {
      await sql`
        with counter as (
          update workspace_counters set change_seq = change_seq + ${changeCount}
          where workspace_id = ${workspaceId} returning change_seq - ${changeCount} as start
        )
        insert into changes (workspace_id, seq, at, type, entity_kind, entity_id, revision, actor_type,
          actor_id, changed, data, audience)
        select workspace_id, counter.start + place, at, type, entity_kind, gen_random_uuid()::text, revision,
          actor_type, actor_id, changed, data, audience
        from counter, generate_series(1, ${changeCount}) as place,
          (select * from changes where workspace_id = ${workspaceId} and type = 'issue.created' limit 1) as one`;
    });
  }

  it(
    "INV-74 is cut once too much waits for it, and has lost nothing when it comes back",
    { timeout: patientMs(60_000) },
    async () => {
      await fillLog();
      const stream = `workspace:${test.workspaceId}`;
      const [tab, reader] = await Promise.all([tabs.signedIn(test.bob), tabs.signedIn(test.bob)]);
      const closed = endOf(tab);
      tab.socket.pause();
      for (let question = 1; question <= questions; question += 1) {
        for (const one of [tab, reader]) one.send({ type: "sub", stream, after: "0" });
        // Both are served together, so what has come here has been written there.
        await waitFor(() => changesIn(reader).filter(isLast).length === question, {
          describe: "the same answer in a tab that reads",
        });
      }
      const { issue } = await createIssue("Made while nobody was reading");
      tab.socket.resume();
      expect(await closed).toBe(1001);
      expect(tab.frames.at(-1)).toMatchObject({ type: "bye", reason: "slow" });

      const newest = await cursorOf(test.bob);
      const again = await tabs.signedIn(test.bob);
      again.send({ type: "sub", stream, after: changesIn(tab).at(-1)?.to });
      await waitFor(() => changesIn(again).at(-1)?.to === String(newest), {
        describe: "the newest change",
      });
      const seen = [...changesIn(tab), ...changesIn(again)].flatMap((frame) => frame.items);
      const created = seen.filter(({ type }) => type === "issue.created");
      const ids = new Set(created.map(({ entity }) => entity.id));
      expect(ids.size).toBe(changeCount + 2);
      expect(ids).toContain(issue.id);
    },
  );

  it("INV-74 gets a long transcript page by page once it reads again", async () => {
    const talker = await createTalker(test);
    for (let seq = 1; seq <= rowCount; seq += 1) await talker.say(seq, `${seq} ${longText}`);
    const tab = await tabs.signedIn(test.alice);
    tab.socket.pause();
    tab.send({ type: "sub", stream: talker.stream, after: "" });
    const { cursor } = await test.alice.call(changes.cursor, { workspace: "acme" });
    expect(cursor).toBeGreaterThan(0);
    tab.socket.resume();
    await waitFor(() => rowsIn(tab).length >= rowCount, { describe: "every row" });
    expect(rowsIn(tab).map(({ seq }) => seq)).toEqual(
      Array.from({ length: rowCount }, (_, at) => at + 1),
    );
    const pages = tab.frames.filter((frame) => frame.type === "rows");
    expect(pages.length).toBeGreaterThan(1);
    for (const { items } of pages) {
      const bytes = items.reduce((sum, row) => sum + row.content.length, 0);
      expect(bytes).toBeLessThanOrEqual(1024 * 1024);
    }
  });
});
