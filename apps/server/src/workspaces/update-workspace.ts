import { workspaces } from "@headcount/contract/workspaces/routes";
import type { Workspace } from "@headcount/contract/workspaces/schemas";
import { command } from "../platform/command.ts";
import { getWorkspace } from "./read-workspace.ts";
import { insertIssuePrefix, updateWorkspaceRow } from "./store.ts";

const editable = [
  "name",
  "description",
  "context",
  "issuePrefix",
  "repositories",
  "settings",
] as const;

export const updateWorkspace = command(workspaces.update, async (ctx, input) => {
  await ctx.sql`select 1 from workspaces where workspace_id = ${ctx.workspaceId} for update`;
  const before = await getWorkspace(ctx.sql, ctx.workspaceId);
  const after: Workspace = {
    ...before,
    name: input.name ?? before.name,
    description: input.description ?? before.description,
    context: input.context ?? before.context,
    issuePrefix: input.issuePrefix ?? before.issuePrefix,
    repositories: input.repositories ?? before.repositories,
    settings: withoutUndefined({ ...before.settings, ...withoutUndefined(input.settings ?? {}) }),
  };
  const changed = editable.filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  if (changed.length === 0) return before;
  const revision = await updateWorkspaceRow(ctx.sql, ctx.workspaceId, after);
  if (changed.includes("issuePrefix"))
    await insertIssuePrefix(ctx.sql, ctx.workspaceId, after.issuePrefix);
  if (changed.includes("settings")) {
    await ctx.audit({
      action: "workspace.settings_changed",
      target: ctx.workspaceId,
      details: { ...input.settings },
    });
  }
  ctx.emit({
    type: "workspace.updated",
    entity: { kind: "workspace", id: ctx.workspaceId, revision },
    changed,
    data: {},
  });
  return getWorkspace(ctx.sql, ctx.workspaceId);
});

function withoutUndefined<T extends object>(
  value: T,
): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
