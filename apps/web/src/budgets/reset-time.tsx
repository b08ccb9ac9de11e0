import type { Budget } from "@headcount/contract/budgets/schemas";
import { useText } from "../i18n/use-text.ts";
import { Time } from "../ui/time.tsx";

/** When what is spent starts anew; a rolling window lets go of it bit by bit. */
export function ResetTime({ budget }: { readonly budget: Pick<Budget, "window" | "status"> }) {
  const text = useText();
  const { resetsAt, holdsUntil } = budget.status;
  if (resetsAt !== null) return <Time at={resetsAt} className="text-muted" />;
  if (budget.window.kind !== "rolling_5h") {
    return <span className="text-faint">{text.budgets.never}</span>;
  }
  if (holdsUntil !== null) return <Time at={holdsUntil} className="text-muted" />;
  return <span className="text-faint">{text.budgets.bitByBit}</span>;
}
