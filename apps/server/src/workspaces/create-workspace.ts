import type { WorkspaceId } from "@headcount/contract/kit/ids";
import { workspaces } from "@headcount/contract/workspaces/routes";
import { openIssueCounter } from "../issues/store.ts";
import { insertMember } from "../members/store.ts";
import { AppError } from "../platform/app-error.ts";
import { globalHandler } from "../platform/command.ts";
import { currentUserId } from "../users/current-user.ts";
import { getWorkspace } from "./read-workspace.ts";
import { insertWorkspace, reserveSlug } from "./store.ts";

export const createWorkspace = globalHandler(workspaces.create, async (ctx, input) => {
  const ownerId = currentUserId(ctx);
  const workspaceId = ctx.newId<WorkspaceId>();
  const actor = { kind: "member", userId: ownerId, role: "owner" } as const;
  return ctx.inWorkspace(workspaceId, actor, async (inside) => {
    if (!(await reserveSlug(inside.sql, input.slug, workspaceId))) {
      throw new AppError("conflict", `The address "${input.slug}" is taken. Choose another one.`, {
        reason: "name_taken",
      });
    }
    await insertWorkspace(inside.sql, {
      id: workspaceId,
      slug: input.slug,
      name: input.name,
      description: input.description,
      issuePrefix: input.issuePrefix ?? derivePrefix(input.slug),
      ownerId,
      createdAt: inside.now,
    });
    await openIssueCounter(inside.sql, workspaceId);
    await insertMember(inside.sql, {
      workspaceId,
      userId: ownerId,
      role: "owner",
      joinedAt: inside.now,
    });
    inside.emit({
      type: "member.added",
      entity: { kind: "member", id: ownerId },
      data: { role: "owner" },
    });
    await inside.audit({ action: "workspace.created", target: workspaceId });
    inside.afterCommit(() => inside.services.signal({ topic: "daemon-owner", userId: ownerId }));
    return getWorkspace(inside.sql, workspaceId);
  });
});

/** `red-panda` → `RED`: short enough to type, taken from the start of the slug. */
function derivePrefix(slug: string): string {
  const words = slug.toUpperCase().split("-");
  const [first = ""] = words;
  return words.length >= 3
    ? words
        .map((word) => word[0])
        .join("")
        .slice(0, 5)
    : first.slice(0, 4);
}
