import type { PullRequestState } from "@headcount/contract/pull-requests/words";
import {
  GitMerge,
  GitPullRequest,
  GitPullRequestClosed,
  GitPullRequestDraft,
  type LucideIcon,
} from "lucide-react";
import { useText } from "../i18n/use-text.ts";
import { Chip, type ChipTone } from "../ui/chip.tsx";

/** Colours of the states of work: under way, not begun, done, given up. */
const looks: Readonly<Record<PullRequestState, { tone: ChipTone; icon: LucideIcon }>> = {
  open: { tone: "running", icon: GitPullRequest },
  draft: { tone: "queued", icon: GitPullRequestDraft },
  merged: { tone: "done", icon: GitMerge },
  closed: { tone: "plain", icon: GitPullRequestClosed },
};

/** How a pull request stands, by colour, shape and word. */
export function PullRequestBadge({ state }: { readonly state: PullRequestState }) {
  const text = useText();
  const { tone, icon: Icon } = looks[state];
  return (
    <Chip tone={tone} icon={<Icon size={12} aria-hidden="true" />} className="shrink-0">
      {text.pullRequests.states[state]}
    </Chip>
  );
}
