import type { Project } from "@headcount/contract/projects/schemas";
import { projects } from "@headcount/contract/projects/routes";
import { isAllowed } from "@headcount/domain/members/permissions";
import { useQuery } from "@tanstack/react-query";
import { Ellipsis, FolderGit2, Plus } from "lucide-react";
import { useState } from "react";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { SpendLink } from "../usage/spend-link.tsx";
import { spendDays, useSpendBy } from "../usage/use-spend-by.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { ProjectDialog } from "./project-dialog.tsx";

type Asking =
  | { readonly kind: "new" }
  | { readonly kind: "edit" | "delete"; readonly project: Project };

/** Projects and the repositories that their issues are worked on in. */
export function ProjectList() {
  const text = useText();
  const workspace = useWorkspace();
  const [asking, setAsking] = useState<Asking | null>(null);
  const list = useQuery(query(projects.list, { workspace: workspace.id }));
  const spend = useSpendBy("project", spendDays);
  const mayDelete = isAllowed(workspace.role, "project.delete", "other");
  const close = () => setAsking(null);
  if (list.isPending) return <Skeleton className="w-60" />;
  if (list.isLoadingError) {
    return <QueryError error={list.error} onRetry={() => void list.refetch()} />;
  }
  return (
    <div className="flex flex-col items-start gap-3">
      {list.data.items.length === 0 && (
        <p className="text-13 text-faint">{text.settings.projectsEmpty}</p>
      )}
      {list.data.items.length > 0 && (
        <ul className="w-full overflow-hidden rounded-card border border-line">
          {list.data.items.map((project) => (
            <li
              key={project.id}
              className="flex items-center gap-3 border-b border-line px-3 py-2 last:border-b-0"
            >
              <FolderGit2 size={16} className="shrink-0 text-muted" />
              <span className="min-w-0 grow">
                <span className="block truncate font-medium">{project.title}</span>
                <span className="block truncate text-12 text-faint">
                  {placesOf(project) || text.settings.projectNoRepositories}
                </span>
              </span>
              <SpendLink
                of="project"
                id={project.id}
                name={project.title}
                usd={spend?.get(project.id)}
              />
              <Menu
                align="end"
                trigger={
                  <IconButton label={text.common.more} size="small">
                    <Ellipsis size={14} />
                  </IconButton>
                }
              >
                <MenuItem onSelect={() => setAsking({ kind: "edit", project })}>
                  {text.settings.editProject}
                </MenuItem>
                {mayDelete && (
                  <MenuItem danger onSelect={() => setAsking({ kind: "delete", project })}>
                    {text.settings.deleteProject}
                  </MenuItem>
                )}
              </Menu>
            </li>
          ))}
        </ul>
      )}
      <Button icon={<Plus size={14} />} onClick={() => setAsking({ kind: "new" })}>
        {text.settings.newProject}
      </Button>
      {asking?.kind === "new" && <ProjectDialog project={null} onClose={close} />}
      {asking?.kind === "edit" && <ProjectDialog project={asking.project} onClose={close} />}
      {asking?.kind === "delete" && (
        <DeleteProjectDialog project={asking.project} onClose={close} />
      )}
    </div>
  );
}

function placesOf({ repositories, directories }: Project): string {
  const urls = repositories.map(({ url }) => url);
  const folders = directories.map(({ path, machineName }) => `${machineName}: ${path}`);
  return [...urls, ...folders].join(" · ");
}

type DeleteProjectDialogProps = { readonly project: Project; readonly onClose: () => void };

function DeleteProjectDialog({ project, onClose }: DeleteProjectDialogProps) {
  const text = useText();
  const workspace = useWorkspace();
  const remove = useCommand(projects.delete, { onSuccess: onClose });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      width="narrow"
      title={text.settings.deleteProjectTitle({ title: project.title })}
      footer={
        <>
          <Button onClick={onClose}>{text.common.cancel}</Button>
          <Button
            variant="danger"
            busy={remove.isPending}
            onClick={() => remove.mutate({ workspace: workspace.id, projectId: project.id })}
          >
            {text.settings.deleteProject}
          </Button>
        </>
      }
    >
      <p className="text-muted">{text.settings.deleteProjectHint}</p>
      <FailureNote error={remove.error} />
    </Dialog>
  );
}
