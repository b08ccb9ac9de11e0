import { randomBytes } from "node:crypto";
import type { GitConnectionId } from "@headcount/contract/kit/ids";
import { gitConnections } from "@headcount/contract/pull-requests/connection-routes";
import { AppError, notFound } from "../platform/app-error.ts";
import { command, query } from "../platform/command.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitConnection } from "./emit-connection.ts";
import { getConnection, readConnections } from "./read-connections.ts";
import { deleteConnectionRow, insertConnection, setConnectionSecret } from "./store-connections.ts";

const mostConnections = 50;

export const listConnections = query(gitConnections.list, async (ctx) => ({
  items: await readConnections(ctx),
}));

/** Lets a git host send. The secret is shown here and never again. */
export const createConnection = command(gitConnections.create, async (ctx, { host, name }) => {
  await assertRoom(ctx);
  const secret = newSecret();
  const sealed = ctx.services.secrets.encrypt(secret);
  const id = await insertConnection(ctx, { host, name, secret: sealed });
  await ctx.audit({ action: "git_connection.created", target: id, details: { host, name } });
  emitConnection(ctx, "git_connection.created", id);
  return { connection: await getConnection(ctx, id), secret };
});

/** The host has to be told the new secret; until then its deliveries are refused. */
export const rotateSecret = command(gitConnections.rotateSecret, async (ctx, input) => {
  const id: GitConnectionId = input.connectionId;
  const secret = newSecret();
  if (!(await setConnectionSecret(ctx, id, ctx.services.secrets.encrypt(secret))))
    throw notFound("git_connection");
  await ctx.audit({ action: "git_connection.secret_rotated", target: id });
  emitConnection(ctx, "git_connection.updated", id);
  return { connection: await getConnection(ctx, id), secret };
});

export const deleteConnection = command(gitConnections.delete, async (ctx, input) => {
  const id = input.connectionId;
  if (!(await deleteConnectionRow(ctx, id))) throw notFound("git_connection");
  await ctx.audit({ action: "git_connection.deleted", target: id });
  emitConnection(ctx, "git_connection.deleted", id);
  return {};
});

/** Counted under the lock of the workspace, so that many at once do not all find room. */
async function assertRoom(ctx: WorkspaceContext): Promise<void> {
  await ctx.sql`select 1 from workspaces where workspace_id = ${ctx.workspaceId} for update`;
  const [row] = await ctx.sql<{ count: number }[]>`
    select count(*)::int as count from git_connections where workspace_id = ${ctx.workspaceId}`;
  if ((row?.count ?? 0) < mostConnections) return;
  throw new AppError(
    "limit_exceeded",
    `A workspace has at most ${mostConnections} connections. Delete one that is not used.`,
    { reason: "git_connection.too_many" },
  );
}

const newSecret = (): string => `hcg_${randomBytes(32).toString("base64url")}`;
