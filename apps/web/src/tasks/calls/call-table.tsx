import type { UsageEventListItem } from "@headcount/contract/usage/event-schemas";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { Money } from "../../ui/money.tsx";
import { Table, type Column } from "../../ui/table.tsx";
import { Tokens } from "../../ui/tokens.tsx";
import { type CallClass, callKey, tokensOf } from "./call-classes.ts";

type CallTableProps = { readonly calls: readonly UsageEventListItem[] };

/** Every call with its tokens and cost; what subagents and side calls used is marked. */
export function CallTable({ calls }: CallTableProps) {
  const text = useText();
  const format = useFormat();
  const { work, cost } = text.usageLists;
  const tokens = (name: CallClass, from?: "tablet" | "desk"): Column<UsageEventListItem> => ({
    id: name,
    label: work[name],
    width: "84px",
    align: "end",
    ...(from && { from }),
    cell: (call) => <Tokens count={tokensOf(call, name)} className="text-muted" />,
  });
  const roles: Readonly<Record<string, string>> = work.roles;
  const columns: readonly Column<UsageEventListItem>[] = [
    {
      id: "at",
      label: work.at,
      width: "76px",
      cell: (call) => <span className="figures">{format.time(new Date(call.usedAt))}</span>,
    },
    {
      id: "model",
      label: work.model,
      cell: (call) => (
        <span className="flex min-w-0 items-baseline gap-2">
          <span className="truncate">{call.model}</span>
          {call.role !== "main" && (
            <span className="shrink-0 text-12 text-faint">{roles[call.role] ?? call.role}</span>
          )}
        </span>
      ),
    },
    tokens("input", "tablet"),
    tokens("cacheRead", "tablet"),
    tokens("cacheWrite", "desk"),
    tokens("output"),
    {
      id: "cost",
      label: cost,
      width: "84px",
      align: "end",
      cell: (call) => (
        <span title={call.isEstimate ? work.estimate : undefined}>
          {call.isEstimate && <span aria-hidden="true">≈ </span>}
          <Money usd={call.countedUsd} />
        </span>
      ),
    },
  ];
  return (
    <div className="-mx-4">
      <Table dense label={work.calls} columns={columns} rows={calls} rowKey={callKey} />
    </div>
  );
}
