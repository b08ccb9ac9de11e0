import type { Issue } from "@headcount/contract/issues/schemas";
import { pullRequests } from "@headcount/contract/pull-requests/routes";
import { useQuery } from "@tanstack/react-query";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { PanelSection } from "../issues/page/panel-section.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { PullRequestRow } from "./pull-request-row.tsx";
import { useKnowsPullRequests } from "./use-knows-pull-requests.ts";

/**
 * Pull requests of an issue: those that are work on it, then those that only mention it. Nothing at
 * all where the issue has none and Headcount knows of none: the same to everybody, whoever may see
 * whether a git host is connected.
 */
export function IssuePullRequests({ issue }: { readonly issue: Issue }) {
  const text = useText();
  const workspace = useWorkspace();
  const found = useQuery(query(pullRequests.ofIssue, { workspace: workspace.id, issue: issue.id }));
  if (found.isPending) return null;
  if (found.isError && found.data === undefined) {
    return (
      <PanelSection title={text.pullRequests.title}>
        <QueryError error={found.error} onRetry={() => void found.refetch()} />
      </PanelSection>
    );
  }
  const { items, truncated } = found.data;
  if (items.length === 0) return <NoPullRequest issueKey={issue.key} />;
  const linked = items.filter(({ how }) => how === "linked");
  const mentioned = items.filter(({ how }) => how === "mentioned");
  return (
    <PanelSection title={text.pullRequests.title} count={linked.length}>
      {linked.length > 0 && (
        <ul className="-mx-1.5 flex flex-col gap-0.5">
          {linked.map((one) => (
            <PullRequestRow key={one.id} pullRequest={one} />
          ))}
        </ul>
      )}
      {mentioned.length > 0 && (
        <>
          <h3 className="text-12 text-faint">{text.pullRequests.mentionedIn}</h3>
          <ul aria-label={text.pullRequests.mentionedIn} className="-mx-1.5 flex flex-col gap-0.5">
            {mentioned.map((one) => (
              <PullRequestRow key={one.id} pullRequest={one} tone="quiet" />
            ))}
          </ul>
        </>
      )}
      {truncated && <p className="text-12 text-faint">{text.pullRequests.more}</p>}
    </PanelSection>
  );
}

function NoPullRequest({ issueKey }: { readonly issueKey: string }) {
  const text = useText();
  if (useKnowsPullRequests() !== true) return null;
  return (
    <PanelSection title={text.pullRequests.title}>
      <p className="text-12 text-faint">{text.pullRequests.none({ key: issueKey })}</p>
    </PanelSection>
  );
}
