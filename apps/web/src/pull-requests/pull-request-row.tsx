import type { PullRequest } from "@headcount/contract/pull-requests/schemas";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { classNames } from "../ui/class-names.ts";
import { DottedLine } from "../ui/dotted-line.tsx";
import { Time } from "../ui/time.tsx";
import { UnbrokenWords } from "../ui/unbroken-words.tsx";
import { PullRequestBadge } from "./pull-request-badge.tsx";
import { webAddress } from "./web-address.ts";

type PullRequestRowProps = {
  readonly pullRequest: PullRequest;
  /** `quiet` where the pull request only mentions what it is listed for. */
  readonly tone?: "plain" | "quiet";
};

/** A pull request in a narrow column: how it stands, its title with the way to its host, its size. */
export function PullRequestRow({ pullRequest, tone = "plain" }: PullRequestRowProps) {
  const { url, title, state, repository, number } = pullRequest;
  const address = webAddress(url);
  const shownTitle = (
    <span className={classNames("line-clamp-2", tone === "plain" && "font-medium")}>
      <UnbrokenWords text={title} />
    </span>
  );
  return (
    <li className="relative flex flex-col gap-1 rounded-control px-1.5 py-1.5 hover:bg-hover has-focus-visible:bg-hover">
      <span className="flex min-w-0 items-center gap-2 text-12 text-muted">
        <PullRequestBadge state={state} />
        <span className="figures flex min-w-0">
          <span className="truncate">{repository}</span>
          <span className="shrink-0">#{number}</span>
        </span>
      </span>
      {address === null ? (
        shownTitle
      ) : (
        <a
          href={address.href}
          target="_blank"
          rel="noopener noreferrer nofollow"
          className={classNames(
            "inset-focus text-13 after:absolute after:inset-0 hover:underline",
            tone === "quiet" && "text-muted",
          )}
        >
          {shownTitle}
        </a>
      )}
      <Facts pullRequest={pullRequest} host={address?.host ?? null} />
    </li>
  );
}

function Facts({
  pullRequest,
  host,
}: {
  readonly pullRequest: PullRequest;
  readonly host: string | null;
}) {
  const text = useText();
  const { state, mergedAt, closedAt, openedAt, additions, deletions } = pullRequest;
  const sinceOf = { open: openedAt, draft: openedAt, merged: mergedAt, closed: closedAt };
  const since = sinceOf[state];
  const label = text.pullRequests.since[state];
  return (
    <DottedLine className="text-12 text-faint">
      {since !== null && (
        <span>
          {label} <Time at={since} />
        </span>
      )}
      {additions !== null && deletions !== null && (
        <ChangedLines additions={additions} deletions={deletions} />
      )}
      {host !== null && <span className="break-all">{host}</span>}
    </DottedLine>
  );
}

function ChangedLines({
  additions,
  deletions,
}: {
  readonly additions: number;
  readonly deletions: number;
}) {
  const text = useText();
  const format = useFormat();
  const added = format.number(additions);
  const deleted = format.number(deletions);
  return (
    <span className="figures whitespace-nowrap">
      <span className="sr-only">{text.pullRequests.lines({ added, deleted })}</span>
      <span aria-hidden="true">
        +{added} −{deleted}
      </span>
    </span>
  );
}
