import type { InputOf } from "@headcount/contract/kit/route";
import { live } from "@headcount/contract/live/routes";
import type { LiveSeriesReply } from "@headcount/contract/live/series-schemas";
import type { LiveMetric } from "@headcount/contract/live/words";
import { growSeries, seriesSince } from "@headcount/domain/live/grow-series";
import { rollingLead } from "@headcount/domain/live/rolling-course";
import type { TimeRange } from "@headcount/domain/usage/query/cut-time";
import { api } from "../data/api.ts";
import type { Heard, Revisions } from "./revisions.ts";

/** What a chart knows of a moment. */
export type KnownSeries = {
  readonly reply: LiveSeriesReply;
  /** The five hours before, where something looks back on them. */
  readonly lead: LiveSeriesReply | null;
  /** How much of what was revised is in it. */
  readonly heard: Heard;
};

type Asked = Omit<InputOf<typeof live.series>, "from" | "to" | "since">;

type Wanted = {
  readonly asked: Asked;
  readonly range: TimeRange;
  readonly signal: AbortSignal;
};

type Growing = Wanted & {
  /** The figure of which the five hours before the range are wanted too. */
  readonly leadOf: LiveMetric | null;
  readonly revisions: Revisions;
};

/** A range as it is now, and the five hours before it where they are wanted, of one moment. */
export async function loadSeries(
  { leadOf, revisions, ...wanted }: Growing,
  known: KnownSeries | undefined,
): Promise<KnownSeries> {
  const heard = revisions.heard();
  const revisedFromMs = known === undefined ? 0 : revisions.since(known.heard);
  const grow = (part: Wanted, of: LiveSeriesReply | null | undefined): Promise<LiveSeriesReply> =>
    loadNews(part, of ?? undefined, revisedFromMs);
  const [reply, lead] = await Promise.all([
    grow(wanted, known?.reply),
    leadOf === null ? null : grow(leadTo(wanted, leadOf), known?.lead),
  ]);
  return { reply, lead, heard };
}

function leadTo({ asked, range, signal }: Wanted, metric: LiveMetric): Wanted {
  const { compare: _, ...alike } = asked;
  return { asked: { ...alike, metrics: metric }, range: rollingLead(range), signal };
}

/**
 * The series of a range: what is new since the last answer and what was revised, put to what is
 * known, or all of them where there is none, where the range begins elsewhere, or where what was
 * known no longer holds.
 */
async function loadNews(
  wanted: Wanted,
  known: LiveSeriesReply | undefined,
  revisedFromMs: number,
): Promise<LiveSeriesReply> {
  const since = known && seriesSince(known, wanted.range, revisedFromMs);
  if (!known || !since) return readSeries(wanted);
  return growSeries(known, await readSeries(wanted, since)) ?? readSeries(wanted);
}

/** The series of a range, or of its end from an instant on. */
export function readSeries(
  { asked, range, signal }: Wanted,
  since?: string,
): Promise<LiveSeriesReply> {
  const from = new Date(range.fromMs).toISOString();
  const to = new Date(range.toMs).toISOString();
  const input = { ...asked, from, to, ...(since === undefined ? {} : { since }) };
  return api.call(live.series, input, { signal });
}
