import type { UsageKeyKind, UsageSummary } from "@headcount/contract/usage/schemas";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { Avatar } from "../ui/avatar.tsx";
import { Money } from "../ui/money.tsx";
import { Tokens } from "../ui/tokens.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";

type AgentSharesProps = {
  readonly agents: readonly {
    readonly kind: UsageKeyKind;
    readonly agentId: string | null;
    readonly name: string;
    readonly usage: UsageSummary;
  }[];
  readonly total: UsageSummary;
};

/** Which agents used it. */
export function AgentShares({ agents, total }: AgentSharesProps) {
  const text = useText();
  const { slug } = useWorkspace();
  return (
    <ShareTable
      title={text.usage.byAgent}
      total={total}
      rows={agents.map((row) => ({
        id: row.agentId ?? row.kind,
        used: row.usage,
        name:
          row.agentId === null ? (
            <span className="text-muted">
              {row.kind === "unmanaged" ? text.usage.unmanaged : text.usage.otherAgents}
            </span>
          ) : (
            <Link
              to="/$slug/agents/$agentId"
              params={{ slug, agentId: row.agentId }}
              className="inset-focus flex min-w-0 items-center gap-2 hover:underline"
            >
              <Avatar
                actor={{ type: "agent", id: row.agentId, name: row.name }}
                size={18}
                decorative
              />
              <span className="truncate">{row.name}</span>
            </Link>
          ),
      }))}
    />
  );
}

type ShareTableProps = {
  readonly title: string;
  readonly total: UsageSummary;
  readonly rows: readonly {
    readonly id: string;
    readonly name: ReactNode;
    readonly used: UsageSummary;
  }[];
};

function ShareTable({ title, total, rows }: ShareTableProps) {
  const text = useText();
  const format = useFormat();
  const all = Number(total.tokens.total);
  const sorted = rows.toSorted(
    (left, right) => Number(right.used.tokens.total) - Number(left.used.tokens.total),
  );
  return (
    <section className="flex min-w-0 flex-col gap-1">
      <h2 className="text-14 font-semibold">{title}</h2>
      <table className="w-full table-fixed">
        <thead>
          <tr className="text-12 text-faint [&>th]:h-7 [&>th]:border-b [&>th]:border-line [&>th]:font-medium">
            <th scope="col" className="text-start">
              <span className="sr-only">{title}</span>
            </th>
            <th scope="col" className="w-14 text-end">
              {text.usage.share}
            </th>
            <th scope="col" className="w-20 text-end">
              {text.usage.tokens}
            </th>
            <th scope="col" className="w-20 text-end">
              {text.usage.cost}
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => {
            const share = all === 0 ? 0 : Number(row.used.tokens.total) / all;
            return (
              <tr
                key={row.id}
                className="[&>td]:h-(--row-dense) [&>td]:border-b [&>td]:border-line"
              >
                <td className="truncate">{row.name}</td>
                <td className="figures text-end text-12 text-faint">{format.percent(share)}</td>
                <td className="text-end">
                  <Tokens count={row.used.tokens.total} />
                </td>
                <td className="text-end">
                  <Money usd={row.used.costUsd} className="text-muted" />
                </td>
              </tr>
            );
          })}
        </tbody>
        <tfoot>
          <tr className="font-medium [&>td]:h-(--row-dense)">
            <td>{text.usage.total}</td>
            <td className="figures text-end text-12 text-faint">{all > 0 && format.percent(1)}</td>
            <td className="text-end">
              <Tokens count={total.tokens.total} />
            </td>
            <td className="text-end">
              <Money usd={total.costUsd} />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}
