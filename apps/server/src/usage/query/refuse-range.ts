import type { UsageBucket } from "@headcount/contract/usage/query-words";
import { longestRangeDays, type RangeProblem } from "@headcount/domain/usage/query/resolve-range";
import { AppError } from "../../platform/app-error.ts";

/** Says why a range cannot be answered, and what can. */
export function refuseRange(problem: RangeProblem, bucket: UsageBucket | null): AppError {
  return new AppError("invalid", sentenceOf(problem, bucket), { reason: `usage.${problem}` });
}

function sentenceOf(problem: RangeProblem, bucket: UsageBucket | null): string {
  switch (problem) {
    case "days_and_from":
      return "`days` and `from` exclude each other; give one of them.";
    case "from_not_before_to":
      return "`from` has to lie before `to`.";
    case "outside_of_calendar":
      return "`from` and `to` have to lie between the years 2000 and 2100.";
    case "not_on_whole_second":
      return "`from` and `to` have to lie on a whole second, like 10:15:07Z.";
    case "too_long":
      return "The range is longer than ten years.";
    case "too_long_for_bucket":
      return `The range is too long for rows of ${bucket ?? "this width"}: at most ${
        bucket ? longestRangeDays[bucket] : 0
      } days; choose a wider bucket.`;
  }
}
