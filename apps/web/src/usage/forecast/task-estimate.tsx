import type { CostEstimate, UsageEstimateReply } from "@headcount/contract/usage/estimate-schemas";
import { usageForecasts } from "@headcount/contract/usage/forecast-routes";
import { useQuery } from "@tanstack/react-query";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { formatDuration } from "../../ui/format-duration.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { formatTokens } from "../../ui/format-tokens.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

type TaskEstimateProps = { readonly agentId: string; readonly projectId: string | null };

/** What a task of an agent usually takes, and how often that was right; nothing while it loads. */
export function TaskEstimate({ agentId, projectId }: TaskEstimateProps) {
  const text = useText();
  const workspace = useWorkspace();
  const { data } = useQuery(
    query(usageForecasts.estimate, {
      workspace: workspace.id,
      agent: agentId,
      ...(projectId === null ? {} : { project: projectId }),
    }),
  );
  if (data === undefined) return null;
  const words = text.usageForecast.estimate;
  const shown = shownOf(data);
  if (shown === null) {
    return (
      <p className="text-12 text-faint">
        {words.tooFew({ tasks: data.tasks, needed: data.tasksNeeded })}
      </p>
    );
  }
  const { low, median, high, calibration } = shown;
  const about = {
    agent: data.agentName,
    tasks: data.tasks,
    median,
    time: formatDuration(data.runTimeMs.usual?.median ?? 0, text.figures),
  };
  return (
    <p
      className="figures text-12 text-muted"
      title={data.scope === "agent" ? words.hintAgent(about) : words.hintProject(about)}
    >
      {low === high ? words.alike({ value: low }) : words.usually({ low, high })}
      {shown.isListPrice && ` (${words.listPrice})`}
      <span className="text-faint">
        {" · "}
        {calibration === null ? words.notYetChecked : words.inside(calibration)}
      </span>
    </p>
  );
}

type Shown = {
  readonly low: string;
  readonly median: string;
  readonly high: string;
  readonly calibration: CostEstimate["calibration"];
  readonly isListPrice: boolean;
};

/** What it costs, else its list price, else its tokens. */
function shownOf({ cost, notional, tokens }: UsageEstimateReply): Shown | null {
  const money = cost.usual === null ? notional : cost;
  if (money.usual !== null) {
    const { low, median, high } = money.usual;
    return {
      low: formatMoney(low),
      median: formatMoney(median),
      high: formatMoney(high),
      calibration: money.calibration,
      isListPrice: money === notional,
    };
  }
  if (tokens.usual === null) return null;
  const { low, median, high } = tokens.usual;
  return {
    low: formatTokens(low),
    median: formatTokens(median),
    high: formatTokens(high),
    calibration: tokens.calibration,
    isListPrice: false,
  };
}
