import type { Activity } from "@headcount/contract/issues/schemas";
import type { IssueId } from "@headcount/contract/kit/ids";
import { actorColumns } from "../platform/append-changes.ts";
import type { WorkspaceContext } from "../platform/context.ts";
import { insertActivities } from "./store.ts";

export type ActivityNote = {
  readonly action: Activity["action"];
  readonly details?: Activity["details"];
};

/** Notes things that happened to an issue, in order, as done by the context's actor. */
export async function writeActivities(
  ctx: WorkspaceContext,
  issueId: IssueId,
  notes: readonly ActivityNote[],
): Promise<void> {
  const actor = actorColumns(ctx.actor);
  await insertActivities(
    ctx,
    notes.map((note) => ({
      id: ctx.newId(),
      issueId,
      actor,
      action: note.action,
      details: note.details ?? {},
    })),
  );
}
