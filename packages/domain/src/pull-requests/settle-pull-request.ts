import type { PullRequestState } from "@headcount/contract/pull-requests/words";

/** How a pull request stands; null where nobody has said. */
export type PullRequestFacts = {
  readonly title: string | null;
  readonly author: string | null;
  readonly state: PullRequestState;
  readonly branch: string | null;
  readonly baseBranch: string | null;
  readonly headCommit: string | null;
  readonly additions: number | null;
  readonly deletions: number | null;
  readonly openedAt: Date | null;
  readonly mergedAt: Date | null;
  readonly closedAt: Date | null;
  /** When the newest of this became so, by its teller's clock. */
  readonly toldAt: Date | null;
};

/** What somebody tells of one; what is left out stays as it is. */
export type ToldPullRequest = {
  readonly [Name in keyof Omit<PullRequestFacts, "state" | "toldAt">]?:
    | PullRequestFacts[Name]
    | undefined;
} & Pick<PullRequestFacts, "state" | "toldAt">;

const unknown: Omit<PullRequestFacts, "state"> = {
  title: null,
  author: null,
  branch: null,
  baseBranch: null,
  headCommit: null,
  additions: null,
  deletions: null,
  openedAt: null,
  mergedAt: null,
  closedAt: null,
  toldAt: null,
};

/**
 * How a pull request stands after something was told of it, in whatever order it arrives: what is
 * older than what is known changes nothing, and a merge stays, at the time that was told first.
 * Whoever cannot say of when it is tells of now, and does not keep the host's own words out.
 */
export function settlePullRequest(
  stored: PullRequestFacts | null,
  told: ToldPullRequest,
  now: Date,
): PullRequestFacts {
  if (stored !== null && isOlder(told, stored)) return stored;
  const before = stored ?? { ...unknown, state: told.state };
  const state = before.mergedAt === null ? told.state : "merged";
  const mergedAt = state === "merged" ? mergeTime(before, told, now) : null;
  return {
    title: pick(told.title, before.title),
    author: pick(told.author, before.author),
    state,
    branch: pick(told.branch, before.branch),
    baseBranch: pick(told.baseBranch, before.baseBranch),
    headCommit: pick(told.headCommit, before.headCommit),
    additions: pick(told.additions, before.additions),
    deletions: pick(told.deletions, before.deletions),
    openedAt: told.openedAt ?? before.openedAt,
    mergedAt,
    closedAt:
      mergedAt === null
        ? closeTime(before, told, now)
        : ((before.mergedAt && before.closedAt) ?? told.closedAt ?? mergedAt),
    toldAt: told.toldAt ?? before.toldAt,
  };
}

/** What is known of one, as if it were told; what is not known is left out. */
export function retell({ state, toldAt, ...facts }: PullRequestFacts): ToldPullRequest {
  const known = Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
  return { ...known, state, toldAt };
}

/** Same facts, so that there is nothing to write. */
export function isSettled(stored: PullRequestFacts, next: PullRequestFacts): boolean {
  return (Object.keys(next) as (keyof PullRequestFacts)[]).every(
    (name) => comparable(stored[name]) === comparable(next[name]),
  );
}

const comparable = (value: PullRequestFacts[keyof PullRequestFacts]): string | number | null =>
  value instanceof Date ? value.getTime() : value;

function isOlder(told: ToldPullRequest, stored: PullRequestFacts): boolean {
  return told.toldAt !== null && stored.toldAt !== null && told.toldAt < stored.toldAt;
}

const pick = <T>(told: T | undefined, before: T): T => (told === undefined ? before : told);

/** Never in the future: work that begins later is not what was merged. */
function mergeTime(before: PullRequestFacts, told: ToldPullRequest, now: Date): Date {
  if (before.mergedAt !== null) return before.mergedAt;
  const at = told.mergedAt ?? told.toldAt ?? now;
  return at > now ? now : at;
}

function closeTime(before: PullRequestFacts, told: ToldPullRequest, now: Date): Date | null {
  if (told.state !== "closed") return null;
  return told.closedAt ?? before.closedAt ?? told.toldAt ?? now;
}
