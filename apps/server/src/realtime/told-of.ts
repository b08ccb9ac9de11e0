import type { UserId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { ChangeItem } from "@headcount/contract/realtime/changes";
import type { AudienceChange, Visibility } from "./visibility.ts";

/**
 * What somebody is told of a change: all of it, or nothing where its subject is hidden from them.
 * Usage is in sums that everybody sees, so of hidden usage everybody hears that there is some.
 */
export function toldOf(
  { audience, ...change }: AudienceChange,
  userId: UserId,
  {
    workspaceId,
    visibility,
  }: { readonly workspaceId: WorkspaceId; readonly visibility: Visibility },
): readonly ChangeItem[] {
  if (visibility.mayReceive(userId, audience)) return [change];
  if (change.type !== "usage.booked" || !visibility.roles.has(userId)) return [];
  return [
    {
      ...change,
      entity: { kind: "workspace", id: workspaceId, revision: null },
      actor: { type: "system", id: null },
      data: { ...change.data, taskId: null, issueId: null, agentId: null },
    },
  ];
}
