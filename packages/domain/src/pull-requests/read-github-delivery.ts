import { z } from "zod";
import { sanitizeText } from "@headcount/contract/kit/values";
import type { PullRequestPlace } from "./identify-pull-request.ts";
import { readAddress } from "./read-address.ts";
import type { ToldPullRequest } from "./settle-pull-request.ts";

/** A pull request as a host tells of it. */
export type HostPullRequest = {
  readonly place: PullRequestPlace;
  readonly told: ToldPullRequest;
  /** Markdown. */
  readonly body: string | null;
};

/** One line that fits; null for none. */
const shortText = (mostCharacters: number) =>
  z.string().transform((text) => {
    const line = sanitizeText(text.slice(0, 10_000)).replaceAll(/\s+/g, " ").trim();
    return sanitizeText(line.slice(0, mostCharacters)) || null;
  });
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const count = z.int().nonnegative().max(2_147_483_647).nullish();

/**
 * The part of a `pull_request` event that is read; every action of it carries the whole.
 * https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request
 */
const PullRequestEvent = z.object({
  pull_request: z.object({
    // Stays when the repository is renamed or moved.
    id: z.int().positive(),
    html_url: z.string().max(2_000),
    number: z.int().positive().max(2_147_483_647),
    title: shortText(2_000),
    body: z.string().nullish(),
    state: z.enum(["open", "closed"]),
    draft: z.boolean().nullish(),
    merged_at: instant.nullish(),
    created_at: instant,
    updated_at: instant,
    closed_at: instant.nullish(),
    // Null once the account is gone.
    user: z.object({ login: shortText(500) }).nullish(),
    head: z.object({ ref: shortText(500), sha: shortText(100) }),
    base: z.object({ ref: shortText(500) }),
    additions: count,
    deletions: count,
  }),
  repository: z.object({ full_name: shortText(500) }),
});

/**
 * What an event `pull_request` of GitHub says.
 * @returns null for what is none
 */
export function readGithubDelivery(payload: unknown): HostPullRequest | null {
  const { data } = PullRequestEvent.safeParse(payload);
  const address = data && readAddress(data.pull_request.html_url);
  if (!data || !address || data.repository.full_name === null) return null;
  const { pull_request: told } = data;
  return {
    place: {
      url: address.url,
      repository: data.repository.full_name,
      number: told.number,
      hostId: `${new URL(address.url).host}:${told.id}`,
    },
    body: told.body ?? null,
    told: {
      title: told.title,
      author: told.user?.login ?? null,
      state: stateOf(told),
      branch: told.head.ref,
      baseBranch: told.base.ref,
      headCommit: told.head.sha,
      // Left out where the event is an abridged one.
      additions: told.additions ?? undefined,
      deletions: told.deletions ?? undefined,
      openedAt: told.created_at,
      mergedAt: told.merged_at ?? undefined,
      closedAt: told.closed_at ?? undefined,
      toldAt: told.updated_at,
    },
  };
}

type Told = z.output<typeof PullRequestEvent>["pull_request"];

function stateOf({ state, draft, merged_at: mergedAt }: Told): ToldPullRequest["state"] {
  if (mergedAt) return "merged";
  if (state === "closed") return "closed";
  return draft === true ? "draft" : "open";
}
