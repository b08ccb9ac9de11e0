import { describe, expect, it } from "vitest";
import { identifyPullRequest, type KnownPullRequest } from "./identify-pull-request.ts";

const at = (minute: number): Date => new Date(Date.UTC(2026, 9, 1, 12, minute));
const pull = (
  repository: string,
  hostId: string | null,
  toldAt: Date | null = at(5),
): KnownPullRequest => ({
  url: `https://github.com/${repository}/pull/7`,
  repository,
  number: 7,
  hostId,
  toldAt,
});
const identify = (told: KnownPullRequest, ...known: readonly KnownPullRequest[]) => {
  const { toldAt, ...place } = told;
  const found = identifyPullRequest(known, { place, toldAt });
  const nameOf = (one: KnownPullRequest | null) => one && known.indexOf(one);
  return {
    own: nameOf(found.own),
    double: nameOf(found.double),
    former: nameOf(found.former),
    url: found.place.url.replace("https://github.com/", ""),
    hostId: found.place.hostId,
  };
};
const alone = { own: 0, double: null, former: null };

describe("which pull request is told of", () => {
  it("is one that was not known", () => {
    const told = { ...alone, own: null, url: "a/b/pull/7" };
    expect(identify(pull("a/b", "h:1"))).toEqual({ ...told, hostId: "h:1" });
    expect(identify(pull("a/b", null))).toEqual({ ...told, hostId: null });
  });

  it("is the one with its id, at the address that was told last", () => {
    const known = pull("a/b", "h:1");
    const moved = { ...alone, url: "a/new/pull/7", hostId: "h:1" };
    expect(identify(pull("a/new", "h:1", at(6)), known)).toEqual(moved);
    expect(identify(pull("a/new", "h:1", at(5)), known)).toEqual(moved);
    expect(identify(pull("a/new", "h:1", at(4)), known)).toEqual({ ...moved, url: "a/b/pull/7" });
    expect(identify(pull("A/b", "h:1", at(6)), known)).toEqual({ ...moved, url: "A/b/pull/7" });
  });

  it("is the one at its address where either side has no id", () => {
    const same = { ...alone, url: "a/b/pull/7", hostId: "h:1" };
    expect(identify(pull("a/b", "h:1"), pull("A/B", null, null))).toEqual(same);
    expect(identify(pull("A/B", null, null), pull("a/b", "h:1"))).toEqual(same);
    // Told of the past: it is known which one it is, and where it is now.
    expect(identify(pull("A/B", "h:1", at(4)), pull("a/b", null))).toEqual(same);
  });

  it("has a double where its new address was recorded before its host has told of it", () => {
    const known = pull("a/b", "h:1");
    const recorded = pull("a/new", null, null);
    const told = pull("a/new", "h:1", at(6));
    const moved = { ...alone, double: 1, url: "a/new/pull/7", hostId: "h:1" };
    expect(identify(told, known, recorded)).toEqual(moved);
    // What is told of the past says nothing of who is there now.
    expect(identify({ ...told, toldAt: at(4) }, known, recorded)).toEqual({
      ...alone,
      url: "a/b/pull/7",
      hostId: "h:1",
    });
  });

  it("takes the address of another one that was told of there before, and not after", () => {
    const former = pull("a/b", "h:1");
    const told = pull("a/b", "h:2", at(6));
    const taken = { own: null, double: null, former: 0, url: "a/b/pull/7", hostId: "h:2" };
    const late = { ...taken, former: null, url: "a/b/pull/7#h:2" };
    expect(identify(told, former)).toEqual(taken);
    expect(identify({ ...told, toldAt: at(4) }, former)).toEqual(late);
    const known = pull("a/c", "h:2", at(3));
    expect(identify(told, former, known)).toEqual({ ...taken, own: 1 });
    expect(identify({ ...told, toldAt: at(4) }, former, known)).toEqual({ ...late, own: 1 });
  });
});
