import { agents } from "@headcount/contract/agents/routes";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { CreateAgentForm } from "../agents/create-agent-form.tsx";
import { PresenceMark } from "../agents/presence-mark.tsx";
import { usableBy, useRuntimes } from "../agents/runtime-select.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Button } from "../ui/button.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { StepFrame } from "./step-frame.tsx";

/** The first agent, prefilled; one that exists is shown instead. */
export function AgentStep({ onDone }: { readonly onDone: () => void }) {
  const text = useText();
  const workspace = useWorkspace();
  const formId = useId();
  const [busy, setBusy] = useState(false);
  const [another, setAnother] = useState(false);
  const runtimes = usableBy(useRuntimes(workspace.id), workspace.user.id);
  const staff = useQuery(query(agents.list, { workspace: workspace.id }));
  if (staff.data === undefined) return null;
  const existing = staff.data.items.filter((agent) => agent.archivedAt === null && agent.canInvoke);
  if (existing.length > 0 && !another && !busy) {
    return (
      <StepFrame title={text.onboarding.agentTitle} hint={text.onboarding.agentHint}>
        <ul className="overflow-hidden rounded-card border border-line bg-raised">
          {existing.map((agent) => (
            <li
              key={agent.id}
              className="flex items-center gap-3 border-b border-line px-4 py-3 last:border-b-0"
            >
              <Avatar
                actor={{ type: "agent", id: agent.id, name: agent.name }}
                size={32}
                decorative
              />
              <span className="min-w-0 grow truncate text-14 font-medium">{agent.name}</span>
              <span className="text-12 text-muted">
                <PresenceMark presence={agent.presence} />
              </span>
            </li>
          ))}
        </ul>
        <div className="flex gap-2">
          <Button variant="primary" size="large" onClick={onDone}>
            {text.onboarding.continueAction}
          </Button>
          <Button size="large" variant="quiet" onClick={() => setAnother(true)}>
            {text.onboarding.agentAnother}
          </Button>
        </div>
      </StepFrame>
    );
  }
  return (
    <StepFrame title={text.onboarding.agentTitle} hint={text.onboarding.agentHint}>
      {runtimes.length === 0 && (
        <p className="rounded-card bg-waiting-wash px-3 py-2 text-13 text-waiting-ink">
          {text.onboarding.agentNone}
        </p>
      )}
      <div className="max-w-110">
        <CreateAgentForm
          formId={formId}
          workspaceId={workspace.id}
          runtimes={runtimes}
          suggestedName={text.agents.namePlaceholder}
          brief
          onBusy={setBusy}
          onCreated={onDone}
        />
      </div>
      <div>
        <Button type="submit" form={formId} variant="primary" size="large" busy={busy}>
          {text.onboarding.agentCreate}
        </Button>
      </div>
    </StepFrame>
  );
}
