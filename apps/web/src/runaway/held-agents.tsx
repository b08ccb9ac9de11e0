import type { AgentId } from "@headcount/contract/kit/ids";
import { runaway } from "@headcount/contract/runaway/routes";
import type { RunawayHold } from "@headcount/contract/runaway/schemas";
import { useQuery } from "@tanstack/react-query";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { StateGlyph } from "../ui/state-glyph.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { guardText } from "./guard-text.ts";

type HeldAgentsProps = {
  /** Only this one; without it all that the reader sees. */
  readonly agentId?: AgentId;
};

/** Says which agents the guard holds and why, with the way on for those who may decide. */
export function HeldAgents({ agentId }: HeldAgentsProps) {
  const workspace = useWorkspace();
  const input = { workspace: workspace.id, ...(agentId === undefined ? {} : { agentId }) };
  const holds = useQuery(query(runaway.holds, input));
  const items = holds.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <div role="status" className="max-h-60 shrink-0 overflow-y-auto border-b border-line">
      <ul>
        {items.map((hold) => (
          <HeldAgent key={hold.id} hold={hold} onReleased={() => void holds.refetch()} />
        ))}
      </ul>
    </div>
  );
}

type HeldAgentProps = { readonly hold: RunawayHold; readonly onReleased: () => void };

function HeldAgent({ hold, onReleased }: HeldAgentProps) {
  const text = useText();
  const workspace = useWorkspace();
  const release = useCommand(runaway.release, { onSuccess: onReleased });
  const { agentId, agentName, kind, facts } = hold;
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b border-line bg-waiting-wash px-4 py-2 text-13 last:border-b-0">
      <StateGlyph state="waiting" size={14} decorative className="shrink-0" />
      <p className="min-w-0 grow basis-60">
        <span className="font-medium">{text.tank.heldName({ name: agentName })}</span>{" "}
        <span>{guardText({ kind, facts }, text)}</span>{" "}
        <span className="text-muted">
          {hold.mayRelease ? text.tank.heldSince : text.tank.heldForOthers}
        </span>
      </p>
      {hold.mayRelease && (
        <Button
          busy={release.isPending}
          aria-label={text.tank.releaseLabel({ name: agentName })}
          onClick={() => release.mutate({ workspace: workspace.id, agentId })}
        >
          {text.tank.release}
        </Button>
      )}
      <FailureNote error={release.error} />
    </li>
  );
}
