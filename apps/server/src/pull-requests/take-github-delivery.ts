import type { GitConnectionId, WorkspaceId } from "@headcount/contract/kit/ids";
import type { OutputOf } from "@headcount/contract/kit/route";
import { gitHooks } from "@headcount/contract/pull-requests/hook-routes";
import type { GitDeliveryFault } from "@headcount/contract/pull-requests/words";
import {
  type HostPullRequest,
  readGithubDelivery,
} from "@headcount/domain/pull-requests/read-github-delivery";
import { AppError } from "../platform/app-error.ts";
import { type Delivery, type DeliveryAnswer, deliveryHandler } from "../platform/command.ts";
import type { Actor, GlobalContext, WorkspaceContext } from "../platform/context.ts";
import { noteFailure, refuseFailing } from "../platform/rate-limit.ts";
import { emitConnection } from "./emit-connection.ts";
import { findConnection } from "./find-connection.ts";
import { isSigned } from "./is-signed.ts";
import { record } from "./record.ts";
import { noteDelivery, noteFault } from "./store-connections.ts";

type Connection = { readonly workspaceId: WorkspaceId; readonly id: GitConnectionId };

type Answer = DeliveryAnswer<OutputOf<typeof gitHooks.github>>;

const pong: Answer = { status: 200, reply: { result: "pong" } };
const ignored: Answer = { status: 202, reply: { result: "ignored" } };
const recorded: Answer = { status: 200, reply: { result: "recorded" } };

const host: Actor = { kind: "system", job: "github" };

/**
 * A delivery of a GitHub webhook. The same one again, or an older one after a newer, changes nothing
 * and is answered alike.
 */
export const takeGithubDelivery = deliveryHandler(gitHooks.github, async (ctx, input, delivery) => {
  const bucket = bucketOf(ctx, input.connectionId);
  await refuseFailing(ctx, bucket);
  const connection = await findConnection(ctx, input);
  const body = await delivery.body();
  const signature = delivery.header("x-hub-signature-256");
  if (!isSigned(body, signature, connection?.secret ?? null)) {
    if (connection) await noteUnusable(ctx, connection, "signature");
    await noteFailure(ctx, bucket);
    throw unsigned();
  }
  // A connection without a known secret has no signature.
  if (!connection) throw unsigned();
  const event = delivery.header("x-github-event");
  if (event !== "pull_request") {
    await ctx.inWorkspace(connection.workspaceId, host, (inside) => note(inside, connection.id));
    return event === "ping" ? pong : ignored;
  }
  const word = readGithubDelivery(readPayload(body, delivery));
  if (!word) {
    await noteUnusable(ctx, connection, "payload");
    throw new AppError("invalid", "The delivery is no pull_request event of GitHub.", {
      reason: "git_hook.payload",
    });
  }
  await ctx.inWorkspace(connection.workspaceId, host, (inside) => take(inside, connection, word));
  return recorded;
});

async function take(
  ctx: WorkspaceContext,
  { id }: Connection,
  { place, told, body }: HostPullRequest,
): Promise<void> {
  await record(ctx, { place, told, body, issueIds: undefined });
  await note(ctx, id);
}

async function note(ctx: WorkspaceContext, id: GitConnectionId): Promise<void> {
  if (await noteDelivery(ctx, id)) emitConnection(ctx, "git_connection.updated", id);
}

/** What an admin sees when what is sent is of no use: most often another secret than here. */
async function noteUnusable(
  ctx: GlobalContext,
  { workspaceId, id }: Connection,
  fault: GitDeliveryFault,
): Promise<void> {
  await ctx.inWorkspace(workspaceId, host, async (inside) => {
    if (await noteFault(inside, id, fault)) emitConnection(inside, "git_connection.updated", id);
  });
}

/**
 * Failures are counted by network and by a part of the connection's name: a webhook with a wrong
 * secret does not keep out those that GitHub sends from the same network, known and unknown names
 * count alike, and nobody can fill the table with names.
 */
function bucketOf({ request }: GlobalContext, connectionId: string): string {
  const part = /[0-9a-f]{2}$/i.exec(connectionId)?.[0].toLowerCase() ?? "";
  return `git-hook:${part}:${request.ipPrefix ?? "unknown"}`;
}

/** JSON, or a form with the JSON in it: GitHub sends either, as its webhook is set up. */
function readPayload(body: Buffer, { header }: Delivery): unknown {
  const text = body.toString("utf8");
  const isForm = header("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
  try {
    return JSON.parse(isForm ? (new URLSearchParams(text).get("payload") ?? "") : text);
  } catch {
    // No event has this shape, so it is refused like any other that cannot be read.
    return undefined;
  }
}

function unsigned(): AppError {
  return new AppError("unauthenticated", "The delivery is not signed with this address's secret.", {
    reason: "git_hook.unsigned",
  });
}
