import { describe, expect, it } from "vitest";
import { readGithubDelivery } from "./read-github-delivery.ts";

const pull = {
  id: 279_147_437,
  html_url: "https://github.com/acme/web/pull/7",
  number: 7,
  title: "Change",
  body: "Closes ENG-1",
  state: "open",
  draft: false,
  merged_at: null,
  created_at: "2026-10-01T10:00:00Z",
  updated_at: "2026-10-02T10:00:00Z",
  closed_at: null,
  user: { login: "octocat" },
  head: { ref: "changes", sha: "ec26c3e57ca3a959ca5aad62de7213c562f8c821" },
  base: { ref: "main" },
  additions: 12,
  deletions: 3,
};
const read = (change: object = {}) =>
  readGithubDelivery({
    action: "edited",
    pull_request: { ...pull, ...change },
    repository: { full_name: "acme/web" },
  });

describe("an event of GitHub", () => {
  it("tells of a pull request", () => {
    expect(read()).toEqual({
      place: {
        url: pull.html_url,
        repository: "acme/web",
        number: 7,
        hostId: "github.com:279147437",
      },
      body: "Closes ENG-1",
      told: {
        title: "Change",
        author: "octocat",
        state: "open",
        branch: "changes",
        baseBranch: "main",
        headCommit: pull.head.sha,
        additions: 12,
        deletions: 3,
        openedAt: new Date(pull.created_at),
        mergedAt: undefined,
        closedAt: undefined,
        toldAt: new Date(pull.updated_at),
      },
    });
  });

  it.each([
    [{ draft: true }, "draft"],
    [{ draft: true, state: "closed", closed_at: "2026-10-02T10:00:00Z" }, "closed"],
    [{ state: "closed", merged_at: "2026-10-02T09:59:59+02:00" }, "merged"],
  ])("%j is %s", (change, state) => {
    expect(read(change)?.told.state).toBe(state);
  });

  it("leaves out what an abridged one does not have, and knows no author whose account is gone", () => {
    const { additions: _additions, deletions: _deletions, ...rest } = pull;
    const told = readGithubDelivery({
      pull_request: { ...rest, user: null, body: null },
      repository: { full_name: "acme/web" },
    });
    expect(told?.body).toBeNull();
    expect(told?.told).toMatchObject({ additions: undefined, author: null });
  });

  it("has texts of one line that can be stored", () => {
    const long = read({
      title: `\u0000 a\n\tb ${"😀".repeat(2_000)}`,
      head: { ref: "", sha: "x" },
    });
    expect(long?.told.title).toMatch(/^a b 😀/u);
    expect(long?.told.title?.length).toBeLessThanOrEqual(2_000);
    expect(long?.told.title?.isWellFormed()).toBe(true);
    expect(long?.told.branch).toBeNull();
  });

  it.each([
    { html_url: "javascript:alert(1)" },
    { id: 0 },
    { id: 2 ** 53 },
    { number: 0 },
    { number: 2 ** 31 },
    { state: "merged" },
    { updated_at: "yesterday" },
    { head: null },
    { additions: -1 },
  ])("is none with %j", (change) => {
    expect(read(change)).toBeNull();
  });

  it.each([null, [], "pull_request", { pull_request: pull }, { pull_request: null }])(
    "%j is none",
    (payload) => {
      expect(readGithubDelivery(payload)).toBeNull();
    },
  );
});
