import { z } from "zod";
import { IssuePath } from "../issues/schemas.ts";
import { GitConnectionId, IssueId, PullRequestId } from "../kit/ids.ts";
import { Instant, line } from "../kit/values.ts";
import { gitDeliveryFaults, gitHosts, pullRequestStates, pullRequestTies } from "./words.ts";

/** An issue that a pull request belongs to. */
export const PullRequestIssue = z.object({
  issueId: IssueId,
  key: z.string(),
  title: z.string(),
  how: z.enum(pullRequestTies),
});
export type PullRequestIssue = z.infer<typeof PullRequestIssue>;

/** A pull request as its git host, or whoever recorded it, told of it; null where nobody has said. */
export const PullRequest = z.object({
  id: PullRequestId,
  /**
   * Web address at its git host, `http` or `https`, that was told last; one pull request of the
   * workspace has it. With a fragment where the host has given it to another one since.
   */
  url: z.string(),
  /** `owner/name`, with groups where the host has them. */
  repository: z.string(),
  number: z.int(),
  /** `owner/name#number` where nobody has said. */
  title: z.string(),
  /** Login at the git host. */
  author: z.string().nullable(),
  state: z.enum(pullRequestStates),
  branch: z.string().nullable(),
  baseBranch: z.string().nullable(),
  headCommit: z.string().nullable(),
  additions: z.int().nullable(),
  deletions: z.int().nullable(),
  openedAt: Instant.nullable(),
  /** Set while it is merged, and never changed then. */
  mergedAt: Instant.nullable(),
  /** Set while it is closed or merged. */
  closedAt: Instant.nullable(),
  /** By the git host's clock where it has told. */
  updatedAt: Instant,
  revision: z.int(),
  /** Issues that are not deleted, linked ones first. */
  issues: z.array(PullRequestIssue),
});
export type PullRequest = z.infer<typeof PullRequest>;

const shortText = line(500).nullable().optional();
const count = z.int().nonnegative().max(2_147_483_647).nullable().optional();

/**
 * What is to be recorded of a pull request. What is left out stays as it is stored; null says that
 * it is unknown.
 */
export const PullRequestRecord = z.object({
  /** Address of its page: `https://github.com/owner/name/pull/12`, or of another host's alike. */
  url: z.url({ protocol: /^https?$/ }).max(2_000),
  state: z.enum(pullRequestStates),
  /** Read from the address where it is left out. */
  repository: line(500).optional(),
  /** Read from the address where it is left out. */
  number: z.int().positive().max(2_147_483_647).optional(),
  title: line(2_000).optional(),
  author: shortText,
  branch: shortText,
  baseBranch: shortText,
  headCommit: line(100).nullable().optional(),
  additions: count,
  deletions: count,
  openedAt: Instant.optional(),
  mergedAt: Instant.optional(),
  closedAt: Instant.optional(),
  /** When this became so. What the git host has told later than that stays; now unless stated. */
  updatedAt: Instant.optional(),
  /**
   * Issues that it is work on, beside those that its branch and texts name. They take the place of
   * those that were said before; left out, those stay.
   */
  issues: z.array(IssuePath).max(50).optional(),
});
export type PullRequestRecord = z.infer<typeof PullRequestRecord>;

/** A git host, or one account or repository there, that sends what happens to its pull requests. */
export const GitConnection = z.object({
  id: GitConnectionId,
  host: z.enum(gitHosts),
  name: z.string(),
  /** Where the host has to send to. */
  url: z.string(),
  createdAt: Instant,
  /** Of the last delivery that was rightly signed; null before the first one. */
  lastDeliveryAt: Instant.nullable(),
  /** The last delivery, where it was of no use; null once one is taken again. */
  lastFault: z.object({ reason: z.enum(gitDeliveryFaults), at: Instant }).nullable(),
});
export type GitConnection = z.infer<typeof GitConnection>;
