import fc from "fast-check";
import { pullRequestStates } from "@headcount/contract/pull-requests/words";
import { describe, expect, it } from "vitest";
import {
  isSettled,
  type PullRequestFacts,
  settlePullRequest,
  type ToldPullRequest,
} from "./settle-pull-request.ts";

const at = (minute: number): Date => new Date(Date.UTC(2026, 9, 1, 12, minute));
const now = at(59);
const settle = (...tellings: readonly ToldPullRequest[]): PullRequestFacts | null =>
  tellings.reduce<PullRequestFacts | null>(
    (stored, told) => settlePullRequest(stored, told, now),
    null,
  );

describe("how a pull request stands", () => {
  it("keeps what is left out, and forgets what is said to be unknown", () => {
    const first: ToldPullRequest = { state: "open", toldAt: null, title: "One", branch: "one" };
    expect(settle(first, { state: "draft", toldAt: null, branch: null })).toMatchObject({
      state: "draft",
      title: "One",
      branch: null,
      toldAt: null,
    });
  });

  it("is closed and opened again, and merged once", () => {
    const closed = settle({ state: "open", toldAt: at(1) }, { state: "closed", toldAt: at(2) });
    expect(closed).toMatchObject({ state: "closed", closedAt: at(2), mergedAt: null });
    const reopened = settlePullRequest(closed, { state: "open", toldAt: at(3) }, now);
    expect(reopened).toMatchObject({ state: "open", closedAt: null });
    const merged = settlePullRequest(
      reopened,
      { state: "merged", toldAt: at(5), mergedAt: at(4), closedAt: at(4) },
      now,
    );
    expect(merged).toMatchObject({ state: "merged", mergedAt: at(4), closedAt: at(4) });
    const renamed: ToldPullRequest = {
      state: "open",
      toldAt: at(9),
      mergedAt: at(8),
      title: "New",
    };
    expect(settlePullRequest(merged, renamed, now)).toMatchObject({
      state: "merged",
      mergedAt: at(4),
      closedAt: at(4),
      title: "New",
    });
  });

  it("is not merged later than now, whatever the teller's clock shows", () => {
    const future = new Date(now.getTime() + 1);
    expect(settle({ state: "merged", toldAt: null, mergedAt: future })?.mergedAt).toEqual(now);
    expect(settle({ state: "merged", toldAt: future })?.mergedAt).toEqual(now);
    expect(settle({ state: "merged", toldAt: null })).toMatchObject({
      mergedAt: now,
      closedAt: now,
    });
  });

  it("lets the host's own words in after those of somebody who cannot say of when they are", () => {
    const host: ToldPullRequest = { state: "open", toldAt: at(2), title: "Host" };
    const person: ToldPullRequest = { state: "draft", toldAt: null, title: "Person" };
    expect(settle(host, person)).toMatchObject({ state: "draft", title: "Person", toldAt: at(2) });
    expect(settle(person, host)).toMatchObject({ state: "open", title: "Host", toldAt: at(2) });
    expect(settle(host, person, { ...host, toldAt: at(1) })).toMatchObject({ title: "Person" });
  });

  const telling = fc
    .record({
      state: fc.constantFrom(...pullRequestStates),
      minute: fc.nat(58),
      title: fc.constantFrom("A", "B", null),
    })
    .map(
      ({ state, minute, title }): ToldPullRequest => ({
        state,
        toldAt: at(minute),
        title,
        ...(state === "merged" ? { mergedAt: at(minute) } : {}),
        ...(state === "closed" ? { closedAt: at(minute) } : {}),
      }),
    );
  const distinct = fc.uniqueArray(telling, {
    selector: ({ toldAt }) => toldAt?.getTime(),
    minLength: 1,
  });

  it("is what was told last, in whatever order it arrives, until it is merged", () => {
    fc.assert(
      fc.property(
        distinct.filter((list) => list.every(({ state }) => state !== "merged")),
        fc.infiniteStream(fc.nat()),
        (list, order) => {
          const shuffled = list
            .map((told) => ({ told, place: order.next().value ?? 0 }))
            .toSorted((left, right) => left.place - right.place)
            .map(({ told }) => told);
          const sorted = list.toSorted((left, right) => Number(left.toldAt) - Number(right.toldAt));
          const last = sorted.at(-1);
          const stands = settle(...shuffled);
          expect(stands).toMatchObject({ state: last?.state, title: last?.title });
          expect(stands?.toldAt).toEqual(last?.toldAt);
        },
      ),
    );
  });

  it("never goes back from merged, moves its merge or stands twice for the same words", () => {
    fc.assert(
      fc.property(fc.array(telling, { minLength: 1 }), (list) => {
        let stored: PullRequestFacts | null = null;
        for (const told of list) {
          const next = settlePullRequest(stored, told, now);
          expect(next.mergedAt).toEqual(stored?.mergedAt ?? next.mergedAt);
          expect(next.state === "merged").toBe(next.mergedAt !== null);
          expect(isSettled(next, settlePullRequest(next, told, now))).toBe(true);
          stored = next;
        }
      }),
    );
  });
});
