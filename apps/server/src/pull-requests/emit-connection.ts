import type { GitConnectionId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";

/** Tells admins, who alone see connections. */
export function emitConnection(
  ctx: WorkspaceContext,
  type: "git_connection.created" | "git_connection.updated" | "git_connection.deleted",
  id: GitConnectionId,
): void {
  ctx.emit({
    type,
    entity: { kind: "git_connection", id },
    data: {},
    audience: { kind: "admins" },
  });
}
