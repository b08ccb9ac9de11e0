import { TasksBehind } from "../usage/lists/tasks-behind.tsx";
import { toQuestion } from "../usage/to-question.ts";
import type { UsageDrill } from "../usage/usage-search.ts";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import type { LiveView } from "./live-search.ts";

type LiveDrillProps = { readonly view: LiveView; readonly drill: UsageDrill };

/** The tasks behind a bucket of the chart; they sum to what it shows. */
export function LiveDrill({ view: { search, zone, change }, drill }: LiveDrillProps) {
  const { id } = useWorkspace();
  const { project, agent, runtime, member, model } = search;
  const filters = { project, agent, runtime, member, model };
  const question = toQuestion({ workspace: id, tz: zone }, { days: 1 }, filters);
  const close = (next: UsageDrill | undefined): void => change({ drill: next });
  return (
    <TasksBehind
      view={{
        search: { ...filters, measure: drill.measure },
        question,
        totals: undefined,
        change: () => undefined,
        step: () => undefined,
        drill: close,
      }}
      drill={drill}
    />
  );
}
