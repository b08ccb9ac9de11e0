import type { Agent } from "@headcount/contract/agents/schemas";
import { runaway } from "@headcount/contract/runaway/routes";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

type HeldBannerProps = { readonly agent: Agent; readonly mayEdit: boolean };

/** Says that the guard holds an agent and why, with the way on for those who may decide. */
export function HeldBanner({ agent, mayEdit }: HeldBannerProps) {
  const text = useText();
  const workspace = useWorkspace();
  const input = { workspace: workspace.id, agentId: agent.id };
  const holds = useQuery(query(runaway.holds, input));
  const release = useCommand(runaway.release, { onSuccess: () => void holds.refetch() });
  const hold = holds.data?.items[0];
  if (hold === undefined) return null;
  return (
    <div
      role="status"
      className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line bg-sunken px-4 py-2 text-13"
    >
      <StateGlyph state="waiting" size={14} decorative />
      <span className="min-w-0 grow basis-60">
        <span className="font-medium">{text.tank.guardSaw[hold.kind]}</span>{" "}
        <span className="text-muted" title={hold.detail}>
          {text.tank.heldSince}
        </span>
      </span>
      {mayEdit && (
        <Button busy={release.isPending} onClick={() => release.mutate(input)}>
          {text.tank.release}
        </Button>
      )}
      <FailureNote error={release.error} />
    </div>
  );
}
