import { workspaces } from "@headcount/contract/workspaces/routes";
import { isAllowed } from "@headcount/domain/members/permissions";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { LeaveDialog } from "../members/leave-dialog.tsx";
import { Button } from "../ui/button.tsx";
import { PageHeader } from "../ui/page-header.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { DeleteWorkspaceDialog } from "./delete-workspace-dialog.tsx";
import { GeneralForm } from "./general-form.tsx";
import { GitHostsSection } from "./git-hosts/git-hosts-section.tsx";
import { GuardsForm } from "./guards-form.tsx";
import { ProjectList } from "./project-list.tsx";
import { RepositoriesForm } from "./repositories-form.tsx";
import { SettingsBody, SettingsSection } from "./settings-section.tsx";
import { WebhookSection } from "./webhook/webhook-section.tsx";

/** Everything about the workspace that its admins decide. */
export function SettingsPage() {
  const text = useText();
  const workspace = useWorkspace();
  const stored = useQuery(query(workspaces.get, { workspace: workspace.id }));
  const mayChange = isAllowed(workspace.role, "workspace.change", "other");
  return (
    <>
      <PageHeader title={text.settings.title} />
      {stored.isPending && (
        <div aria-busy="true" className="flex flex-col gap-5 px-4 py-7">
          <Skeleton className="w-40" />
          <Skeleton className="w-80" />
          <Skeleton className="w-72" />
        </div>
      )}
      {stored.isError && stored.data === undefined && (
        <QueryError error={stored.error} onRetry={() => void stored.refetch()} />
      )}
      {stored.data !== undefined && (
        <SettingsBody>
          {!mayChange && (
            <p className="mt-5 rounded-card bg-sunken px-3 py-2 text-12 text-muted">
              {text.settings.readOnly}
            </p>
          )}
          <SettingsSection id="general">
            <GeneralForm workspace={stored.data} mayChange={mayChange} />
          </SettingsSection>
          <SettingsSection id="repositories">
            <RepositoriesForm workspace={stored.data} mayChange={mayChange} />
          </SettingsSection>
          <SettingsSection id="projects">
            <ProjectList />
          </SettingsSection>
          <SettingsSection id="guards">
            <GuardsForm workspace={stored.data} mayChange={mayChange} />
          </SettingsSection>
          {mayChange && (
            <SettingsSection id="gitHosts">
              <GitHostsSection />
            </SettingsSection>
          )}
          {mayChange && (
            <SettingsSection id="webhook">
              <WebhookSection />
            </SettingsSection>
          )}
          <SettingsSection id="danger">
            <Danger />
          </SettingsSection>
        </SettingsBody>
      )}
    </>
  );
}

function Danger() {
  const text = useText();
  const workspace = useWorkspace();
  const [asking, setAsking] = useState<"leave" | "delete" | null>(null);
  const mayDelete = isAllowed(workspace.role, "workspace.delete", "other");
  return (
    <div className="flex flex-col divide-y divide-line overflow-hidden rounded-card border border-line">
      <DangerRow title={text.settings.leaveHere} hint={text.members.leaveStops}>
        <Button onClick={() => setAsking("leave")}>{text.members.leaveAction}</Button>
      </DangerRow>
      <DangerRow
        title={text.settings.deleteTitle}
        hint={mayDelete ? text.settings.deleteHint : text.settings.onlyOwner}
      >
        <Button variant="danger" disabled={!mayDelete} onClick={() => setAsking("delete")}>
          {text.settings.deleteAction}
        </Button>
      </DangerRow>
      {asking === "leave" && <LeaveDialog onClose={() => setAsking(null)} />}
      {asking === "delete" && <DeleteWorkspaceDialog onClose={() => setAsking(null)} />}
    </div>
  );
}

type DangerRowProps = {
  readonly title: string;
  readonly hint: string;
  /** The button that asks for it. */
  readonly children: ReactNode;
};

function DangerRow({ title, hint, children }: DangerRowProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-3 py-3">
      <div className="min-w-0 grow basis-60">
        <p className="font-medium">{title}</p>
        <p className="text-12 text-muted">{hint}</p>
      </div>
      {children}
    </div>
  );
}
