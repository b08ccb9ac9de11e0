import type { Group } from "@headcount/domain/usage/query/arrange-groups";
import {
  amountOf,
  figuresOf,
  type Measured,
  sumMeasured,
} from "@headcount/domain/usage/query/measures";
import type { WorkspaceContext } from "../../platform/context.ts";
import { askedRange } from "../query/asked-range.ts";
import type { Filter, Question } from "../query/question.ts";
import { readGroups, slotsOf } from "../query/read-groups.ts";

export type MoneyMetric = "cost" | "notional";

/** Whole days of a zone, both included. */
export type MoneyQuestion = {
  readonly tz: string;
  readonly from: string;
  readonly to: string;
  readonly filters: readonly Filter[];
};

/** What each day came to, and the sums of any of them. */
export type MoneyByDay = {
  /** Pico-dollars by date; days of nothing are missing. */
  readonly amounts: (metric: MoneyMetric) => ReadonlyMap<string, bigint>;
  readonly sum: (isIn: (date: string) => boolean) => Measured;
};

export async function readDailyMoney(
  ctx: WorkspaceContext,
  asked: MoneyQuestion,
): Promise<MoneyByDay> {
  const question = toQuestion(ctx, asked, "time");
  const dates = new Map(
    slotsOf(question).map((slot) => [new Date(slot.startsAtMs).toISOString(), slot.label]),
  );
  const days = (await readGroups(ctx, question)).map((group) => ({
    date: dates.get(keyOf(group)) ?? "",
    measured: group.measured,
  }));
  return {
    amounts: (metric) =>
      new Map(days.map(({ date, measured }) => [date, amountOf(metric, measured)])),
    sum: (isIn) =>
      sumMeasured(days.filter(({ date }) => isIn(date)).map(({ measured }) => measured)),
  };
}

/** Pico-dollars by hour of the day. */
export async function readHourlyMoney(
  ctx: WorkspaceContext,
  asked: MoneyQuestion,
): Promise<(metric: MoneyMetric) => ReadonlyMap<number, bigint>> {
  const groups = await readGroups(ctx, toQuestion(ctx, asked, "hour"));
  return (metric) =>
    new Map(groups.map((group) => [Number(keyOf(group)), amountOf(metric, group.measured)]));
}

const keyOf = ({ keys: [key] }: Group): string => key?.value ?? "";

function toQuestion(
  ctx: WorkspaceContext,
  { tz, from, to, filters }: MoneyQuestion,
  axis: "time" | "hour",
): Question {
  const bucket = axis === "time" ? "day" : null;
  return {
    ...askedRange(ctx, { tz, from, to }, bucket),
    bucket,
    groupBy: [axis],
    filters,
    figures: figuresOf(["cost", "notional", "unpriced_tokens"]),
    agents: "untold",
    top: null,
  };
}
