import type { LiveGauges, LiveWindow } from "@headcount/contract/live/gauge-schemas";
import { Fragment } from "react";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { formatTokens } from "../../ui/format-tokens.ts";
import { ArcGauge } from "./arc-gauge.tsx";
import { gaugeScale } from "./gauge-scale.ts";
import { TankVessel } from "./tank-vessel.tsx";

const secondsPerHour = 3_600;

/** Before anything was used, scales end here. */
const floors = { tokens: 1_000, cost: 0.1, lines: 100 } as const;

/** The four gauges: what agents use, what that costs, what they change, and how many are at it. */
export function GaugeRow({ gauges }: { readonly gauges: LiveGauges }) {
  const { oneMinute, scales } = gauges;
  const isNotional = moneyOf(oneMinute.costUsd) === 0 && moneyOf(gauges.oneHour.notionalUsd) > 0;
  return (
    <div className="grid auto-cols-fr grid-flow-col gap-x-4 gap-y-5 max-desk:grid-flow-row max-desk:grid-cols-2">
      <TokenGauge gauges={gauges} />
      <CostGauge
        gauges={gauges}
        money={isNotional ? "notionalUsd" : "costUsd"}
        busy={isNotional ? scales.notionalPerHourUsd : scales.costPerHourUsd}
      />
      <LineGauge gauges={gauges} />
      <AgentGauge gauges={gauges} />
      <TankVessel />
    </div>
  );
}

type GaugeProps = { readonly gauges: LiveGauges };

function TokenGauge({ gauges: { oneMinute, fiveMinutes, scales } }: GaugeProps) {
  const text = useText();
  const now = Number(oneMinute.tokens.total);
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = oneMinute.tokens;
  const cached = BigInt(cacheRead) + BigInt(cacheWrite5m) + BigInt(cacheWrite1h);
  return (
    <ArcGauge
      label={text.live.tokens}
      unit={text.live.perMinute}
      value={now}
      scale={gaugeScale({ now, busy: scales.tokensPerMinute }, floors.tokens)}
      busy={scales.tokensPerMinute}
      format={tokensText}
      colour="var(--series-1)"
    >
      <Parts
        parts={[
          text.live.tokensIn({ figure: formatTokens(input) }),
          text.live.tokensOut({ figure: formatTokens(output) }),
          text.live.tokensCached({ figure: formatTokens(cached) }),
        ]}
      />
      <FiveMinutes figure={tokensText(Number(fiveMinutes.tokens.total) / 5)} />
    </ArcGauge>
  );
}

type CostGaugeProps = GaugeProps & {
  readonly money: "costUsd" | "notionalUsd";
  readonly busy: number | null;
};

function CostGauge({ gauges, money, busy }: CostGaugeProps) {
  const text = useText();
  const now = perHour(moneyOf(gauges.oneMinute[money]), gauges.oneMinute);
  const hasUnpriced = BigInt(gauges.oneMinute.unpricedTokens) > 0n;
  return (
    <ArcGauge
      label={money === "costUsd" ? text.live.cost : text.live.notionalCost}
      unit={text.live.perHour}
      value={now}
      scale={gaugeScale({ now, busy }, floors.cost)}
      busy={busy}
      format={moneyText}
      colour="var(--series-2)"
    >
      <Parts
        parts={[
          text.live.lastHour({ figure: moneyText(moneyOf(gauges.oneHour[money])) }),
          ...(hasUnpriced ? [text.live.someUnpriced] : []),
        ]}
      />
      <FiveMinutes
        figure={moneyText(perHour(moneyOf(gauges.fiveMinutes[money]), gauges.fiveMinutes))}
      />
    </ArcGauge>
  );
}

/** Work directories are measured every half minute, so one minute alone would flicker. */
function LineGauge({ gauges: { fiveMinutes, oneHour, scales } }: GaugeProps) {
  const text = useText();
  const format = useFormat();
  const lines = (value: number): string => format.number(Math.round(value));
  const now = perHour(fiveMinutes.linesAdded + fiveMinutes.linesDeleted, fiveMinutes);
  return (
    <ArcGauge
      label={text.live.lines}
      unit={text.live.perHour}
      value={now}
      scale={gaugeScale({ now, busy: scales.linesPerHour }, floors.lines)}
      busy={scales.linesPerHour}
      format={lines}
      colour="var(--series-3)"
    >
      <Parts
        parts={[
          text.live.linesOfHour({
            added: lines(oneHour.linesAdded),
            deleted: lines(oneHour.linesDeleted),
          }),
        ]}
      />
    </ArcGauge>
  );
}

function AgentGauge({ gauges: { state, scales } }: GaugeProps) {
  const text = useText();
  const format = useFormat();
  const scale = Math.max(state.capacity, state.runningTasks, 1);
  const count = (value: number): string => format.number(Math.round(value * 10) / 10);
  return (
    <ArcGauge
      label={text.live.atWork}
      unit={text.live.ofSlots({ count: state.capacity })}
      value={state.runningTasks}
      scale={scale}
      busy={scales.runningTasks === null ? null : Math.min(scales.runningTasks, scale)}
      format={count}
      colour="var(--running)"
    >
      <Parts
        parts={[
          text.live.agents({ count: state.activeAgents }),
          text.live.inQueue({ count: state.queueDepth }),
        ]}
      />
    </ArcGauge>
  );
}

/** Lines break between the parts, never in one. */
function Parts({ parts }: { readonly parts: readonly string[] }) {
  return (
    <p className="figures text-center text-balance">
      {parts.map((part, index) => (
        <Fragment key={part}>
          {index > 0 && " "}
          <span className="whitespace-nowrap">
            {part}
            {index < parts.length - 1 && " ·"}
          </span>
        </Fragment>
      ))}
    </p>
  );
}

function FiveMinutes({ figure }: { readonly figure: string }) {
  const text = useText();
  return <p className="figures text-center text-faint">{text.live.overFiveMinutes({ figure })}</p>;
}

const moneyOf = (usd: string | null): number => (usd === null ? 0 : Number(usd));
const moneyText = (usd: number): string => formatMoney(usd);
const tokensText = (count: number): string => formatTokens(BigInt(Math.round(count)));

function perHour(amount: number, { seconds }: LiveWindow): number {
  return (amount * secondsPerHour) / seconds;
}
