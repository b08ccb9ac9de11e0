import { type Group, mergeGroups } from "@headcount/domain/usage/query/arrange-groups";
import { cutTime, type TimeSlot } from "@headcount/domain/usage/query/cut-time";
import type { FigureName } from "@headcount/domain/usage/query/measures";
import { planPieces, type TimeGrain } from "@headcount/domain/usage/query/plan-pieces";
import {
  type PieceOrMinutes,
  useKeptMinutes,
} from "@headcount/domain/usage/query/use-kept-minutes";
import type { WorkspaceContext } from "../../platform/context.ts";
import { readKeptQuarters } from "../minutes/read-kept-quarters.ts";
import { readKeptZones } from "../rollups/day-tiers.ts";
import { rememberZone } from "../rollups/folder.ts";
import { isWorthKeeping } from "../rollups/keep-zone.ts";
import { dimensionsOf } from "./dimensions-of.ts";
import { kindsOf } from "./figure-columns.ts";
import { fits } from "./fits.ts";
import { groupedPoints, type Reading } from "./grouped-points.ts";
import { type GroupRow, keepTop } from "./keep-top.ts";
import { planAnew } from "./plan-anew.ts";
import type { Filter, Question } from "./question.ts";
import { readLedgerPlaces } from "./read-ledger-places.ts";
import { refuseArchived } from "./refuse-archived.ts";
import { toGroups } from "./to-groups.ts";

type Ctx = Pick<WorkspaceContext, "sql" | "workspaceId" | "now" | "afterCommit" | "services">;

const minuteMs = 60_000;

/**
 * Answers a question from the narrowest sums that can, in the snapshot of the transaction: one row
 * per combination of what is told apart, exact as of the last commit.
 * @throws invalid where events that it needs were archived
 */
export async function readGroups(ctx: Ctx, question: Question): Promise<readonly Group[]> {
  if (question.filters.some(isImpossible)) return [];
  const slots = slotsOf(question);
  const { pieces, places, dayTier } = await planReading(ctx, question, slots);
  const groups = await Promise.all(
    pieces.map((piece) => readPiece(ctx, question, { piece, slots, dayTier, places })),
  );
  const all = groups.flat().filter(isSomething);
  return pieces.length > 1 ? mergeGroups(all).filter(isSomething) : all;
}

async function planReading(
  ctx: Ctx,
  question: Question,
  slots: readonly TimeSlot[],
): Promise<Omit<Reading, "piece" | "slots"> & { readonly pieces: readonly PieceOrMinutes[] }> {
  const plan = {
    range: question.range,
    zone: question.zone,
    grain: grainOf(question),
    dimensions: dimensionsOf(question),
  };
  if (hasMinutes(question, slots)) {
    const [kept] = await Promise.all([readKeptQuarters(ctx, question.range), planAnew(ctx)]);
    const pieces = useKeptMinutes(question.range, kept);
    const places = await readLedgerPlaces(ctx, pieces.filter(isLedger));
    if (needsEvents(question)) refuseArchived(places, plan.grain);
    return { pieces, dayTier: null, places };
  }
  // The ledger is read in the same places whether or not days are kept.
  const ledger = planPieces({ ...plan, hasDays: false }).filter(isLedger);
  const [dayTier, places] = await Promise.all([
    readDayTier(ctx, question.zone),
    readLedgerPlaces(ctx, ledger, fits(ctx.sql, question)),
    planAnew(ctx),
  ]);
  if (needsEvents(question)) refuseArchived(places, plan.grain);
  return { pieces: planPieces({ ...plan, hasDays: dayTier !== null }), dayTier, places };
}

/** What became of tasks is never archived. */
const needsEvents = (question: Question): boolean => kindsOf(question).has("usage");

const isLedger = ({ source }: PieceOrMinutes): boolean => source.kind === "ledger";

/** Whether minutes of the whole workspace answer as well as its events: nothing finer is told apart. */
function hasMinutes(question: Question, slots: readonly TimeSlot[]): boolean {
  if (question.bucket !== "1min" && question.bucket !== "5min") return false;
  if (question.agents === "told" || dimensionsOf(question).size > 0) return false;
  return slots.slice(1).every(({ startsAtMs }) => startsAtMs % minuteMs === 0);
}

/** The buckets along the axis of time; empty without a grouping by time. */
export function slotsOf(question: Question): readonly TimeSlot[] {
  if (question.bucket === null) return [];
  return cutTime(question.zone, question.bucket, question.range);
}

/** Corrections and moves leave sums of zero behind. */
const isSomething = ({ measured }: Group): boolean =>
  Object.values(measured.sums).some((sum) => sum !== 0n);

const isImpossible = (filter: Filter): boolean =>
  filter.values.length === 0 && filter.none === "left_out";

/** The tier of the zone's days; where there is none yet, they are asked to be kept from now on. */
async function readDayTier(ctx: Ctx, zone: string): Promise<number | null> {
  const kept = await readKeptZones(ctx);
  const found = kept.find((one) => one.zone === zone);
  if (isWorthKeeping(kept, zone, ctx.now)) rememberZone(ctx, zone);
  return found?.tier ?? null;
}

function grainOf({ groupBy, bucket }: Question): TimeGrain {
  if (bucket === "15min") return bucket;
  if (bucket === "1s" || bucket === "10s" || bucket === "1min" || bucket === "5min") {
    return "instant";
  }
  if (bucket === "hour" || groupBy.includes("hour")) return "hour";
  return bucket !== null || groupBy.includes("weekday") ? "day" : "range";
}

async function readPiece(ctx: Ctx, question: Question, reading: Reading): Promise<Group[]> {
  const { figures } = question;
  const isWhole =
    reading.piece.fromMs === question.range.fromMs && reading.piece.toMs === question.range.toMs;
  const grouped = groupedPoints(ctx, question, reading);
  const rows = await (question.top !== null && isWhole && isByIssue(question)
    ? keepTop(ctx.sql, grouped, { figures, top: question.top })
    : ctx.sql<GroupRow[]>`
        select g0::text, g1::text, agents, false as is_rest, ${asText(ctx.sql, figures)}
        from ${grouped} as grouped`);
  return toGroups(rows, question, reading.slots);
}

const asText = (sql: Ctx["sql"], figures: readonly FigureName[]) =>
  sql.unsafe(figures.map((_, at) => `f${at}::text`).join(", "));

/** Everything else has so few rows that they can be counted here. */
const isByIssue = ({ groupBy, agents }: Question): boolean =>
  groupBy.length === 1 && groupBy[0] === "issue" && agents === "untold";
