import { AppError } from "./app-error.ts";
import type { GlobalContext } from "./context.ts";

/** Doors at which somebody without an account can try secrets. */
export type GuessedSecret = "owner-link" | "sign-in-link" | "join-code";

const windowMs = 60_000;
const mostFailures = 20;

/**
 * Lets one network try a kind of secret so often per minute, counted over all replicas. An attempt
 * that succeeds does not count, so people behind one address do not lock one another out.
 * @throws limit_exceeded `rate_limited` with the time to wait
 */
export async function limitGuesses<T>(
  ctx: Pick<GlobalContext, "sql" | "transaction" | "now" | "newId" | "request">,
  secret: GuessedSecret,
  attempt: () => Promise<T>,
): Promise<T> {
  const bucket = `${secret}:${ctx.request.ipPrefix ?? "unknown"}`;
  const id = ctx.newId<string>();
  // Noted before the attempt: otherwise many attempts at once would all find room.
  const retryAfterMs = await noteAttempt(ctx, bucket, id);
  if (retryAfterMs !== null) throw tooMany(retryAfterMs);
  const result = await attempt();
  await ctx.sql`delete from rate_limits where bucket = ${bucket} and id = ${id}`;
  return result;
}

/** @returns null when there was room, else how long to wait */
function noteAttempt(
  ctx: Pick<GlobalContext, "transaction" | "now">,
  bucket: string,
  id: string,
): Promise<number | null> {
  const since = new Date(ctx.now.getTime() - windowMs);
  return ctx.transaction(async (tx) => {
    await tx`select pg_advisory_xact_lock(hashtextextended(${`rate:${bucket}`}, 0))`;
    await tx`delete from rate_limits where bucket = ${bucket} and at <= ${since}`;
    const [seen] = await tx<{ count: number; oldest: Date | null }[]>`
      select count(*)::int as count, min(at) as oldest from rate_limits where bucket = ${bucket}`;
    if (seen?.oldest && seen.count >= mostFailures) {
      return Math.max(1, seen.oldest.getTime() - since.getTime());
    }
    await tx`insert into rate_limits (bucket, at, id) values (${bucket}, ${ctx.now}, ${id})`;
    return null;
  });
}

/**
 * Keeps out whoever has failed too often at a door in the last minute, before any work is done for
 * them. Unlike {@link limitGuesses} it counts failures alone, so that many rightful callers at once
 * are all let in; it is for secrets that cannot be guessed.
 * @throws limit_exceeded `rate_limited` with the time to wait
 */
export async function refuseFailing(
  ctx: Pick<GlobalContext, "sql" | "now">,
  bucket: string,
): Promise<void> {
  const since = new Date(ctx.now.getTime() - windowMs);
  const [seen] = await ctx.sql<{ count: number; oldest: Date | null }[]>`
    select count(*)::int as count, min(at) as oldest from rate_limits
    where bucket = ${bucket} and at > ${since}`;
  if (!seen?.oldest || seen.count < mostFailures) return;
  throw tooMany(Math.max(1, seen.oldest.getTime() - since.getTime()));
}

/** @throws limit_exceeded when there were too many at the same moment */
export async function noteFailure(
  ctx: Pick<GlobalContext, "transaction" | "now" | "newId">,
  bucket: string,
): Promise<void> {
  const retryAfterMs = await noteAttempt(ctx, bucket, ctx.newId<string>());
  if (retryAfterMs !== null) throw tooMany(retryAfterMs);
}

function tooMany(retryAfterMs: number): AppError {
  return new AppError("limit_exceeded", "Too many attempts. Wait a minute and try again.", {
    reason: "rate_limited",
    retryAfterMs,
  });
}
