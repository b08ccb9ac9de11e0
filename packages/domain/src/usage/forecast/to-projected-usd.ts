import type { ProjectedUsd } from "@headcount/contract/usage/forecast-schemas";
import { formatUsd } from "../money.ts";
import type { Projected } from "./project-days.ts";

/** As the API shows it. */
export function toProjectedUsd({ pico, low, high }: Projected): ProjectedUsd {
  return { usd: formatUsd(pico), lowUsd: formatUsd(low), highUsd: formatUsd(high) };
}
