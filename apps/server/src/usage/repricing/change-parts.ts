import type { TaskId } from "@headcount/contract/kit/ids";
import type { WorkspaceContext } from "../../platform/context.ts";
import type { LedgerEvent, LedgerPart } from "../ledger/ledger-part.ts";
import { lockBookedTasks } from "../ledger/lock-booked-tasks.ts";
import { lockImports } from "../ledger/lock-imports.ts";
import { readLedgerEvents } from "../ledger/read-ledger-events.ts";
import { writeChanges } from "../ledger/write-changes.ts";
import { wakeFolder } from "../rollups/folder.ts";
import type { LedgerPlace } from "./ledger-place.ts";
import type { RepricedPart } from "./store.ts";

type Placed = { readonly place: LedgerPlace; readonly taskId: TaskId | null };

/** A row to change, and the event that it belongs to. */
export type FoundPart = { readonly event: LedgerEvent; readonly part: LedgerPart };

/**
 * Changes prices of rows of the ledger, with every sum over them. The rows' tasks are locked first
 * and the rows read again, so that usage that is booked meanwhile is neither lost nor counted twice.
 * @param change what a row becomes; null to leave it. It is asked once for every row that still exists
 */
export async function changeParts(
  ctx: WorkspaceContext,
  places: readonly Placed[],
  change: (place: LedgerPlace, found: FoundPart) => LedgerPart | null,
): Promise<RepricedPart[]> {
  if (places.length === 0) return [];
  await lockSubjects(ctx, places);
  const events = await readLedgerEvents(ctx, [
    ...new Map(places.map(({ place }) => [place.id, place])).values(),
  ]);
  const changed: RepricedPart[] = [];
  const after = new Map<string, Map<number, LedgerPart>>();
  for (const { place } of places) {
    const event = events.get(place.id);
    const part = event?.parts.find((one) => one.part === place.part);
    const becomes = event && part ? change(place, { event, part }) : null;
    if (!part || becomes === null) continue;
    changed.push({ place, before: part, after: becomes });
    const parts = after.get(place.id) ?? new Map<number, LedgerPart>();
    after.set(place.id, parts.set(place.part, becomes));
  }
  await writeChanges(
    ctx,
    [...after].flatMap(([id, parts]) => {
      const before = events.get(id);
      if (!before) return [];
      const all = before.parts.map((part) => parts.get(part.part) ?? part);
      return [{ before, after: { ...before, parts: all } }];
    }),
  );
  if (changed.length > 0) wakeFolder(ctx);
  return changed;
}

async function lockSubjects(ctx: WorkspaceContext, places: readonly Placed[]): Promise<void> {
  const taskIds = places.flatMap(({ taskId }) => taskId ?? []);
  await lockBookedTasks(ctx, new Map(taskIds.map((taskId) => [taskId, new Set()])));
  if (places.some(({ taskId }) => taskId === null)) await lockImports(ctx);
}
