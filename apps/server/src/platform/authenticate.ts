import type {
  AgentId,
  DaemonId,
  SessionId,
  TaskId,
  UserId,
  WorkspaceId,
} from "@headcount/contract/kit/ids";
import { AppError } from "./app-error.ts";
import type { Principal, Services } from "./context.ts";
import { type Database, setWorkspace } from "./database.ts";
import { runTransaction } from "./run-transaction.ts";

/** Sessions slide this long, and end this long after sign-in whatever happens. */
export const sessionIdleDays = 30;
export const sessionMaxDays = 90;
const dayMs = 86_400_000;
/** `last used` is for people; writing it at every request would be a write per read. */
const lastUsedGranularityMs = 60_000;

const taskTokenPattern = /^hct_([0-9a-f-]{36})_[\w-]{20,}$/;

export type Credentials = { readonly bearer: string | null; readonly sessionSecret: string | null };

export type Authenticator = (credentials: Credentials) => Promise<Principal>;

/**
 * Finds out whom a credential belongs to. A bearer token wins over a cookie. Nothing is cached, so
 * a revocation holds from the next request on, on every replica.
 * @throws unauthenticated for a credential that is unknown, expired or revoked
 */
export function createAuthenticator(database: Database, services: Services): Authenticator {
  return async ({ bearer, sessionSecret }) => {
    if (bearer !== null) return authenticateBearer(database, services, bearer);
    if (sessionSecret !== null) return authenticateSession(database, services, sessionSecret);
    return { kind: "anonymous" };
  };
}

function refused(what: string): AppError {
  return new AppError(
    "unauthenticated",
    `This ${what} is unknown, expired or revoked. Sign in again.`,
    {
      reason: "unauthenticated",
    },
  );
}

async function authenticateBearer(
  database: Database,
  services: Services,
  token: string,
): Promise<Principal> {
  if (token.startsWith("hcp_")) return authenticatePersonalToken(database, services, token);
  if (token.startsWith("hcd_")) return authenticateDaemon(database, services, token);
  if (token.startsWith("hct_")) return authenticateTask(database, services, token);
  throw refused("token");
}

type PersonRow = { userId: UserId; isInstanceAdmin: boolean; disabledAt: Date | null };

function personOrRefuse(row: PersonRow): { userId: UserId; isInstanceAdmin: boolean } {
  if (row.disabledAt !== null) {
    throw new AppError(
      "forbidden",
      "This account is disabled. Ask the administrator of this installation.",
      {
        reason: "account_disabled",
      },
    );
  }
  return { userId: row.userId, isInstanceAdmin: row.isInstanceAdmin };
}

async function authenticateSession(
  database: Database,
  services: Services,
  secret: string,
): Promise<Principal> {
  const now = services.now();
  const hash = services.secrets.hash(secret);
  const [row] = await database.pool<
    (PersonRow & { id: SessionId; lastUsedAt: Date; createdAt: Date })[]
  >`
    select s.id, s.user_id, s.last_used_at, s.created_at, u.is_instance_admin, u.disabled_at
    from sessions s join users u on u.id = s.user_id
    where s.secret_hash = ${hash} and s.expires_at > ${now}`;
  if (!row) return { kind: "anonymous" };
  const person = personOrRefuse(row);
  if (now.getTime() - row.lastUsedAt.getTime() > lastUsedGranularityMs) {
    const slidingEnd = now.getTime() + sessionIdleDays * dayMs;
    const absoluteEnd = row.createdAt.getTime() + sessionMaxDays * dayMs;
    await database.pool`
      update sessions set last_used_at = ${now}, expires_at = ${new Date(Math.min(slidingEnd, absoluteEnd))}
      where id = ${row.id}`;
  }
  return { kind: "user", ...person, sessionId: row.id };
}

async function authenticatePersonalToken(
  database: Database,
  services: Services,
  token: string,
): Promise<Principal> {
  const now = services.now();
  const [row] = await database.pool<(PersonRow & { id: string; lastUsedAt: Date | null })[]>`
    select t.id, t.user_id, t.last_used_at, u.is_instance_admin, u.disabled_at
    from personal_tokens t join users u on u.id = t.user_id
    where t.secret_hash = ${services.secrets.hash(token)} and (t.expires_at is null or t.expires_at > ${now})`;
  if (!row) throw refused("token");
  const person = personOrRefuse(row);
  if (!row.lastUsedAt || now.getTime() - row.lastUsedAt.getTime() > lastUsedGranularityMs) {
    await database.pool`update personal_tokens set last_used_at = ${now} where id = ${row.id}`;
  }
  return { kind: "user", ...person, sessionId: null };
}

async function authenticateDaemon(
  database: Database,
  services: Services,
  token: string,
): Promise<Principal> {
  const [row] = await database.pool<(PersonRow & { daemonId: DaemonId })[]>`
    select d.id as daemon_id, d.user_id, u.is_instance_admin, u.disabled_at
    from daemon_tokens t join daemons d on d.id = t.daemon_id join users u on u.id = d.user_id
    where t.secret_hash = ${services.secrets.hash(token)}`;
  if (!row) throw refused("token");
  return { kind: "daemon", daemonId: row.daemonId, userId: personOrRefuse(row).userId };
}

type TaskTokenRow = {
  taskId: TaskId;
  lease: number;
  agentId: AgentId;
  originatorId: UserId | null;
};

/** The workspace stands inside the token, so its look-up touches one tenant only. */
async function authenticateTask(
  database: Database,
  services: Services,
  token: string,
): Promise<Principal> {
  const workspaceId = taskTokenPattern.exec(token)?.[1] as WorkspaceId | undefined;
  if (!workspaceId) throw refused("token");
  const rows = await runTransaction(database.pool, "read only", async (tx) => {
    await setWorkspace(tx, workspaceId);
    return tx<TaskTokenRow[]>`
      select k.task_id, k.lease, t.agent_id, t.originator_id
      from task_tokens k
      join tasks t on t.workspace_id = k.workspace_id and t.id = k.task_id
      where k.workspace_id = ${workspaceId} and k.secret_hash = ${services.secrets.hash(token)}
        and k.expires_at > ${services.now()} and k.lease = t.lease and not t.lease_revoked
        and t.status in ('dispatched', 'waiting_directory', 'running')`;
  });
  const row = rows[0];
  if (!row) throw refused("token");
  return { kind: "task", workspaceId, ...row };
}
