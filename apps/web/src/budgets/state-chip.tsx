import type { Budget } from "@headcount/contract/budgets/schemas";
import { useText } from "../i18n/use-text.ts";
import { Chip, type ChipTone } from "../ui/chip.tsx";

const tones: Readonly<Record<Budget["status"]["state"], ChipTone>> = {
  ok: "plain",
  near: "waiting",
  exhausted: "failed",
  off: "plain",
};

/** Where a budget stands, in words: what it holds says more than how full it is. */
export function StateChip({ status }: Pick<Budget, "status">) {
  const text = useText();
  if (!status.holding) {
    return <Chip tone={tones[status.state]}>{wordOf(status, text.budgets)}</Chip>;
  }
  return (
    <Chip tone="waiting">
      {status.heldTasks > 0 ? text.budgets.held({ count: status.heldTasks }) : text.budgets.holding}
    </Chip>
  );
}

function wordOf(
  { state, thresholdsReached }: Budget["status"],
  text: ReturnType<typeof useText>["budgets"],
): string {
  return state === "near"
    ? text.past({ percent: Math.max(...thresholdsReached) })
    : text.states[state];
}
