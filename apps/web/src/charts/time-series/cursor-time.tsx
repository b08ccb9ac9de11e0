import { useStore } from "zustand";
import type { ChartStore } from "./chart-store.ts";
import type { TimeFormat } from "./time-format.ts";

type CursorTimeProps = { readonly store: ChartStore; readonly times: TimeFormat };

/** When the bucket under the cursor was, on the time axis. */
export function CursorTime({ store, times }: CursorTimeProps) {
  const { cursor, shown } = useStore(store);
  if (cursor === null) return null;
  const share = (100 * (cursor.atMs - shown.fromMs)) / (shown.toMs - shown.fromMs);
  return (
    <span
      aria-hidden="true"
      data-cursor-time=""
      className="figures pointer-events-none absolute top-full z-10 mt-1 -translate-x-1/2 rounded-tag bg-ink px-1.5 text-11 whitespace-nowrap text-ground"
      style={{ left: `clamp(72px, ${share}%, 100% - 72px)` }}
    >
      {times.stretch(cursor.bucket)}
    </span>
  );
}
