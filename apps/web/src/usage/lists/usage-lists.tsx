import { useText } from "../../i18n/use-text.ts";
import type { UsageView } from "../usage-view.ts";
import { FailureList } from "./failure-list.tsx";
import { Leaderboard } from "./leaderboard.tsx";
import { OutcomeSection } from "./outcome-section.tsx";

/** Who and what used it, what came of it, and what went wrong. */
export function UsageLists({ view }: { readonly view: UsageView }) {
  const text = useText();
  return (
    <div className="flex flex-col gap-9">
      <Leaderboard view={view} list="who" title={text.usageLists.title} />
      <Leaderboard view={view} list="models" title={text.usageLists.groupings.model} />
      <OutcomeSection view={view} />
      <FailureList view={view} />
    </div>
  );
}
