import type { ChangeItem } from "@headcount/contract/realtime/changes";
import { lateMs } from "@headcount/domain/live/grow-series";
import { isKnownChange, isRenaming } from "../realtime/stale.ts";

/** Up to where somebody had listened to when they asked. */
export type Heard = { readonly log: Revisions; readonly count: number };

type Revision = { readonly number: number; readonly fromMs: number };

/** Who has missed more than this reads everything again. */
const mostKept = 500;
const everything = Number.NEGATIVE_INFINITY;

/** What changed of the past while a page was open, so that what it knows of it can be read again. */
export class Revisions {
  #kept: Revision[] = [];
  #count = 0;
  #firstKept = 0;

  /** Takes note of what was heard at an instant of the server's clock. */
  note(items: readonly ChangeItem[] | "snapshot", nowMs: number): void {
    const fromMs =
      items === "snapshot" ? everything : Math.min(...items.map(revisedFromMs), Infinity);
    // What is as new as that is read again in any case.
    if (fromMs > nowMs - lateMs) return;
    this.#count += 1;
    this.#kept.push({ number: this.#count, fromMs });
    if (this.#kept.length <= mostKept) return;
    this.#kept = [];
    this.#firstKept = this.#count;
  }

  heard(): Heard {
    return { log: this, count: this.#count };
  }

  /** The earliest instant that was revised since; infinitely long ago where nobody listened. */
  since({ log, count }: Heard): number {
    if (log !== this || count < this.#firstKept) return everything;
    const later = this.#kept.filter(({ number }) => number > count);
    return Math.min(...later.map(({ fromMs }) => fromMs), Infinity);
  }
}

/** Changes that give figures or names of any time another look. */
const sweeping: ReadonlySet<string> = new Set([
  "usage.imported",
  "usage.rebuilt",
  "usage.repriced",
  "price.set",
  "price.ended",
  "project.deleted",
  "member.removed",
  "runtime.removed",
]);

/** The earliest time of which a chart may show something else after a change; Infinity for none. */
function revisedFromMs(change: ChangeItem): number {
  if (!isKnownChange(change) || isRenaming(change) || sweeping.has(change.type)) return everything;
  if (change.type === "issue.updated")
    return change.changed.includes("projectId") ? everything : Infinity;
  if (change.type !== "usage.booked") return Infinity;
  const usedFromMs = Date.parse(change.data.usedFrom);
  return Number.isNaN(usedFromMs) ? everything : usedFromMs;
}
