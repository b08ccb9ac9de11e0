import { tank } from "@headcount/contract/tank/routes";
import type { Tank } from "@headcount/contract/tank/schemas";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { asTimePasses } from "../data/as-time-passes.ts";
import { query } from "../data/query.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { useNowMs } from "../ui/clock.ts";
import { Money } from "../ui/money.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { TankBar } from "./tank-bar.tsx";

/** What is left of prepaid money and until when, in one line; nothing where nobody has paid in. */
export function SidebarGauge() {
  const workspace = useWorkspace();
  const balance = useQuery({
    ...query(tank.balance, { workspace: workspace.id }),
    refetchInterval: asTimePasses,
  });
  const shown = balance.data?.workspace ?? balance.data?.personal;
  return shown ? <Gauge tank={shown} slug={workspace.slug} /> : null;
}

function Gauge({ tank: state, slug }: { readonly tank: Tank; readonly slug: string }) {
  const text = useText();
  return (
    <Link
      to="/$slug/budgets"
      params={{ slug }}
      className="flex shrink-0 flex-col gap-1 px-4 py-1.5 text-12 text-muted hover:text-ink"
    >
      <span className="flex items-center gap-2">
        {text.tank.title}
        <span className="ms-auto flex items-center gap-1.5">
          {state.empty ? (
            <span className="font-medium text-failed-ink">{text.tank.empty}</span>
          ) : (
            <Money usd={state.balance} />
          )}
        </span>
      </span>
      <TankBar tank={state} label={text.tank.title} className="h-1" />
      <TimeLeft tank={state} />
    </Link>
  );
}

/** Only while something burns and the end is near enough to matter. */
function TimeLeft({ tank: { emptyAt, heldTasks } }: { readonly tank: Tank }) {
  const text = useText();
  const format = useFormat();
  const nowMs = useNowMs(15_000);
  if (heldTasks > 0) return <span className="text-11">{text.tank.held({ count: heldTasks })}</span>;
  const leftMs = emptyAt === null ? null : Date.parse(emptyAt) - nowMs;
  if (leftMs === null || leftMs > soonMs) return null;
  return (
    <span className="figures text-11">
      {text.tank.emptyIn({ time: format.relative(Math.max(0, leftMs)) })}
    </span>
  );
}

const soonMs = 7 * 24 * 60 * 60_000;
