import { GitConnectionId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { GlobalContext } from "../platform/context.ts";
import { setWorkspace } from "../platform/database.ts";

export type FoundConnection = {
  readonly workspaceId: WorkspaceId;
  readonly id: GitConnectionId;
  /** Null when it was sealed with another instance key. */
  readonly secret: string | null;
};

/** The connection that an address names; null where there is none. */
export async function findConnection(
  ctx: Pick<GlobalContext, "transaction" | "services">,
  named: { readonly workspaceId: string; readonly connectionId: string },
): Promise<FoundConnection | null> {
  const { data: workspaceId } = WorkspaceId.safeParse(named.workspaceId);
  const { data: id } = GitConnectionId.safeParse(named.connectionId);
  if (!workspaceId || !id) return null;
  const [row] = await ctx.transaction(async (tx) => {
    await setWorkspace(tx, workspaceId);
    return tx<{ secret: Buffer }[]>`
      select g.secret from git_connections g
      join workspaces w on w.workspace_id = g.workspace_id and w.deleted_at is null
      where g.workspace_id = ${workspaceId} and g.id = ${id} and g.host = 'github'`;
  });
  return row ? { workspaceId, id, secret: open(ctx, row.secret) } : null;
}

function open({ services }: Pick<GlobalContext, "services">, sealed: Buffer): string | null {
  try {
    return services.secrets.decrypt(sealed);
  } catch (error) {
    // Another secret helps; until then nothing is signed with this one.
    services.log.error({ err: error }, "the secret of a git connection cannot be read");
    return null;
  }
}
