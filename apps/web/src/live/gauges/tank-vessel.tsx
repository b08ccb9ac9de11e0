import { tank as routes } from "@headcount/contract/tank/routes";
import type { Tank } from "@headcount/contract/tank/schemas";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Vessel } from "../../charts/vessel.tsx";
import { query } from "../../data/query.ts";
import { useText } from "../../i18n/use-text.ts";
import { useNowMs } from "../../ui/clock.ts";
import { formatDuration } from "../../ui/format-duration.ts";
import { formatMoney } from "../../ui/format-money.ts";
import { useWorkspace } from "../../workspaces/workspace-context.tsx";

/** What is left of prepaid money beside the gauges; nothing where nobody has paid in. */
export function TankVessel() {
  const workspace = useWorkspace();
  const balance = useQuery(query(routes.balance, { workspace: workspace.id }));
  const shown = balance.data?.workspace ?? balance.data?.personal;
  if (!shown) return null;
  return (
    <Link
      to="/$slug/budgets"
      params={{ slug: workspace.slug }}
      className="flex items-center justify-center rounded-card hover:bg-hover max-desk:col-span-2"
    >
      <Filled tank={shown} />
    </Link>
  );
}

function Filled({ tank }: { readonly tank: Tank }) {
  const text = useText();
  const nowMs = useNowMs(15_000);
  const isStill = Number(tank.burn.perHour) === 0;
  const leftMs = tank.emptyAt === null ? null : Math.max(0, Date.parse(tank.emptyAt) - nowMs);
  return (
    <Vessel
      label={text.tank.title}
      level={Math.max(0, Number(tank.balance) / Math.max(Number(tank.full), 1e-9))}
      figure={formatMoney(tank.balance)}
      drain={isStill ? null : text.tank.perHour({ amount: formatMoney(tank.burn.perHour) })}
      untilEmpty={leftMs === null ? null : formatDuration(wholeMinutes(leftMs), text.figures)}
      state={stateOf(tank)}
      height={112}
    />
  );
}

const minuteMs = 60_000;
const wholeMinutes = (ms: number): number => Math.floor(ms / minuteMs) * minuteMs;

function stateOf({ empty, lowFuel }: Tank): "enough" | "low" | "empty" {
  if (empty) return "empty";
  return lowFuel === null ? "enough" : "low";
}
