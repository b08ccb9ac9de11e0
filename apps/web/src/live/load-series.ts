import type { InputOf } from "@headcount/contract/kit/route";
import { live } from "@headcount/contract/live/routes";
import type { LiveSeriesReply } from "@headcount/contract/live/series-schemas";
import { growSeries, seriesSince } from "@headcount/domain/live/grow-series";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { api } from "../data/api.ts";

type Wanted = {
  readonly asked: Omit<InputOf<typeof live.series>, "from" | "to" | "since">;
  readonly range: TimeRange;
  readonly signal: AbortSignal;
};

/**
 * The series of a range: what is new since the last answer, put to what is known, or all of them
 * where there is none, where the range begins elsewhere, or where what was known no longer holds.
 */
export async function loadSeries(
  { asked, range, signal }: Wanted,
  known: LiveSeriesReply | undefined,
): Promise<LiveSeriesReply> {
  const bounds = {
    from: new Date(range.fromMs).toISOString(),
    to: new Date(range.toMs).toISOString(),
  };
  const read = (since?: string): Promise<LiveSeriesReply> =>
    api.call(
      live.series,
      { ...asked, ...bounds, ...(since === undefined ? {} : { since }) },
      { signal },
    );
  const since = known && seriesSince(known, range);
  if (!known || !since) return read();
  return growSeries(known, await read(since)) ?? read();
}
