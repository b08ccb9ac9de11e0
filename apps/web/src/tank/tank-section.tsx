import { tank } from "@headcount/contract/tank/routes";
import type { Tank } from "@headcount/contract/tank/schemas";
import { useQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { QueryError } from "../data/query-error.tsx";
import { query } from "../data/query.ts";
import { useText } from "../i18n/use-text.ts";
import { Button } from "../ui/button.tsx";
import { CommandLine } from "../ui/command-line.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { TankCard } from "./tank-card.tsx";
import { TopUpDialog, type TopUpFor } from "./top-up-dialog.tsx";

/** Prepaid money: the workspace's tank, one's own, and for admins everybody's. */
export function TankSection() {
  const text = useText();
  const workspace = useWorkspace();
  const mayFill = workspace.role !== "member";
  const balance = useQuery(query(tank.balance, { workspace: workspace.id }));
  const [filling, setFilling] = useState<TopUpFor | null>(null);
  const fill = (one: Tank | null): void =>
    setFilling({
      memberId: one?.memberId ?? null,
      name: one?.memberName ?? text.tank.ofWorkspace,
      isFirst: one === null,
    });
  if (balance.isPending) return <TankSkeleton />;
  if (balance.isLoadingError) {
    return <QueryError error={balance.error} onRetry={() => void balance.refetch()} />;
  }
  const { workspace: own, personal, members } = balance.data;
  const people = members.length > 0 ? members : [personal].filter((one) => one !== null);
  return (
    <section aria-label={text.tank.title} className="border-b border-line px-4 py-4">
      <div className="mb-3 flex items-baseline gap-2">
        <h2 className="text-14 font-semibold">{text.tank.title}</h2>
        <p className="text-12 text-faint max-tablet:hidden">{text.tank.hint}</p>
      </div>
      {own === null && <NoTank mayFill={mayFill} onFill={() => fill(null)} />}
      <div className="flex flex-col gap-4">
        {[...(own === null ? [] : [own]), ...people].map((one) => (
          <TankCard
            key={one.memberId ?? "workspace"}
            tank={one}
            mayFill={mayFill}
            onFill={() => fill(one)}
          />
        ))}
      </div>
      {filling !== null && <TopUpDialog target={filling} onClose={() => setFilling(null)} />}
    </section>
  );
}

type NoTankProps = { readonly mayFill: boolean; readonly onFill: () => void };

function NoTank({ mayFill, onFill }: NoTankProps) {
  const text = useText();
  return (
    <div className="flex max-w-120 flex-col items-start gap-2 pb-3 text-13">
      <p className="font-medium">{text.tank.emptyTitle}</p>
      <p className="text-muted">{mayFill ? text.tank.emptyHint : text.tank.emptyForMembers}</p>
      {mayFill && (
        <>
          <Button icon={<Plus size={14} />} onClick={onFill}>
            {text.tank.topUp}
          </Button>
          <CommandLine command="headcount tank top-up 100" />
        </>
      )}
    </div>
  );
}

function TankSkeleton() {
  return (
    <div aria-busy="true" className="flex flex-col gap-2 border-b border-line px-4 py-4">
      <Skeleton className="w-24" />
      <Skeleton className="w-full max-w-120" />
    </div>
  );
}
