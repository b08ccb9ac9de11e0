import { tank as routes } from "@headcount/contract/tank/routes";
import type { Tank } from "@headcount/contract/tank/schemas";
import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronRight, Plus } from "lucide-react";
import { useState, type ReactNode } from "react";
import { query } from "../data/query.ts";
import { useCommand } from "../data/use-command.ts";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { FailureNote } from "../session/failure-note.tsx";
import { Button } from "../ui/button.tsx";
import { formatMoney } from "../ui/format-money.ts";
import { Money } from "../ui/money.tsx";
import { Select } from "../ui/select.tsx";
import { Time } from "../ui/time.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import { TankBar } from "./tank-bar.tsx";

type TankCardProps = {
  readonly tank: Tank;
  readonly mayFill: boolean;
  readonly onFill: () => void;
};

/** One tank: its level, how fast it burns, until when it lasts, and what was paid in. */
export function TankCard({ tank, mayFill, onFill }: TankCardProps) {
  const text = useText();
  const name = tank.memberName;
  const title = name === null ? text.tank.ofWorkspace : text.tank.ofPerson({ name });
  return (
    <div className="flex max-w-180 flex-col gap-2">
      <div className="flex items-center gap-3">
        <h3 className="text-13 font-medium">{title}</h3>
        <span className="figures ms-auto text-13">
          {text.tank.leftOf({
            balance: formatMoney(tank.balance),
            full: formatMoney(tank.full),
          })}
        </span>
        {mayFill && (
          <Button icon={<Plus size={14} />} onClick={onFill}>
            {text.tank.topUp}
          </Button>
        )}
      </div>
      <TankBar tank={tank} label={title} className="h-2" />
      <Facts tank={tank} />
      {mayFill && <WhenEmpty tank={tank} />}
      <Entries memberId={tank.memberId} />
    </div>
  );
}

function Facts({ tank }: { readonly tank: Tank }) {
  const text = useText();
  const format = useFormat();
  const isStill = Number(tank.burn.perHour) === 0;
  return (
    <dl className="flex flex-wrap gap-x-6 gap-y-1 text-12">
      <Fact label={text.tank.burns}>
        {isStill ? text.tank.still : text.tank.perHour({ amount: formatMoney(tank.burn.perHour) })}
      </Fact>
      {tank.empty ? (
        <dd className="font-medium text-failed-ink">{text.tank.empty}</dd>
      ) : (
        <Fact label={text.tank.emptyAt}>
          {tank.emptyAt === null ? text.tank.notInSight : <Time at={tank.emptyAt} />}
        </Fact>
      )}
      <Fact label={text.tank.paidIn}>
        <Money usd={tank.filled} /> {text.tank.since({ date: format.date(new Date(tank.since)) })}
      </Fact>
      <Fact label={text.tank.spent}>
        <Money usd={tank.spent} />
      </Fact>
      {tank.heldTasks > 0 && (
        <dd className="font-medium text-waiting-ink">
          {text.tank.held({ count: tank.heldTasks })}
        </dd>
      )}
    </dl>
  );
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-faint">{label}</dt>
      <dd className="figures">{children}</dd>
    </div>
  );
}

const actions = ["notify", "hold", "stop"] as const;

function WhenEmpty({ tank }: { readonly tank: Tank }) {
  const text = useText();
  const workspace = useWorkspace();
  const set = useCommand(routes.settings);
  return (
    <div className="flex items-center gap-2 text-12">
      <span className="shrink-0 whitespace-nowrap text-faint">{text.tank.whenEmpty}</span>
      <Select
        label={text.tank.whenEmpty}
        value={tank.action}
        disabled={set.isPending}
        className="max-w-64"
        options={actions.map((value) => ({ value, label: text.tank.actions[value] }))}
        onChange={(action) =>
          set.mutate({ workspace: workspace.id, member: tank.memberId, action })
        }
      />
      <FailureNote error={set.error} />
    </div>
  );
}

/** What was paid in; read when it is opened. */
function Entries({ memberId }: Pick<Tank, "memberId">) {
  const text = useText();
  const [open, setOpen] = useState(false);
  const Mark = open ? ChevronDown : ChevronRight;
  return (
    <div>
      <button
        type="button"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="flex items-center gap-1 rounded-control text-12 text-muted hover:text-ink"
      >
        <Mark size={12} />
        {text.tank.history}
      </button>
      {open && <EntryList memberId={memberId} />}
    </div>
  );
}

function EntryList({ memberId }: Pick<Tank, "memberId">) {
  const text = useText();
  const workspace = useWorkspace();
  const entries = useQuery(
    query(routes.entries, {
      workspace: workspace.id,
      ...(memberId === null ? {} : { member: memberId }),
    }),
  );
  return (
    <ul className="mt-1 flex flex-col text-12">
      {(entries.data?.items ?? []).map((entry) => (
        <li key={entry.id} className="flex items-baseline gap-3 border-b border-line py-1">
          <Money usd={entry.amount} className="w-20 text-end" />
          <span>{text.tank.kinds[entry.kind]}</span>
          <span className="min-w-0 grow truncate text-muted">{entry.note}</span>
          <span className="text-muted max-tablet:hidden">{entry.actor.name}</span>
          <Time at={entry.at} className="text-faint" />
        </li>
      ))}
    </ul>
  );
}
