import { z } from "zod";
import { agentChanges } from "../agents/changes.ts";
import { budgetChanges } from "../budgets/changes.ts";
import { noticeChanges } from "../notices/changes.ts";
import { issueChanges } from "../issues/changes.ts";
import { memberChanges } from "../members/changes.ts";
import { projectChanges } from "../projects/changes.ts";
import { pullRequestChanges } from "../pull-requests/changes.ts";
import { runtimeChanges } from "../runtimes/changes.ts";
import { runawayChanges } from "../runaway/changes.ts";
import { skillChanges } from "../skills/changes.ts";
import { tankChanges } from "../tank/changes.ts";
import { taskChanges } from "../tasks/changes.ts";
import { usageChanges } from "../usage/changes.ts";
import { workspaceChanges } from "../workspaces/changes.ts";
import { ActorRef } from "../kit/actors.ts";
import { Instant } from "../kit/values.ts";

/** Every kind of change with the shape of its `data`: ids and small scalars, never text or secrets. */
export const changeData = {
  ...workspaceChanges,
  ...memberChanges,
  ...projectChanges,
  ...issueChanges,
  ...agentChanges,
  ...skillChanges,
  ...runtimeChanges,
  ...taskChanges,
  ...usageChanges,
  ...budgetChanges,
  ...tankChanges,
  ...runawayChanges,
  ...noticeChanges,
  ...pullRequestChanges,
};

export type ChangeType = keyof typeof changeData;
export type ChangeDataOf<T extends ChangeType> = z.infer<(typeof changeData)[T]>;

export const changeTypes = Object.keys(changeData) as readonly ChangeType[];

/**
 * Who may receive a change. The recipient's own rights at delivery time are needed as well.
 * `agent` limits it to the audience of that agent, `runtime` to those who see that runtime.
 */
export const ChangeAudience = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("workspace") }),
  z.object({ kind: z.literal("members"), ids: z.array(z.uuid()) }),
  z.object({ kind: z.literal("agent"), id: z.uuid() }),
  z.object({ kind: z.literal("runtime"), id: z.uuid() }),
  z.object({ kind: z.literal("admins") }),
]);
export type ChangeAudience = z.infer<typeof ChangeAudience>;

/**
 * A change as clients receive it. `type` is open: a reader that does not know one treats it as
 * "something changed" and reloads what it shows.
 */
export const ChangeItem = z.object({
  seq: z.int(),
  at: Instant,
  type: z.string(),
  entity: z.object({ kind: z.string(), id: z.string(), revision: z.int().nullable() }),
  actor: ActorRef.pick({ type: true, id: true }),
  changed: z.array(z.string()),
  data: z.record(z.string(), z.unknown()),
});
export type ChangeItem = z.infer<typeof ChangeItem>;

/** A change whose type this version knows, with its data typed. */
export type KnownChange = {
  [T in ChangeType]: Omit<ChangeItem, "type" | "data"> & {
    readonly type: T;
    readonly data: ChangeDataOf<T>;
  };
}[ChangeType];

export type KnownChangeOf<T extends ChangeType> = Extract<KnownChange, { type: T }>;
