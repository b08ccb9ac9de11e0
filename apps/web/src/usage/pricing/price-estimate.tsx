import { usageQueries } from "@headcount/contract/usage/query-routes";
import { escapeListValue } from "@headcount/contract/usage/query-words";
import { estimatePrice, type TypedRates } from "@headcount/domain/usage/estimate-price";
import { formatUsd } from "@headcount/domain/usage/money";
import { useQuery } from "@tanstack/react-query";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { formatTokens } from "../../ui/format-tokens.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";
import type { UnpricedName } from "./unpriced-models.ts";

type PriceEstimateProps = {
  readonly name: UnpricedName;
  readonly firstUsedAt: string | null;
  readonly typed: TypedRates;
};

const metrics = [
  "input",
  "cache_read",
  "cache_write_5m",
  "cache_write_1h",
  "output",
  "tokens",
] as const;

/** What the typed rates come to for all that the model has used, while they are typed. */
export function PriceEstimate({ name, firstUsedAt, typed }: PriceEstimateProps) {
  const text = useText();
  const workspace = useWorkspace();
  const used = useQuery({
    ...query(usageQueries.query, {
      workspace: workspace.id,
      metrics: [...metrics],
      model: escapeListValue(name.model),
      provider: escapeListValue(name.provider),
      ...(firstUsedAt === null ? {} : { from: firstUsedAt }),
    }),
    enabled: firstUsedAt !== null,
  });
  if (used.data === undefined) return null;
  const { totals } = used.data;
  const count = (metric: (typeof metrics)[number]) => BigInt(totals[metric] ?? 0);
  const pico = estimatePrice(typed, {
    input: count("input"),
    cacheRead: count("cache_read"),
    cacheWrite5m: count("cache_write_5m"),
    cacheWrite1h: count("cache_write_1h"),
    output: count("output"),
    reasoning: 0n,
  });
  const tokens = formatTokens(String(totals.tokens ?? 0));
  return (
    <p role="status" className="figures rounded-card bg-sunken px-3 py-2 text-13">
      {pico === null
        ? text.usage.pricing.usedSoFar({ tokens })
        : text.usage.pricing.estimate({ tokens, money: formatMoney(formatUsd(pico)) })}
    </p>
  );
}
