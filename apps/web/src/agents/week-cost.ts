import type { Agent } from "@headcount/contract/agents/schemas";
import { formatUsd, parseUsd } from "@headcount/domain/usage/money";

/** What an agent's last seven days cost, summed exactly; null when no day has a price. */
export function weekCost(agent: Pick<Agent, "recentDays">): string | null {
  const priced = agent.recentDays.flatMap(({ costUsd }) => {
    const amount = costUsd === null ? null : parseUsd(costUsd);
    return amount?.ok === true ? [amount.value] : [];
  });
  if (priced.length === 0) return null;
  return formatUsd(priced.reduce((sum, pico) => sum + pico, 0n));
}
