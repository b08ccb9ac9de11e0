import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { issues } from "@headcount/contract/issues/routes";
import { pullRequests } from "@headcount/contract/pull-requests/routes";
import type { PullRequest } from "@headcount/contract/pull-requests/schemas";
import { changes } from "@headcount/contract/realtime/routes";
import { testRuns, testRunsTimeoutMs } from "@headcount/testkit/test-runs";
import { createTestApp, type TestApp } from "../testing/test-app.ts";
import {
  connectGithub,
  freshNumbers,
  type Hook,
  pullRequestEvent,
  readStored,
  type Sent,
} from "./github.fixture.ts";

const workspace = "acme";
const at = (minute: number): string => new Date(Date.UTC(2026, 9, 2, 10, minute)).toISOString();

describe("a pull request whose repository is renamed or moved", () => {
  let test: TestApp;
  let hook: Hook;
  let keys: readonly string[];
  beforeAll(async () => {
    test = await createTestApp();
    hook = await connectGithub(test);
    const made = [];
    for (const title of ["First", "Second"])
      made.push((await test.alice.call(issues.create, { workspace, title })).issue.key);
    keys = made;
  });
  afterAll(async () => {
    await test[Symbol.asyncDispose]();
  });

  const fresh = freshNumbers();
  const tell = async (sent: Sent): Promise<void> => {
    expect((await hook.send(pullRequestEvent(sent))).status).toBe(200);
  };
  const addressOf = (repository: string, number: number): string =>
    `https://github.com/${repository}/pull/${number}`;
  /** What somebody records of it, who knows no more than its address. */
  const record = (repository: string, number: number, issue?: string) =>
    test.bob.call(pullRequests.record, {
      workspace,
      url: addressOf(repository, number),
      state: "open",
      ...(issue === undefined ? {} : { issues: [issue] }),
    });
  const stored = (number: number) => readStored(test, number);
  const places = (list: readonly PullRequest[]) =>
    list.map(({ url, repository }) => [url, repository]);
  const key = (place: number): string => keys[place] ?? "";

  it("stays one, and its address follows what was told last", async () => {
    const number = fresh();
    await tell({ number, updatedAt: at(1), title: key(0) });
    const [before] = await stored(number);
    await tell({ number, repository: "new/site", updatedAt: at(2), title: key(0) });
    const after = await stored(number);
    expect(after).toMatchObject([{ id: before?.id, revision: 2, repository: "new/site" }]);
    // An earlier delivery that is sent again says where it was.
    await tell({ number, updatedAt: at(1) });
    expect(await stored(number)).toEqual(after);
    expect(places(after)).toEqual([[addressOf("new/site", number), "new/site"]]);
    const { pullRequest, effect } = await record("new/site", number);
    expect([pullRequest.id, effect]).toEqual([before?.id, "none"]);
  });

  it("is recognised although it was recorded by somebody who knew its address only", async () => {
    const number = fresh();
    const { pullRequest } = await record("acme/web", number, key(1));
    await tell({ number, updatedAt: at(1) });
    await tell({ number, repository: "new/site", updatedAt: at(2) });
    expect(await stored(number)).toMatchObject([
      { id: pullRequest.id, repository: "new/site", issues: [{ key: key(1), how: "linked" }] },
    ]);
  });

  it("takes over what was recorded at its new address before its host told of that", async () => {
    const number = fresh();
    await tell({ number, updatedAt: at(1), body: `Closes ${key(0)}.` });
    const [first] = await stored(number);
    const { pullRequest: double } = await record("new/site", number, key(1));
    expect(await stored(number)).toHaveLength(2);
    const { cursor } = await test.bob.call(changes.cursor, { workspace });
    await tell({ number, repository: "new/site", updatedAt: at(2), body: `Closes ${key(0)}.` });
    const [only, ...more] = await stored(number);
    expect([only?.id, more]).toEqual([first?.id, []]);
    expect(only?.issues.map((tie) => tie.key)).toEqual([key(0), key(1)]);
    const { items } = await test.bob.call(changes.poll, { workspace, after: cursor });
    expect(items.map(({ type, entity }) => [type, entity.id])).toEqual([
      ["pull_request.deleted", double.id],
      ["pull_request.updated", first?.id],
    ]);
  });

  it("keeps the merge that only the double knew of", async () => {
    const number = fresh();
    await tell({ number, updatedAt: at(1) });
    const url = addressOf("new/site", number);
    const mergedAt = at(2);
    await test.bob.call(pullRequests.record, { workspace, url, state: "merged", mergedAt });
    await tell({ number, repository: "new/site", updatedAt: at(3), mergedAt: at(3) });
    expect(await stored(number)).toMatchObject([{ state: "merged", mergedAt }]);
  });

  it("is one when deliveries around the rename come ten at once, with people's words between", async () => {
    const number = fresh();
    const sent = Array.from({ length: 10 }, (_, place) => ({
      number,
      title: `${key(0)} ${place}`,
      repository: place < 5 ? "acme/web" : "new/site",
      updatedAt: at(place),
    }));
    await Promise.all([
      ...sent.toReversed().map(tell),
      record("new/site", number, key(1)),
      ...sent.map(tell),
    ]);
    const [only, ...more] = await stored(number);
    expect(more).toEqual([]);
    expect(only).toMatchObject({ title: `${key(0)} 9`, url: addressOf("new/site", number) });
    expect(only?.issues.map((tie) => tie.key)).toEqual(keys);
  });

  it("is not taken for another one that has its old address now", async () => {
    const number = fresh();
    const [old, other] = [7_000_000 + number, 8_000_000 + number];
    await tell({ number, id: old, updatedAt: at(1), title: "Old" });
    await tell({ number, id: other, updatedAt: at(2), title: "Other" });
    const byTitle = async () =>
      Object.fromEntries((await stored(number)).map(({ title, url }) => [title, url]));
    const address = addressOf("acme/web", number);
    expect(await byTitle()).toEqual({ Old: `${address}#github.com:${old}`, Other: address });
    const { pullRequest } = await record("acme/web", number);
    expect(pullRequest.title).toBe("Other");
    await tell({ number, id: old, repository: "new/site", updatedAt: at(3), title: "Old" });
    expect(await byTitle()).toEqual({ Old: addressOf("new/site", number), Other: address });
    // Somebody else's delivery of long ago does not take the address back.
    const third = 9_000_000 + number;
    await tell({ number, id: third, updatedAt: at(0), title: "Third" });
    expect(await byTitle()).toMatchObject({
      Third: `${address}#github.com:${third}`,
      Other: address,
    });
  });

  const telling = fc.record({ who: fc.nat(2), where: fc.nat(2), minute: fc.nat(59) });
  const history = fc.uniqueArray(telling, {
    selector: ({ minute }) => minute,
    minLength: 1,
    maxLength: 8,
  });

  it(
    "is one each, at the address that was told of it last, in any order and at once",
    { timeout: testRunsTimeoutMs(60_000) },
    async () => {
      await fc.assert(
        fc.asyncProperty(history, fc.infiniteStream(fc.nat()), async (tellings, order) => {
          const number = fresh();
          const sent = tellings.map(
            ({ who, where, minute }): Sent => ({
              number,
              id: number * 10 + who,
              repository: `moving/r${where}`,
              updatedAt: at(minute),
              title: `Of ${who} at ${minute}`,
            }),
          );
          const shuffled = [...sent, ...sent.slice(0, 2)]
            .map((one) => ({ one, place: order.next().value ?? 0 }))
            .toSorted((left, right) => left.place - right.place);
          await Promise.all(shuffled.map(({ one }) => tell(one)));
          const found = await stored(number);
          const latest = new Map(
            tellings.toSorted((a, b) => a.minute - b.minute).map((one) => [one.who, one]),
          );
          expect(found.map(({ title }) => title).toSorted()).toEqual(
            [...latest.values()].map(({ who, minute }) => `Of ${who} at ${minute}`).toSorted(),
          );
          for (const { who, where, minute } of latest.values()) {
            const own = found.find(({ title }) => title === `Of ${who} at ${minute}`);
            const address = addressOf(`moving/r${where}`, number);
            // Nobody else was told of there later, so it is the one that has the address.
            const isLast = tellings.every(
              (one) => one.where !== where || one.minute <= minute || one.who === who,
            );
            const left = `${address}#github.com:${number * 10 + who}`;
            expect(isLast ? [address] : [address, left]).toContain(own?.url);
          }
        }),
        { numRuns: testRuns(15) },
      );
    },
  );
});
