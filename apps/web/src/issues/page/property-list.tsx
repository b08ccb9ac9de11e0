import { projects } from "@headcount/contract/projects/routes";
import type { Issue } from "@headcount/contract/issues/schemas";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { Avatar, NoAvatar } from "../../ui/avatar.tsx";
import { CategoryIcon } from "../../ui/category-icon.tsx";
import { PriorityIcon } from "../../ui/priority-icon.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";
import { Time } from "../../ui/time.tsx";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import { pick, type PickedField } from "../pick/picker-store.ts";

/** Status, priority, assignee and project, each a button that opens its list; then dates. */
export function PropertyList({ issue }: { readonly issue: Issue }) {
  const text = useText();
  const workspace = useWorkspace();
  const list = useQuery(query(projects.list, { workspace: workspace.id }));
  const project = list.data?.items.find(({ id }) => id === issue.projectId);
  return (
    <dl className="grid grid-cols-[88px_1fr] items-center gap-y-0.5 text-13">
      <Property issue={issue} field="status" name={text.issues.status}>
        <CategoryIcon category={issue.status} decorative />
        {text.states.category[issue.status]}
      </Property>
      <Property issue={issue} field="priority" name={text.issues.priority}>
        <PriorityIcon priority={issue.priority} decorative />
        {text.states.priority[issue.priority]}
      </Property>
      <Property issue={issue} field="assignee" name={text.issues.assignee}>
        {issue.assignee === null ? (
          <NoAvatar size={16} />
        ) : (
          <Avatar actor={issue.assignee} size={16} decorative />
        )}
        <span className="truncate">{issue.assignee?.name ?? text.issues.noAssignee}</span>
      </Property>
      {list.data?.items.length !== 0 && (
        <Property issue={issue} field="project" name={text.issues.project}>
          {list.data === undefined ? (
            <Skeleton className="w-24" />
          ) : (
            <span className="truncate">{project?.title ?? text.issues.noProject}</span>
          )}
        </Property>
      )}
      <Fact name={text.issues.creator}>{issue.creator.name}</Fact>
      <Fact name={text.issues.created}>
        <Time at={issue.createdAt} />
      </Fact>
      <Fact name={text.issues.updated}>
        <Time at={issue.updatedAt} />
      </Fact>
    </dl>
  );
}

type PropertyProps = {
  readonly issue: Issue;
  readonly field: PickedField;
  readonly name: string;
  readonly children: ReactNode;
};

function Property({ issue, field, name, children }: PropertyProps) {
  return (
    <>
      <dt className="text-12 text-muted">{name}</dt>
      <dd className="min-w-0">
        <button
          type="button"
          onClick={() => pick(issue, field)}
          className="inset-focus flex h-(--control) w-full min-w-0 items-center gap-2 rounded-control px-1.5 text-start hover:bg-hover"
        >
          <span className="sr-only">{name}</span>
          {children}
        </button>
      </dd>
    </>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-12 text-muted">{name}</dt>
      <dd className="flex h-6 min-w-0 items-center truncate px-1.5 text-12 text-muted">
        {children}
      </dd>
    </>
  );
}
