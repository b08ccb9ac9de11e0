import { Link } from "@tanstack/react-router";
import { useText } from "../../i18n/use-text.ts";
import { useHearsOfPullRequests } from "../../pull-requests/use-hears-of-pull-requests.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

/**
 * Why there are no figures per merged pull request: none was merged, or, to those who can know and
 * change it, nobody tells of any.
 */
export function NoMergedPullRequest() {
  const text = useText();
  const { slug } = useWorkspace();
  const hears = useHearsOfPullRequests();
  const { outcomes } = text.usageLists;
  if (hears !== false) return outcomes.noPullRequestMerged;
  return (
    <>
      {outcomes.nobodyTells}{" "}
      <Link
        to="/$slug/settings"
        params={{ slug }}
        hash="gitHosts"
        className="text-accent-ink underline-offset-2 hover:underline"
      >
        {text.pullRequests.connect}
      </Link>
    </>
  );
}
