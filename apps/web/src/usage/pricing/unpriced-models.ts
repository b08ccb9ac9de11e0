import { usageQueries } from "@headcount/contract/usage/query-routes";
import { useQuery } from "@tanstack/react-query";
import { query } from "../../data/query.ts";
import type { UsageQuestion } from "../usage-view.ts";

/** A model without a price, by the names under which it is reported. */
export type UnpricedName = { readonly provider: string; readonly model: string };

const mostNamed = 20;

/** Models that used tokens without a price in the period of the page, the most tokens first. */
export function useUnpricedModels(
  question: UsageQuestion,
  has: "some" | "none",
): readonly UnpricedName[] {
  const reply = useQuery({
    ...query(usageQueries.query, {
      ...question,
      metrics: ["unpriced_tokens"],
      group_by: ["provider", "model"],
      order: "-unpriced_tokens",
      limit: mostNamed,
    }),
    enabled: has === "some",
  });
  if (has === "none") return [];
  return (reply.data?.rows ?? []).flatMap(({ keys, metrics }) => {
    const [provider, model] = keys;
    if (Number(metrics.unpriced_tokens ?? 0) === 0) return [];
    if (provider?.kind !== "value" || model?.kind !== "value") return [];
    return [{ provider: provider.value ?? "", model: model.value ?? "" }];
  });
}
