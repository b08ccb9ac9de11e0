import { Monitor } from "lucide-react";
import { useText } from "../i18n/use-text.ts";
import { Duration } from "../ui/duration.tsx";
import { Time } from "../ui/time.tsx";
import { Tooltip } from "../ui/tooltip.tsx";
import { useWorkspace } from "../workspaces/workspace-context.tsx";
import type { Machine } from "./group-by-machine.ts";
import { HealthMark } from "./health-mark.tsx";
import { RuntimeRow } from "./runtime-row.tsx";
import { SlotSquares } from "./slot-squares.tsx";

type MachineCardProps = { readonly machine: Machine; readonly pointedAt: string | undefined };

/** A computer: is it there, how busy is it, what has it still to deliver, and its programs. */
export function MachineCard({ machine, pointedAt }: MachineCardProps) {
  const text = useText();
  const { user } = useWorkspace();
  const { freshest } = machine;
  const isOnline = freshest.health === "online";
  return (
    <section
      aria-label={freshest.machineName}
      className="overflow-hidden rounded-card border border-line bg-raised"
    >
      <header className="flex flex-col gap-2 px-4 py-3">
        <div className="flex min-w-0 items-center gap-2">
          <Monitor className="shrink-0 text-muted" />
          <h2 title={freshest.machineName} className="truncate text-14 font-semibold">
            {freshest.machineName}
          </h2>
          <span className="max-w-32 shrink-0 truncate text-12 text-faint">
            {freshest.owner.id === user.id
              ? text.runtimes.yours
              : text.runtimes.ownedBy({ owner: freshest.owner.name })}
          </span>
          <HealthMark health={freshest.health} className="ms-auto shrink-0 text-12" />
        </div>
        <div className="figures flex flex-wrap items-center gap-x-5 gap-y-1 text-12 text-muted">
          {isOnline && <SlotSquares total={freshest.slots.total} free={freshest.slots.free} />}
          {!isOnline && (
            <span>
              {text.runtimes.lastSeen} <Time at={freshest.lastSeenAt} />
            </span>
          )}
          <Outbox machine={machine} />
          <span className="text-faint">
            {text.runtimes.daemon({ version: freshest.daemonVersion })}
          </span>
          <span className="text-faint">{freshest.platform}</span>
        </div>
      </header>
      <ul>
        {machine.runtimes.map((runtime) => (
          <RuntimeRow key={runtime.id} runtime={runtime} pointedAt={runtime.id === pointedAt} />
        ))}
      </ul>
    </section>
  );
}

function Outbox({ machine }: { readonly machine: Machine }) {
  const text = useText();
  const { depth, oldestAgeMs } = machine.freshest.outbox;
  return (
    <Tooltip text={text.runtimes.outboxHint}>
      <button type="button" className="relative rounded-tag after:absolute after:-inset-1.5">
        {depth === 0 ? (
          text.runtimes.outboxEmpty
        ) : (
          <span className="text-waiting-ink">
            {text.runtimes.outbox({ count: depth })} · {text.runtimes.outboxOldest}{" "}
            <Duration durationMs={oldestAgeMs} />
          </span>
        )}
      </button>
    </Tooltip>
  );
}
