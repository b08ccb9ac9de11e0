import type { RuntimeId, UserId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../platform/context.ts";
import { emitRuntime } from "./emit-runtime.ts";
import { machineIdOf } from "./machine-id-of.ts";
import { markRuntimes } from "./mark-runtimes.ts";
import { type MachineRuntime, readMachineRuntimes } from "./read-machine-runtimes.ts";
import { type AnnouncedRuntime, type Announcement, upsertRuntimes } from "./store.ts";
import { takeOverMachine } from "./take-over-machine.ts";

export type Announced =
  | { readonly runtimes: readonly AnnouncedRuntime[] }
  | { readonly servedMachine: string };

/**
 * Takes over everything that one machine can run in the workspace; a CLI that is not announced any
 * more goes offline. Says only what is news, so that repeating it changes nothing.
 * @returns what is announced now, or which machine another daemon of it serves here already
 */
export async function announceRuntimes(
  ctx: WorkspaceContext,
  announcement: Announcement,
): Promise<Announced> {
  const { daemonId, ownerId, identity } = announcement;
  await oneAtATime(ctx, ownerId);
  const machine = { daemonId, machineId: machineIdOf(identity), ownerId };
  const servedMachine = await takeOverMachine(ctx, machine);
  if (servedMachine !== null) return { servedMachine };
  const before = await readMachineRuntimes(ctx, daemonId);
  const announced = await upsertRuntimes(ctx, announcement);
  const after = await readMachineRuntimes(ctx, daemonId);
  sayWhatChanged(ctx, before, after, announced);
  const present = new Set(announced.map((runtime) => runtime.id));
  const absent = before.filter((runtime) => !present.has(runtime.id)).map(({ id }) => id);
  await markRuntimes(ctx, absent, "offline");
  return { runtimes: announced };
}

/** Daemons of one machine belong to one person, so that person's registrations follow each other. */
async function oneAtATime(ctx: WorkspaceContext, ownerId: UserId): Promise<void> {
  const key = `register:${ctx.workspaceId}:${ownerId}`;
  await ctx.sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}

function sayWhatChanged(
  ctx: WorkspaceContext,
  before: readonly MachineRuntime[],
  after: readonly MachineRuntime[],
  announced: readonly { id: RuntimeId }[],
): void {
  for (const { id } of announced) {
    const old = before.find((runtime) => runtime.id === id);
    const current = after.find((runtime) => runtime.id === id);
    if (!old) emitRuntime(ctx, "runtime.registered", id);
    else if (!old.online) emitRuntime(ctx, "runtime.online", id);
    else if (old.facts !== current?.facts) emitRuntime(ctx, "runtime.updated", id);
  }
}
